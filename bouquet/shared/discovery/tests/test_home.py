"""A member's home: its shelves and their reasons, refusals, off; and what of it is given to and erased for a person."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bouquet.shared.accounts.personal_data import holdings
from bouquet.shared.discovery.actions import home_of
from bouquet.shared.discovery.models import Dismissal, HomeChoice
from bouquet.shared.discovery.neighbours import channels_of_neighbours
from bouquet.shared.works.actions import follow_channel, keep_history, pause_history, react_to_work
from bouquet.shared.works.models import Watching, Work
from bouquet.shared.works.tests.make import make_channel, make_work
from bouquet.shared.works.viewer import Viewer
from bouquet.toolkit.testing.cast import make_person

pytestmark = pytest.mark.django_db


def shelves(person: Any) -> dict[str, list[str]]:
    found = home_of(person, Viewer(person=person, territory="FR"))
    return {shelf.title: [work.title for work in shelf.works] for shelf in found}


@pytest.fixture
def enter(site: Any, chloe: Any) -> Client:
    client = Client(headers={"host": site.host})
    client.force_login(chloe)
    return client


def test_what_is_followed_comes_first_and_says_so(chloe: Any, site: Any, enter: Client) -> None:
    work = make_work(title="News of the lake", site=site, channel=make_channel(name="Atelier"))
    follow_channel(work.channel, by=chloe)
    assert shelves(chloe) == {"New from the channels you follow": ["News of the lake"]}
    html = enter.get("/for-you/").content.decode()
    assert "Because you follow Atelier" in html


def test_what_is_like_a_liked_work_says_which(chloe: Any, site: Any) -> None:
    liked = make_work(title="Lake", site=site, category="nature")
    react_to_work(liked, by=chloe)
    for number in range(3):
        make_work(title=f"Forest {number}", site=site, category="nature")
    assert set(shelves(chloe)["Because you liked “Lake”"]) == {"Forest 0", "Forest 1", "Forest 2"}


def test_what_is_like_a_watched_work_says_so_unless_the_history_is_paused(chloe: Any, site: Any) -> None:
    now = timezone.now()
    seen = make_work(title="Lake", site=site, category="nature")
    barely = make_work(title="Tram", site=site, category="sport")
    Watching.objects.create(person=chloe, work=seen, seconds=90, created_at=now, updated_at=now)
    Watching.objects.create(person=chloe, work=barely, seconds=4, created_at=now, updated_at=now)
    for category in ("nature", "nature", "sport", "sport"):
        make_work(title=f"About {category}", site=site, category=category)
    assert list(shelves(chloe)) == ["Because you watched “Lake”"]
    pause_history(chloe)
    assert shelves(chloe) == {}
    keep_history(chloe)
    Work.objects.filter(pk=seen.pk).update(visibility="private")  # what they may see no more names nothing
    assert shelves(chloe) == {}


def test_what_people_with_the_same_taste_follow_needs_several_of_them(chloe: Any, site: Any) -> None:
    ours, theirs = make_channel(name="Ours"), make_channel(name="Theirs")
    follow_channel(ours, by=chloe)
    for number in range(2):
        make_work(title=f"Theirs {number}", site=site, channel=theirs)
    for number in range(3):
        assert channels_of_neighbours(chloe) == []
        neighbour = make_person(name=f"Neighbour {number}")
        follow_channel(ours, by=neighbour)
        follow_channel(theirs, by=neighbour)
    assert channels_of_neighbours(chloe) == [(theirs.pk, "Theirs")]
    assert set(shelves(chloe)["People who follow the same channels follow these too"]) == {"Theirs 0", "Theirs 1"}


def test_a_work_and_a_channel_can_be_refused_and_taken_back(chloe: Any, site: Any, enter: Client) -> None:
    work, other = make_work(title="Lake", site=site), make_work(title="Forest", site=site)
    for each in (work, other):
        follow_channel(each.channel, by=chloe)
    assert enter.post("/for-you/dismissals", {"work": work.uid})["location"] == "/for-you/"
    enter.post("/for-you/dismissals", {"work": work.uid})  # twice is once
    assert shelves(chloe) == {"New from the channels you follow": ["Forest"]}
    enter.post("/for-you/dismissals", {"channel": other.channel.slug})
    assert shelves(chloe) == {}
    html = enter.get("/me/suggestions/").content.decode()
    assert "Lake" in html
    for row in Dismissal.objects.all():
        assert enter.post("/me/suggestions/removals", {"dismissal": row.pk}).status_code == 302
    assert set(shelves(chloe)["New from the channels you follow"]) == {"Lake", "Forest"}


def test_others_refusals_cannot_be_taken_back_nor_hidden_works_refused(enter: Client, driss: Any, site: Any) -> None:
    work = make_work(site=site)
    row = Dismissal.objects.create(person=driss, work=work)
    enter.post("/me/suggestions/removals", {"dismissal": row.pk})
    assert Dismissal.objects.filter(pk=row.pk).exists()
    hidden = make_work(site=site, visibility="private")
    assert enter.post("/for-you/dismissals", {"work": hidden.uid}).status_code == 404
    for wrong in ({}, {"work": "\x00"}, {"channel": "no\x00pe"}):
        assert enter.post("/for-you/dismissals", wrong).status_code == 404
    for wrong in ("", "x", "９", "9" * 40):
        assert enter.post("/me/suggestions/removals", {"dismissal": wrong}).status_code == 404


def test_switched_off_it_is_simply_the_latest(chloe: Any, site: Any, enter: Client) -> None:
    work = make_work(title="Lake", site=site)
    follow_channel(work.channel, by=chloe)
    assert enter.get("/for-you/").context["shelves"]
    assert enter.post("/me/suggestions/", {"on": "0"}).status_code == 302
    answer = enter.get("/for-you/")
    assert answer.context["shelves"] == []
    assert "Suggestions are off" in answer.content.decode()
    assert [each.title for each in answer.context["page"]] == ["Lake"]
    enter.post("/me/suggestions/", {"on": "1"})
    assert enter.get("/for-you/").context["shelves"]


def test_a_stranger_is_asked_to_sign_in(client: Any, site: Any) -> None:
    for path in ("/for-you/", "/me/suggestions/"):
        assert client.get(path, headers={"host": site.host}).status_code == 302


def test_it_never_shows_what_this_member_may_not_find(chloe: Any, site: Any) -> None:
    channel = make_channel()
    follow_channel(channel, by=chloe)
    for changes in ({"visibility": "private"}, {"state": "hidden"}, {"rating": 18}, {"visibility": "unlisted"}):
        make_work(title="Secret", site=site, channel=channel, trending=9, **changes)
    assert shelves(chloe) == {}


def test_its_price_does_not_grow(chloe: Any, site: Any) -> None:
    def price() -> int:
        with CaptureQueriesContext(connection) as asked:
            home_of(chloe, Viewer(person=chloe, territory="FR"))
        return len(asked)

    def add(number: int) -> None:
        for _ in range(number):
            work = make_work(site=site, category="nature", trending=5)
            follow_channel(work.channel, by=chloe)
            react_to_work(work, by=chloe)
            make_work(site=site, category="nature", trending=5)

    add(4)
    few = price()
    add(8)
    assert price() <= few <= 20


def test_its_page_asks_for_nothing_card_by_card(chloe: Any, site: Any, enter: Client) -> None:
    """Its cards are fetched with what they show and no more: a field too many would be a query for each."""

    def price() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert enter.get("/for-you/").status_code == 200
        return len(asked)

    follow_channel(make_work(site=site).channel, by=chloe)
    price()
    few = price()
    channel = make_channel(name="Atelier", owner=chloe, personal=True)
    follow_channel(channel, by=chloe)
    for number in range(14):
        make_work(title=f"Film {number}", site=site, channel=channel, duration=60, views=number, visibility="members")
    assert price() <= few + 2


@pytest.mark.parametrize("visibility", ["public", "followers"])
def test_its_latest_are_the_newest_that_this_member_may_find(
    visibility: str, chloe: Any, site: Any, enter: Client
) -> None:
    """As the plain list gives them, page for page, also where most of the newest are for others."""
    ours, theirs = make_channel(name="Ours"), make_channel(name="Theirs")
    follow_channel(ours, by=chloe)
    hour = timezone.now() - timedelta(days=1)
    for number in range(60):
        which = {"channel": ours} if number % 4 == 0 else {"channel": theirs, "visibility": visibility}
        make_work(title=f"Film {number}", site=site, published_at=hour + timedelta(minutes=number), **which)
    make_work(title="Tomorrow", site=site, published_at=timezone.now() + timedelta(days=1))
    listed = Work.objects.listed_for(Viewer(person=chloe, territory="FR")).latest()
    first = enter.get("/for-you/").context
    assert first["shelves"]
    assert {work.why for work in first["page"]} == {""}
    second = enter.get(first["page"].next_url).context
    assert second["shelves"] == []
    assert [*first["page"], *second["page"]] == list(listed[:24])


def test_it_is_given_to_its_person_and_erased(chloe: Any, site: Any) -> None:
    Dismissal.objects.create(person=chloe, work=make_work(site=site))
    Dismissal.objects.create(person=chloe, channel=make_channel())
    HomeChoice.objects.create(person=chloe, is_on=False)
    held = next(each for each in holdings() if each.name == "discovery")
    given = held.export(chloe)
    assert given["suggestions_on"] is False
    assert [each["what"] for each in given["not_interested"]] == ["work", "channel"]
    held.erase(chloe)
    assert not Dismissal.objects.exists()
    assert not HomeChoice.objects.exists()
    assert Work.objects.exists()
