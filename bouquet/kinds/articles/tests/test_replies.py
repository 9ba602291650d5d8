"""The right of reply, from the person who is named to the line below the article."""

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from bouquet.kinds.articles.models import Article, Reply
from bouquet.kinds.articles.personal_data import erase, export
from bouquet.kinds.articles.replies.delays import asked_until
from bouquet.kinds.articles.tasks import let_go_of_requesters, remind_of_replies
from bouquet.kinds.articles.tests.make import make_article, make_newsroom, make_section, visit
from bouquet.shared.network.actions import appoint_editor
from bouquet.shared.notifications.models import Notice
from bouquet.toolkit.tasks.testing import run_all_tasks

pytestmark = pytest.mark.django_db
GIVEN = {
    "name": "Driss Haddad",
    "email": "driss@elsewhere.example",
    "standing": "named",
    "passage": "He left before the sun.",
    "text": "I left at noon.\n\nThe harbour master saw me.",
    "confirm": "on",
    "website": "",
}


@pytest.fixture
def page(db, basile):
    cache.clear()
    section = make_section(make_newsroom(language="en"))
    appoint_editor(section.site, basile, moderator=True)
    return make_article(section)


def ask(page, person=None, **changes):
    client = Client(headers={"host": page.site.host})
    if person is not None:
        client.force_login(person)
    return client.post(f"/articles/right-of-reply/{page.uid}/", GIVEN | changes)


def decide(page, person, **data):
    client = Client(headers={"host": page.site.host})
    client.force_login(person)
    return client.post(f"/admin/replies/{Reply.objects.latest('pk').uid}/", data)


def test_a_reply_is_asked_confirmed_published_and_stands_below_the_article(page, basile):
    assert f'href="/articles/right-of-reply/{page.uid}/"' in visit(page).text
    address = ask(page)["Location"]
    run_all_tasks()
    reply = Reply.objects.get()
    assert mail.outbox[0].to == [GIVEN["email"]] and reply.uid in mail.outbox[0].subject
    assert address in mail.outbox[0].body and "answers it by" in mail.outbox[0].body
    notice = Notice.objects.of(basile).get()
    assert "Driss Haddad asks for a right of reply" in notice.title and reply.uid in notice.url
    assert "It is answered by" in visit(address, page.site).text and "I left at noon." not in visit(page).text
    assert "I left at noon." in visit(f"/admin/replies/{reply.uid}/", page.site, basile).text
    assert page.title in visit("/admin/replies/", page.site, basile).text
    assert decide(page, basile, decision="publish").status_code == 302
    run_all_tasks()
    text = visit(page).text
    assert "<p>The harbour master saw me.</p>" in text and "with a right of reply" in text
    assert f'href="#reply-{reply.uid}"' in text and f'id="reply-{reply.uid}"' in text and GIVEN["email"] not in text
    assert f"#reply-{reply.uid}" in mail.outbox[-1].body
    assert f"#reply-{reply.uid}" in visit("/articles/right-of-reply/", page.site).text
    decide(page, basile, decision="publish")
    assert Article.objects.get().replies == 1, "twice is once"


def test_a_refusal_says_why_and_the_reply_is_nowhere(page, basile):
    ask(page)
    assert decide(page, basile, decision="refuse", reason="").status_code == 200
    decide(page, basile, decision="refuse", reason="Nobody is named in that passage.")
    run_all_tasks()
    reply = Reply.objects.get()
    assert reply.state == "refused" and "Nobody is named" in mail.outbox[-1].body
    assert "Nobody is named" in visit(f"/articles/right-of-reply/asked/{reply.secret}/", page.site).text
    assert "I left at noon." not in visit(page).text


