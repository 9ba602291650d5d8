"""Browsing: narrowing, ordering, paging; addresses that say what they show; nothing that a reader may not find."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from bouquet.kinds.videos.models import Video
from bouquet.kinds.videos.tests.conftest import queries_of
from bouquet.kinds.videos.tests.make import make_video
from bouquet.shared.discovery.tasks import count_sorts
from bouquet.shared.works.actions import set_availability, set_tags
from bouquet.shared.works.models import Filters, Work


def films(client: Any, address: str) -> list[str]:
    answer = client.get(address, follow=True)
    assert answer.status_code == 200
    return [work.title for work in answer.context["page"]]


@pytest.fixture
def shelf(site: Any, chloe: Any) -> dict[str, Video]:
    now = timezone.now()
    made = {
        "soup": {"category": "food", "language": "fr", "duration": 100, "views": 5, "likes": 1, "views_lately": 9},
        "opera": {"category": "music", "language": "fr", "duration": 3000, "views": 50, "likes": 9, "trending": 70},
        "song": {"category": "music", "language": "en", "duration": 300, "views": 9, "likes": 4, "trending": 90},
    }
    found = {}
    for age, (title, fields) in enumerate(made.items()):
        found[title] = make_video(
            author=chloe, site=site, title=title, published_at=now - timedelta(days=age * 5, hours=1)
        )
        Work.objects.filter(pk=found[title].pk).update(**fields)
    set_tags(found["opera"], ["Élégie", "stage"])
    count_sorts.func()
    return found


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("", ["soup", "opera", "song"]),
        ("?category=music", ["opera", "song"]),
        ("?category=music&language=en", ["song"]),
        ("?tag=elegie", ["opera"]),
        ("?language=fr", ["soup", "opera"]),
        ("?length=short", ["soup"]),
        ("?length=medium", ["song"]),
        ("?length=long", ["opera"]),
        ("?since=day", ["soup"]),
        ("?since=week", ["soup", "opera"]),
        ("?order=views", ["opera", "song", "soup"]),
        ("?order=liked", ["opera", "song", "soup"]),
        ("?order=seen", ["soup", "song", "opera"]),
        ("?order=longest", ["opera", "song", "soup"]),
        ("?order=shortest", ["soup", "song", "opera"]),
        ("?order=trending", ["song", "opera"]),
        ("?category=music&order=shortest&since=month", ["song", "opera"]),
        ("?length=endless&order=best&since=ever&language=%00", ["soup", "opera", "song"]),
    ],
)
def test_films_are_narrowed_and_ordered(door: Any, shelf: Any, asked: str, expected: list[str]) -> None:
    assert films(door(), f"/videos/all/{asked}") == expected


def test_a_category_and_a_tag_have_addresses_and_heads_of_their_own(door: Any, shelf: Any) -> None:
    client = door()
    answer = client.get("/videos/all/?category=music&length=long&after=nonsense")
    assert answer["location"] == "/videos/categories/music/?length=long"
    html = client.get("/videos/categories/music/").content.decode()
    assert "<h1" in html
    assert ">Music</h1>" in html
    assert "/videos/categories/food/" in html
    assert ">Élégie</h1>" in client.get("/videos/tags/elegie/").content.decode()
    assert client.get("/videos/categories/no-such/").status_code == 404
    assert client.get("/videos/?category=music")["location"] == "/videos/categories/music/"


def test_what_is_chosen_can_be_taken_off(door: Any, shelf: Any) -> None:
    browsing = door().get("/videos/categories/music/?length=long&language=fr").context["browsing"]
    assert {str(chip.label): chip.url for chip in browsing.chosen} == {
        "Music": "/videos/all/?language=fr&length=long",
        "Français": "/videos/categories/music/?length=long",
        "Over 20 minutes": "/videos/categories/music/?language=fr",
    }
    assert {chip.label: chip.number for chip in browsing.category_chips if chip.number} == {
        "Music": 2,
        "Cooking and food": 1,
    }


def test_nothing_that_fits_leads_on(door: Any, shelf: Any) -> None:
    html = door().get("/videos/categories/food/?length=long").content.decode()
    assert "No video here is like that" in html
    assert 'href="/videos/all/"' in html


def test_what_a_reader_may_not_find_is_in_no_list_and_in_no_count(door: Any, chloe: Any, site: Any) -> None:
    for changes in (
        {"visibility": "private"},
        {"visibility": "unlisted"},
        {"visibility": "password"},
        {"visibility": "members"},
        {"rating": 18},
        {"state": "hidden"},
        {"state": "scheduled", "published_at": timezone.now() + timedelta(hours=1)},
        {"listable": False},
    ):
        make_video(author=chloe, site=site, category="music", trending=5, **changes)
    abroad = make_video(author=chloe, site=site, category="music", trending=5)
    set_availability(abroad, territories=["BE"])
    count_sorts.func()
    for order in ("latest", "trending", "seen", "views", "liked", "longest", "shortest"):
        assert films(door(), f"/videos/categories/music/?order={order}") == []
    assert door().get("/videos/all/").context["browsing"].categories == []


@pytest.mark.parametrize("order", ["latest", "views", "shortest"])
def test_pages_follow_each_other_at_a_fixed_price(door: Any, chloe: Any, site: Any, order: str) -> None:
    client = door()
    for _ in range(3):
        make_video(author=chloe, site=site, category="music", duration=60)
    address = f"/videos/categories/music/?order={order}"
    few = queries_of(client, address)
    for _ in range(27):
        make_video(author=chloe, site=site, category="music", duration=60)
    assert queries_of(client, address) == few <= 4  # the sites, the films, their sorts, the operator's categories
    first = client.get(address).context["page"]
    second = client.get(first.next_url).context["page"]
    seen = {work.pk for work in first} | {work.pk for work in second}
    assert len(seen) == 30


def test_a_title_from_right_to_left_keeps_its_direction_to_itself(door: Any, chloe: Any, site: Any) -> None:
    make_video(author=chloe, site=site, title="مرحبا يا عالم")
    assert 'dir="auto">مرحبا يا عالم' in door().get("/videos/all/").content.decode()


def test_filters_say_what_they_were_given() -> None:
    filters = Filters.read({"category": "music", "order": "views", "since": "week", "tag": "a b", "length": "x"})
    assert filters.query() == "category=music&since=week&order=views"
    assert filters.query("category") == "since=week&order=views"
    assert bool(filters)
    assert not Filters(order="views")


def test_the_api_narrows_alike_and_says_what_is_wrong(door: Any, shelf: Any) -> None:
    client = door()
    found = client.get("/api/v1/videos?category=music&order=longest&since=month").json()["items"]
    assert [each["title"] for each in found] == ["opera", "song"]
    first = client.get("/api/v1/videos?order=views&size=1").json()
    second = client.get("/api/v1/videos", {"order": "views", "size": 1, "cursor": first["next_cursor"]}).json()
    assert [each["title"] for each in first["items"] + second["items"]] == ["opera", "song"]
    for wrong in ("length=endless", "order=best", "since=ever", "category=A_B", "tag=a%20b", "cursor=x", "size=0"):
        answer = client.get(f"/api/v1/videos?{wrong}")
        assert (answer.status_code, answer["content-type"]) == (422, "application/problem+json"), wrong
