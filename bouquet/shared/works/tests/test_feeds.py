"""Feeds: well-formed, for a stranger's eyes only, and not sent again to who has them."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from bouquet.shared.works import actions
from bouquet.shared.works.models import Work
from bouquet.shared.works.tests.make import make_channel, make_work

pytestmark = pytest.mark.django_db
MEDIA = "{http://search.yahoo.com/mrss/}"
HIDDEN = ["unlisted", "password", "followers", "members", "private"]


def fetch(site: Any, path: str, person: Any = None, **headers: str) -> Any:
    client = Client(headers={"host": site.host} | headers)
    if person:
        client.force_login(person)
    return client.get(path)


def titles(answer: Any) -> list[str | None]:
    assert answer["Content-Type"].startswith("application/rss+xml")
    return [item.findtext("title") for item in ElementTree.fromstring(answer.content).iter("item")]


def test_a_channel_has_a_feed_of_what_anybody_may_find(chloe: Any, site: Any) -> None:
    channel = make_channel(site=site, owner=chloe)
    make_work(title="Open", site=site, channel=channel, author=chloe)
    make_work(title="Elsewhere", site=site)
    for visibility in HIDDEN:
        make_work(title=visibility, site=site, channel=channel, author=chloe, visibility=visibility)
    path = f"/channels/{channel.slug}/rss.xml"
    assert titles(fetch(site, path)) == ["Open"]
    assert titles(fetch(site, path, chloe)) == ["Open"]  # the same for its maker
    assert fetch(site, "/channels/nobody/rss.xml").status_code == 404


def test_a_collections_feed_keeps_its_order_and_shows_no_more_than_a_stranger_finds(chloe: Any, site: Any) -> None:
    collection = actions.add_collection(chloe, name="Evening", visibility="unlisted")
    for title, visibility in [("Two", "public"), ("No", "unlisted"), ("One", "public")]:
        actions.add_to_collection(collection, make_work(title=title, site=site, author=chloe, visibility=visibility))
    assert titles(fetch(site, f"{collection.path}rss.xml", chloe)) == ["Two", "One"]
    assert f"{collection.path}rss.xml" in fetch(site, collection.path).text
    actions.change_collection(collection, visibility="members")
    assert fetch(site, f"{collection.path}rss.xml", chloe).status_code == 404


def test_a_category_and_a_tag_have_feeds(site: Any) -> None:
    film = make_work(title="Lake", site=site, category="nature")
    actions.set_tags(film, ["Été"])
    make_work(title="Town", site=site, category="news", kind="photos")
    assert titles(fetch(site, "/feed/rss.xml?category=nature")) == ["Lake"]
    assert titles(fetch(site, "/feed/rss.xml?tag=ete")) == ["Lake"]
    assert titles(fetch(site, "/feed/rss.xml?kind=photos")) == ["Town"]
    assert fetch(site, "/feed/rss.xml?tag=nothing").status_code == 404
    assert titles(fetch(site, "/feed/rss.xml?category=%00%27")) == []


@pytest.mark.parametrize(
    "title", ["<script>alert(1)</script>", "]]><x", "\x0b\x01\ufffe & more", "مرحبا \u202eabc", "&lt;b&gt;", "🎬 film"]
)
def test_titles_of_any_kind_leave_the_feed_whole(site: Any, title: str) -> None:
    work = make_work(title="x", site=site, summary=f"{title}\n\n{title}")
    Work.objects.filter(pk=work.pk).update(title=title)
    answer = fetch(site, "/feed/rss.xml")
    kept = "".join(each for each in title if each >= " " and each != "\ufffe")
    assert titles(answer) == [kept]


def test_media_rss_says_picture_and_player(site: Any) -> None:
    work = make_work(title="x", site=site, rating=16)
    Work.objects.filter(pk=work.pk).update(rating=12)
    item = next(ElementTree.fromstring(fetch(site, "/feed/rss.xml").content).iter("item"))
    assert item.find(f"{MEDIA}player").get("url") == f"{site.url}/embed/{work.uid}"  # type: ignore[union-attr]
    assert item.findtext(f"{MEDIA}rating") == "nonadult"


def test_who_has_it_already_gets_304_until_something_changes(site: Any) -> None:
    work = make_work(title="x", site=site)
    first = fetch(site, "/feed/rss.xml")
    again = fetch(site, "/feed/rss.xml", **{"if-none-match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    actions.change_work(work, by=None, title="y")
    later = fetch(site, "/feed/rss.xml", **{"if-none-match": first["ETag"]})
    assert (later.status_code, titles(later)) == (200, ["y"])
    assert "last-modified" in {name.lower() for name in later.headers}


def test_a_feed_keeps_to_the_territory_of_who_asks(site: Any) -> None:
    abroad = make_work(title="Tokyo", site=site)
    actions.set_availability(abroad, territories=["JP"])
    make_work(title="Paris", site=site)
    answer = fetch(site, "/feed/rss.xml")
    assert titles(answer) == ["Paris"]
    assert "private" in answer["Cache-Control"]
