"""A site goes out into a file and comes in again, the same; a file that is not what it says brings nothing."""

from __future__ import annotations

import json
import stat
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from bouquet.config.moving.commands import export, import_
from bouquet.config.moving.site import export_site, import_site
from bouquet.kinds.articles.actions import add_author
from bouquet.kinds.articles.models import Article, ArticlePage, Correction, Reply
from bouquet.kinds.articles.tests.make import make_article, make_newsroom, make_picture, make_section, visit
from bouquet.kinds.newsletters.actions import draft_issue
from bouquet.kinds.newsletters.models import Issue, Subscription, Suppression
from bouquet.kinds.newsletters.models.reader import fingerprint
from bouquet.kinds.newsletters.sending.rows import suppress
from bouquet.kinds.newsletters.tests.make import make_letter, make_readers
from bouquet.shared.comments.models import Comment, HouseRules
from bouquet.shared.comments.tests.make import make_comment
from bouquet.shared.network.models import Picture, Site
from bouquet.shared.network.tests.make import make_site
from bouquet.shared.works.actions import keep_addresses, take_down_work
from bouquet.shared.works.tests.make import make_work
from bouquet.toolkit.parcel import ParcelReader, ParcelRefused, ParcelWriter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_disk(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def full(ada: Any) -> Site:
    """A site with one of everything that an article can have."""
    site = make_newsroom(
        kinds=["articles", "newsletters"], tagline="By the sea", about="Of boats", publisher="A publisher"
    )
    site.navigation.create(label="Boats", target="/articles/", position=0)
    section = make_section(site)
    author = add_author(site, "Basile Moreau", role="Reporter", picture=make_picture(title="face"))
    late, now = make_article(section, title="Later", publish=False), timezone.now()
    body = [
        ("text", f'<p>Read <a linktype="page" id="{late.pk}">on</a> and <a href="https://a.example/">there</a>.</p>'),
        (
            "picture",
            {"picture": make_picture(credit="Nadar"), "caption": "Low tide", "alternative": "", "width": "wide"},
        ),
        ("quote", {"words": "We row.", "by": "A rower"}),
        ("question", {"question": "Why?", "answer": "<p>Because.</p>"}),
        ("facts", {"title": "In figures", "text": "<p>Two boats.</p>"}),
        ("table", {"title": "Boats", "cells": "Port\tBoats\nNice\t12", "source": "The port"}),
        ("work", {"work": make_work(site=make_site("video"), author=None), "caption": "A film"}),
        ("outside", {"address": "https://youtu.be/aqz-KE-bpKQ", "title": "Elsewhere"}),
        ("poll", {"question": "At night?", "answers": ["Yes", "No"], "closes_at": now, "results_first": True}),
    ]
    page = make_article(
        section, body=body, picture=make_picture(), authors=[author], themes="Ports, Nice", caption="Dawn"
    )
    page.corrections = [Correction(words="Twelve boats, not two.", at=timezone.now())]
    page.save_revision().publish()
    keep_addresses(page.article.pk, [("https://old.example/?p=7", False)])
    page.article.polls.get().answers.filter(words="No").update(votes=7)
    reply = {"title": page.title, "name": "A skipper", "standing": "named", "passage": "two boats", "text": "Twelve."}
    Reply.objects.create(article=page.article, site=site, state="published", email="s@a.example", **reply)
    Article.objects.filter(page=page).update(replies=1)
    page.title = "The harbour at noon"
    page.save_revision()  # a change that waits
    talk(page.article, ada)
    sent_letter(site, page.article, ada)
    HouseRules.objects.create(site=site, kind="articles", watched_words="pills", close_after_days=30)
    down = make_article(section, title="Taken down")
    take_down_work(Article.objects.get(page=down), by=ada, reason="Wrong")
    return Site.objects.get(pk=site.pk)


def talk(work: Any, ada: Any) -> None:
    """One of each state, an answer to an answer, and one whose writer has an account here."""
    first = make_comment(work, guest_name="Zoé", text="I was there.", likes=4, pinned=True)
    answer = make_comment(work, author=ada, text="So was I.", root=first, answers=first, place=1, hearted=True)
    gone = make_comment(work, text="", state="removed", author=ada)
    make_comment(work, guest_name="Émile", text="At noon?", root=gone, answers=gone, place=1)
    make_comment(work, guest_name="Lou", text="Deeper.", root=first, answers=answer, place=2)
    make_comment(work, guest_name="Bot", text="Buy pills.", state="held", held_for=["words"])
    make_comment(work, guest_name="Rude", text="You fool.", state="down", reason="An insult.")


def sent_letter(site: Site, work: Any, ada: Any) -> None:
    letter = make_letter(site, window_days=3, themes="Ports", is_running=True, weekdays=[4])
    letter.sources.set([site])
    issue = draft_issue(letter)
    now = timezone.now()
    kept = {"state": "sent", "checked_name": "Basile", "checked_at": now, "checked_digest": "d", "ended_at": now}
    Issue.objects.filter(pk=issue.pk).update(subject="Boats this week", tally={"sent": 2}, **kept)
    assert issue.items.get().work_id == work.pk
    make_readers(letter, 2)
    letter.subscriptions.update(shown="Yes, every Friday.", seen_from="192.0.2.0")
    suppress("reader1@readers.example", fingerprint("reader1@readers.example"), "complaint", "")


def told(path: Path) -> dict[str, Any]:
    """Everything in a parcel that is no installation's own: without uids, by the title of what they named."""
    with ParcelReader(path) as parcel:
        names = {line["name"] for line in parcel.get("pages.json")}
        words = {
            name.partition(":")[2]: (parcel.get(f"articles/{name.partition(':')[2]}.json") or {}) for name in names
        }
        titles = {uid: (said.get("fields") or said.get("draft"))["title"] for uid, said in words.items() if said}
        found = {}
        for name in parcel.members:
            text = parcel.body(name).decode("latin-1") if not name.endswith(".json") else json.dumps(parcel.get(name))
            if name.startswith("comments/"):  # where their addresses are free, they keep them
                for place, each in enumerate(json.loads(text)):
                    text = text.replace(each["uid"], f"comment {place}")
            for uid, title in titles.items():
                name, text = name.replace(uid, title), text.replace(uid, title)
            found[name] = sorted(json.loads(text), key=str) if name == "pages.json" else text
    return found


def test_a_site_that_went_out_and_came_in_is_the_same(full: Site, tmp_path: Path) -> None:
    out, again = tmp_path / "out.zip", tmp_path / "again.zip"
    answer = CliRunner().invoke(export, [full.host, str(out)])
    assert answer.exit_code == 0 and "3 articles" in answer.output, answer.output
    answer = CliRunner().invoke(import_, [str(out), "--host", "new.bouquet.localhost"])
    assert answer.exit_code == 0, answer.output
    new = Site.objects.get(host="new.bouquet.localhost")
    export_site(new, again)
    first, second = told(out), told(again)
    assert "s@a.example" not in str(first) and "readers.example" not in str(first) and "ada@" not in str(first)
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    first["site.json"] = first["site.json"].replace(f'"{full.slug}"', f'"{new.slug}"')  # names that are free only once
    first["brand.json"] = first["brand.json"].replace(f'"{full.brand.name}"', f'"{new.brand.name}"')
    html = [name for name in first if name.endswith(".html")]
    for name in html:
        first[name] = first[name].replace(full.url, new.url)
    old = [name for name in first if name.startswith("articles/") and "old.example" in first[name]]
    for name in old:  # an old address leads to one place: here still to the first
        first[name] = first[name].replace('["https://old.example/?p=7"]', "[]")
    assert first.keys() == second.keys()
    for name in first:
        assert first[name] == second[name], name
    page = ArticlePage.objects.descendant_of(new.wagtail_site.root_page).get(title="The harbour at dawn")
    shown = visit(page, new).text
    assert "Buy pills" not in shown and "You fool" not in shown
    archive = Client().get("/newsletters/the-friday-letter/1/", headers={"host": new.host}).text
    assert "Boats this week" in archive and page.own_path() in archive
    assert not Subscription.objects.filter(newsletter__site=new).exists()
    for words in (
        "So was I.",
        "Ada",
        "Low tide",
        "Nadar",
        "Twelve boats",
        "Basile Moreau",
        "In figures",
        "By the sea",
        "A skipper",
        "7 votes",
    ):
        assert words in shown, words
    assert not list(tmp_path.rglob("*.part"))


def test_readers_come_with_their_proof_when_both_sides_ask_for_it(full: Site, tmp_path: Path, ada: Any) -> None:
    out = tmp_path / "out.zip"
    answer = CliRunner().invoke(export, [full.host, str(out), "--with-readers"])
    assert answer.exit_code == 0 and "2 readers" in answer.output, answer.output
    Suppression.objects.all().delete()  # elsewhere nobody has heard of them
    strict, _notes = import_site(out, host="strict.bouquet.localhost")
    assert not Subscription.objects.filter(newsletter__site=strict).exists()
    assert not Comment.objects.filter(work__site=strict, author=ada).exists()
    new, _notes = import_site(out, host="new.bouquet.localhost", with_readers=True)
    rows = Subscription.objects.filter(newsletter__site=new).order_by("subscriber__address")
    assert [(each.state, each.shown, each.seen_from) for each in rows] == [
        ("active", "Yes, every Friday.", "192.0.2.0"),
        ("ended", "Yes, every Friday.", "192.0.2.0"),
    ]
    assert [each.subscriber.address for each in rows.writable()] == ["reader0@readers.example"]
    assert Comment.objects.get(work__site=new, author=ada).text == "So was I."


def damaged(path: Path, name: str, body: bytes) -> Path:
    """The parcel with one member more, or another one."""
    worse = path.with_name("worse.zip")
    with zipfile.ZipFile(path) as good, zipfile.ZipFile(worse, "w", zipfile.ZIP_DEFLATED) as bad:
        for entry in good.infolist():
            if entry.filename != name:
                bad.writestr(entry.filename, good.read(entry.filename))
        bad.writestr(name, body)
    return worse


def test_a_parcel_that_is_not_what_it_says_brings_nothing(full: Site, tmp_path: Path) -> None:
    out = tmp_path / "out.zip"
    export_site(full, out)
    sites, pictures = Site.objects.count(), Picture.objects.count()
    wrong = [
        ("../../etc/cron.d/x", b"x", "does not belong"),
        ("/etc/passwd", b"x", "does not belong"),
        ("extra.json", b"{}", "does not belong"),
        ("site.json", b'{"name": "Other"}', "damaged"),
        ("site.json", b"0" * 100_000_000, "times as large"),
        ("manifest.json", b"{}", "no parcel"),
        ("manifest.json", b'{"format": "bouquet-parcel", "version": 99, "members": {}}', "version"),
    ]
    for name, body, words in wrong:
        with pytest.raises(ParcelRefused, match=words):
            import_site(damaged(out, name, body), host="x.bouquet.localhost")
    half = tmp_path / "half.zip"
    half.write_bytes(out.read_bytes()[:-500])
    for path in (half, Path(__file__)):
        with pytest.raises(ParcelRefused, match="zip"):
            import_site(path, host="x.bouquet.localhost")
    with pytest.raises(ValidationError):
        import_site(out)  # its host name is taken
    assert (Site.objects.count(), Picture.objects.count()) == (sites, pictures)


def test_what_a_strangers_parcel_says_runs_nothing(full: Site, tmp_path: Path) -> None:
    out, bad = tmp_path / "out.zip", tmp_path / "bad.zip"
    export_site(full, out)
    evil = '<p onclick=\\"x()\\">Hm<script>alert(1)</script><a href=\\"javascript:x()\\">y</a></p>'
    with ParcelReader(out) as good, ParcelWriter(bad, {"host": "z.bouquet.localhost"}) as parcel:
        for name in good.members:
            text = good.body(name)
            parcel.put_bytes(name, text.replace(b"<p>Because.</p>", evil.encode()) if name.endswith(".json") else text)
    site, _notes = import_site(bad)
    page = ArticlePage.objects.descendant_of(site.wagtail_site.root_page).get(title="The harbour at dawn")
    assert page.body[3].value["answer"].source == "<p>Hm<a>y</a></p>"