def test_only_who_publishes_on_the_site_decides(page, chloe, driss):
    ask(page)
    appoint_editor(page.site, chloe)
    assert decide(page, chloe, decision="publish").status_code in (302, 403)
    assert (
        "Who may publish on this site decides"
        in visit(f"/admin/replies/{Reply.objects.get().uid}/", page.site, chloe).text
    )
    appoint_editor(make_newsroom("other"), driss, moderator=True)
    assert decide(page, driss, decision="publish").status_code == 404
    assert Reply.objects.get().state == "waiting"


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-11-30", "2027-02-28"),
        ("2026-01-31", "2026-04-30"),
        ("2026-08-15", "2026-11-15"),
        ("2023-11-30", "2024-02-29"),
    ],
)
def test_three_months_are_counted_by_the_calendar(first, last):
    article = Article(published_at=timezone.make_aware(datetime.fromisoformat(f"{first} 12:00")))
    assert timezone.localtime(asked_until(article)).date().isoformat() == last


def test_after_three_months_the_page_says_until_when_it_could_be_asked(page):
    Article.objects.update(published_at=timezone.now() - timedelta(days=100))
    assert ask(page).status_code == 403
    assert "three months after its publication" in visit(f"/articles/right-of-reply/{page.uid}/", page.site).text
    assert not Reply.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"text": "x" * 1001},
        {"text": "x\n" * 201},
        {"text": ""},
        {"passage": ""},
        {"email": "nobody"},
        {"confirm": ""},
        {"standing": "king"},
        {"name": "x" * 121},
    ],
)
def test_what_is_no_request_is_told_so_and_kept_in_the_form(page, changes):
    answer = ask(page, **changes)
    assert answer.status_code == 422 and "field--wrong" in answer.text
    assert not Reply.objects.exists()


def test_programs_and_impatience_make_no_second_request(page):
    ask(page, website="https://spam.example")
    assert not Reply.objects.exists()
    assert ask(page)["Location"] == ask(page)["Location"] and Reply.objects.count() == 1
    assert [ask(page, text=f"Number {number}").status_code for number in range(5)][-1] == 429


def test_markup_in_a_reply_is_only_text(page, basile):
    ask(page, name="<b>D</b>", text="<script>alert(1)</script>", passage="<img src=x>")
    decide(page, basile, decision="publish")
    assert "<script>alert(1)" not in visit(page).text and "&lt;script&gt;" in visit(page).text


def test_who_asked_may_withdraw_until_it_is_decided(page):
    address = ask(page)["Location"]
    Client(headers={"host": page.site.host}).post(address)
    assert Reply.objects.get().state == "withdrawn" and "You have withdrawn" in visit(address, page.site).text
    assert visit("/articles/right-of-reply/asked/guessed/", page.site).status_code == 404


def test_the_desk_hears_again_before_it_is_late_and_sees_what_is(page, basile):
    ask(page)
    run_all_tasks()
    Reply.objects.update(asked_at=timezone.now() - timedelta(days=2, hours=1))
    for _ in range(2):
        remind_of_replies.call()
    assert [notice.kind for notice in Notice.objects.of(basile).order_by("pk")] == [
        "articles.reply_asked",
        "articles.reply_due",
    ]
    Reply.objects.update(asked_at=timezone.now() - timedelta(days=4))
    assert "<strong>late</strong>" in visit("/admin/replies/", page.site, basile).text


def test_the_article_is_found_by_its_address_and_nothing_else_is(page):
    found = visit(f"/articles/right-of-reply/?address={page.site.url}{page.own_path()}", page.site)
    assert found["Location"] == f"/articles/right-of-reply/{page.uid}/"
    for address in ("https://[", "/videos/abc/x/", "x" * 600, "/articles/nothere/"):
        assert visit(f"/articles/right-of-reply/?address={address}", page.site).status_code == 200


def test_who_asked_takes_it_along_is_forgotten_and_is_let_go_after_a_year(page, driss, basile):
    ask(page, person=driss)
    ask(page, person=driss, text="Another.")
    decide(page, basile, decision="publish")
    assert [each["reply"][:7] for each in export(driss)["rights_of_reply"]] == ["I left ", "Another"]
    erase(driss)
    kept = Reply.objects.get()
    assert (kept.state, kept.email, kept.person, kept.name) == ("published", "", None, GIVEN["name"])
    ask(page, text="Third.")
    decide(page, basile, decision="refuse", reason="Too late.")
    Reply.objects.update(decided_at=timezone.now() - timedelta(days=366))
    let_go_of_requesters.call()
    assert Reply.objects.get() == kept
