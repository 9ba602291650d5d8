"""Albums, and newsletters under way, leave with their site and come into an empty place as they were."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from django.utils import timezone

from bouquet.config.moving.site import export_site, import_site
from bouquet.kinds.articles.tests.make import make_newsroom
from bouquet.kinds.newsletters.actions import cancel_issue, draft_issue, subscribe, verify_issue
from bouquet.kinds.newsletters.models import Issue, Link, Subscription
from bouquet.kinds.newsletters.tests.make import make_letter
from bouquet.kinds.photos import actions as photos
from bouquet.kinds.photos.models import Album, Photo
from bouquet.kinds.photos.tests.make import make_album, photo_file
from bouquet.shared.assets.models import Asset
from bouquet.shared.comments.tests.make import make_comment
from bouquet.shared.network.models import Site
from bouquet.shared.notifications.models import Notice
from bouquet.shared.works.actions import set_availability, set_password
from bouquet.shared.works.models import Work
from bouquet.toolkit.parcel import ParcelReader
from bouquet.toolkit.tasks.testing import run_all_tasks
from bouquet.toolkit.testing.pictures import PLACE

pytestmark = pytest.mark.django_db
LEFT = {
    # of an album: its site and its key, its file names, what was counted, what is worked out or made anew
    "Album": {"id", "site", "kind", "slug", "poster", "duration", "restricted", "listable", "on_shelves", "updated_at"}
    | {"views", "views_lately", "likes", "comment_count", "trending", "work_ptr", "card", "card_of"},
    "Photo": {"id", "album", "position", "created_at"},
}
TOLD_ELSEWHERE = {
    # … and under which name the parcel says the others
    "Album": {"author": "address", "channel": "of_the_site", "uid": "", "also_on": "work", "state": "work"}
    | {"state_reason": "work", "visibility": "work", "rating": "work", "published_at": "work", "tags": "tags"},
    "Photo": {"asset": "file"},
}


class Undone(Exception):
    """What was made in the meantime is taken back: the database is as empty as it was."""


@pytest.fixture(autouse=True)
def _own_disk(settings: Any, tmp_path: Any) -> None:
    for name in ("MEDIA_ROOT", "UPLOADS_ROOT", "STREAMS_ROOT"):
        setattr(settings, name, tmp_path / name)


def club_with_albums(ada: Any, chloe: Any) -> Site:
    site = make_newsroom("club", kinds=["articles", "newsletters", "photos"])
    public = make_album(chloe, site, photos=2, tags=["Lakes"], may_download=True, summary="At six.", category="nature")
    first, last = public.photos.in_order()
    photos.put_in_order(public, [last.uid, first.uid])
    words = {"caption": "Low tide", "alternative": "A boat", "credit": "Nadar", "licence": "cc-by"}
    photos.change_photo(public.photos.get(pk=last.pk), by=chloe, focus=(20, 80), **words)
    photos.choose_cover(public, first, by=chloe)
    make_comment(public, guest_name="Zoé", text="I was there.")
    make_album(chloe, site, title="Mine alone", visibility="private")
    make_album(chloe, site, title="A draft", publish=False)
    make_album(chloe, site, title="Here only", photos=1)
    set_availability(Album.objects.get(title="Here only"), territories=["JP"])
    set_password(make_album(chloe, site, title="With a word", visibility="password"), "sesame")
    make_album(ada, site, title="Of the club", for_the_site=True)
    photos.add_photo(public, photo_file("unready.jpg"), by=chloe)  # its file still says where it was taken
    return site


def letters(site: Site, ada: Any) -> None:
    letter = make_letter(site)
    verified = verify_issue(draft_issue(letter), by=ada)
    Issue.objects.filter(pk=verified.pk).update(subject="Verified")
    sent = Issue.objects.create(newsletter=letter, number=2, subject="Gone out", state="draft")
    now = timezone.now()
    kept = {"checked_name": "Ada", "checked_at": now, "checked_digest": "d", "ended_at": now, "started_at": now}
    Issue.objects.filter(pk=sent.pk).update(state="sent", tally={"sent": 9}, **kept)
    Link.objects.create(issue=sent, address="https://club.example/a/", clicks=7)
    half = Issue.objects.create(newsletter=letter, number=3, subject="Half sent")
    Issue.objects.filter(pk=half.pk).update(state="paused", **kept)
    cancel_issue(Issue.objects.create(newsletter=letter, number=4, subject="Given up"))
    subscribe(letter, "nobody@readers.example", shown="Yes.", source="page")


def members_of(path: Path) -> dict[str, Any]:
    with ParcelReader(path) as parcel:
        return {name: parcel.body(name) for name in parcel.members}


def taken_out(path: Path, ada: Any, chloe: Any, **how: Any) -> dict[str, Any]:
    """A full site's parcel, and the database as if there had never been one."""
    about: dict[str, Any] = {}
    with pytest.raises(Undone), transaction.atomic():
        site = club_with_albums(ada, chloe)
        letters(site, ada)
        about = export_site(site, path, **how)
        raise Undone
    assert not Album.objects.exists() and not Site.objects.filter(slug="club").exists()
    mail.outbox.clear()
    return about


def test_what_came_into_an_empty_place_leaves_it_the_same(tmp_path: Path, ada: Any, chloe: Any) -> None:
    out, again = tmp_path / "out.zip", tmp_path / "again.zip"
    about = taken_out(out, ada, chloe, with_readers=True)
    assert (about["numbers"]["albums"], about["numbers"]["photos"]) == (6, 7)
    site, _notes = import_site(out, host="new.bouquet.localhost", with_readers=True)
    run_all_tasks()
    assert not mail.outbox and not Notice.objects.exists()
    export_site(site, again, with_readers=True)
    first, second = members_of(out), members_of(again)
    assert first.keys() == second.keys()
    for name in first:
        assert first[name] == second[name], name
    assert PLACE not in b"".join(first.values())


def test_photos_hang_as_they_did_and_are_their_makers_again(tmp_path: Path, ada: Any, chloe: Any) -> None:
    out = tmp_path / "out.zip"
    taken_out(out, ada, chloe, with_readers=True)
    site, notes = import_site(out, host="new.bouquet.localhost", with_readers=True)
    run_all_tasks()
    album = Album.objects.get(title="A summer at the lake")
    assert (album.author, album.channel.owner, album.may_download, album.state) == (chloe, chloe, True, "live")
    one, two = album.photos.in_order()
    assert (one.credit, one.licence, one.caption, one.alternative) == ("Nadar", "cc-by", "Low tide", "A boat")
    assert (one.focus_x, one.focus_y, album.cover) == (20, 80, two)
    assert one.is_shown and one.asset.facts["sizes"] and one.camera_line
    assert Album.objects.get(title="Of the club").channel.site == site
    client = Client(headers={"host": site.host})
    assert "Nadar" in client.get(one.path).text and "I was there." in client.get(album.path).text
    for title, status in (("Mine alone", 404), ("A draft", 404), ("Here only", 451), ("With a word", 403)):
        hidden = Album.objects.get(title=title)
        answer = client.get(hidden.path)
        assert answer.status_code == status and "Morning" not in answer.text, title
    assert any("password" in note for note in notes)


def test_without_addresses_only_what_everybody_sees_comes_and_is_nobodys(tmp_path: Path, ada: Any, chloe: Any) -> None:
    out = tmp_path / "out.zip"
    about = taken_out(out, ada, chloe)
    assert any("3 albums of members stay behind" in words for words in about["left_behind"])
    assert any("1 photo stays behind" in words for words in about["left_behind"])
    said = b"".join(members_of(out).values())
    for word in (b"Mine alone", b"A draft", b"chloe@", b"lake.jpg", b"sesame"):
        assert word not in said, word
    import_site(out, host="new.bouquet.localhost", with_readers=True)
    assert {album.title: album.author for album in Album.objects.all()} == {
        "A summer at the lake": None,
        "Here only": None,
        "Of the club": None,
    }


def test_a_file_with_addresses_makes_nobody_an_owner_who_did_not_ask(tmp_path: Path, ada: Any, chloe: Any) -> None:
    out = tmp_path / "out.zip"
    taken_out(out, ada, chloe, with_readers=True)
    _site, notes = import_site(out, host="new.bouquet.localhost")
    assert not Album.objects.exclude(author=None).exists() and not Asset.objects.exclude(owner=None).exists()
    assert sorted(Album.objects.values_list("title", flat=True)) == ["A summer at the lake", "Here only", "Of the club"]
    assert any("3 albums did not come" in note for note in notes)


def test_an_issue_under_way_is_verified_anew_and_nothing_is_sent(tmp_path: Path, ada: Any, chloe: Any) -> None:
    out = tmp_path / "out.zip"
    about = taken_out(out, ada, chloe, with_readers=True)
    left = " ".join(about["left_behind"])
    assert "Half sent" in left and "1 reader" in left and "nobody@" not in str(members_of(out))
    site, notes = import_site(out, host="new.bouquet.localhost", with_readers=True)
    run_all_tasks()
    states = {each.subject: each.state for each in Issue.objects.filter(newsletter__site=site)}
    assert states == {"Verified": "draft", "Gone out": "sent", "Given up": "cancelled"}
    draft = Issue.objects.get(subject="Verified")
    assert draft.notes[-1] == {"code": "moved", "name": "Ada"} and not draft.checked_digest
    assert Link.objects.get().clicks == 7 and Issue.objects.get(subject="Gone out").tally == {"sent": 9}
    assert not Subscription.objects.exists() and not mail.outbox
    assert any("Half sent" in note for note in notes) and any("both places" in note for note in notes)


def test_a_strangers_file_does_not_name_links_of_this_host(tmp_path: Path, ada: Any, chloe: Any) -> None:
    out = tmp_path / "out.zip"
    taken_out(out, ada, chloe)
    name = next(name for name, body in members_of(out).items() if b"Gone out" in body)
    uid = json.loads(members_of(out)[name])["links"][0]["uid"]
    import_site(out, host="new.bouquet.localhost")
    assert Link.objects.get().clicks == 7 and not Link.objects.filter(uid=uid).exists()


def test_an_album_whose_hour_came_on_the_way_is_no_news(tmp_path: Path, ada: Any, chloe: Any) -> None:
    out = tmp_path / "out.zip"
    with pytest.raises(Undone), transaction.atomic():
        site = make_newsroom("club", kinds=["articles", "photos"])
        album = make_album(ada, site, for_the_site=True, publish=False)
        photos.publish_album(album, by=ada, at=timezone.now() + timedelta(days=1))
        Work.objects.filter(pk=album.pk).update(published_at=timezone.now() - timedelta(minutes=1))
        export_site(site, out)
        raise Undone
    import_site(out, host="new.bouquet.localhost")
    assert Album.objects.get().state == "live"


@pytest.mark.parametrize("model", [Album, Photo])
def test_every_field_of_an_album_is_carried_or_left_on_purpose(
    model: Any, tmp_path: Path, ada: Any, chloe: Any
) -> None:
    out = tmp_path / "out.zip"
    taken_out(out, ada, chloe, with_readers=True)
    told = json.loads(next(body for name, body in members_of(out).items() if name.startswith("albums/")))
    said = set(told if model is Album else told["photos"][0])
    fields = {field.name for field in [*model._meta.concrete_fields, *model._meta.many_to_many]}
    elsewhere = TOLD_ELSEWHERE[model.__name__]
    assert fields - said - LEFT[model.__name__] - set(elsewhere) == set()
    assert all(not name or name in said for name in elsewhere.values())
