"""Who follows a channel is told of its new works: in batches, once, and only of what they may see."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bouquet.shared.accounts.models import Person
from bouquet.shared.notifications.actions import set_preferences
from bouquet.shared.notifications.models import Notice
from bouquet.shared.works import actions, telling
from bouquet.shared.works.models import Channel, Follow, Work
from bouquet.shared.works.telling import tell_followers
from bouquet.shared.works.tests.make import make_channel, make_work
from bouquet.toolkit.tasks.testing import run_all_tasks

pytestmark = pytest.mark.django_db


@pytest.fixture
def channel(chloe: Any, site: Any) -> Channel:
    return make_channel(site=site, owner=chloe, name="Lake")


def follow(channel: Channel, *people: Person) -> None:
    Follow.objects.bulk_create([Follow(channel=channel, person=person) for person in people])


def told(person: Person) -> int:
    return Notice.objects.filter(person=person, kind="works.new").count()


def door(person: Any, site: Any) -> Client:
    client = Client(headers={"host": site.host})
    client.force_login(person)
    return client


def test_publishing_tells_who_follows_and_wants_to_hear(channel: Any, chloe: Any, driss: Any, basile: Any) -> None:
    follow(channel, driss, basile, chloe)
    actions.tell_of_channel(channel, by=basile, wanted=False)
    work = make_work(title="Dawn", channel=channel, author=chloe, state="draft")
    actions.publish_work(work, by=chloe)
    run_all_tasks()
    assert (told(driss), told(basile), told(chloe)) == (1, 0, 0)
    assert Notice.objects.get(person=driss, kind="works.new").title == "Lake has published “Dawn”"


def test_tried_again_after_a_kill_nobody_is_told_twice(channel: Any, chloe: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(telling, "BATCH", 10)
    people = Person.objects.bulk_create([Person(email=f"p{n}@x.example", handle=f"p{n}") for n in range(35)])
    follow(channel, *people)
    work = make_work(channel=channel, author=chloe)
    beats = iter([None, None])

    def killed(_progress: Any) -> None:
        next(beats)  # stops in the third batch

    monkeypatch.setattr(telling, "heartbeat", killed)
    with pytest.raises(RuntimeError):
        try:
            tell_followers(work.pk)
        except StopIteration as stop:
            raise RuntimeError from stop
    assert Notice.objects.count() == 30
    monkeypatch.setattr(telling, "heartbeat", lambda _progress: None)
    tell_followers(work.pk)
    assert Notice.objects.count() == 35
    assert Notice.objects.values("person").distinct().count() == 35


def test_more_followers_cost_batches_not_queries_each(channel: Any, chloe: Any) -> None:
    people = Person.objects.bulk_create([Person(email=f"p{n}@x.example", handle=f"p{n}") for n in range(300)])
    follow(channel, *people)
    work = make_work(channel=channel, author=chloe)
    with CaptureQueriesContext(connection) as asked:
        tell_followers(work.pk)
    assert Notice.objects.count() == 300
    assert len(asked) <= 10


@pytest.mark.parametrize("changes", [{"visibility": "unlisted"}, {"visibility": "private"}, {"state": "down"}])
def test_what_is_not_for_lists_is_no_news(channel: Any, chloe: Any, driss: Any, changes: dict[str, str]) -> None:
    follow(channel, driss)
    assert tell_followers(make_work(channel=channel, author=chloe, **changes).pk) == 0


def test_what_came_out_long_ago_is_no_news(channel: Any, chloe: Any, driss: Any) -> None:
    follow(channel, driss)
    work = make_work(channel=channel, author=chloe, published_at=timezone.now() - timedelta(days=30))
    assert tell_followers(work.pk) == 0


def test_nobody_hears_of_what_they_may_not_see(channel: Any, chloe: Any, driss: Any, basile: Any) -> None:
    Person.objects.filter(pk=driss.pk).update(territory="FR")
    Person.objects.filter(pk=basile.pk).update(territory="JP", birth_date=date(1980, 1, 1))
    follow(channel, driss, basile)
    grown, abroad = make_work(channel=channel, author=chloe), make_work(channel=channel, author=chloe)
    Work.objects.filter(pk=grown.pk).update(rating=18)
    actions.set_availability(abroad, territories=["FR"], excluded=True)
    tell_followers(grown.pk)
    assert (told(driss), told(basile)) == (0, 1)
    tell_followers(abroad.pk)
    assert (told(driss), told(basile)) == (0, 2)


def test_who_wants_none_of_that_kind_gets_none(channel: Any, chloe: Any, driss: Any) -> None:
    follow(channel, driss)
    set_preferences(driss, {"works.new": (False, False)})
    assert tell_followers(make_work(channel=channel, author=chloe).pk) == 0


def test_the_notice_leads_to_fewer_of_them(channel: Any, chloe: Any, driss: Any, site: Any) -> None:
    actions.follow_channel(channel, by=driss)
    tell_followers(make_work(channel=channel, author=chloe).pk)
    client = door(driss, site)
    path = f"/channels/{channel.slug}/follow/"
    assert path in client.get("/notices/").text
    assert 'aria-pressed="true"' in client.get(path).text
    answer = client.post(f"/channels/{channel.slug}/bell", {"wanted": "0"}, headers={"x-swap": "x"})
    assert "bell-off" in answer.text
    client.post(f"/channels/{channel.slug}/follow", {"wanted": "0"})
    assert not Follow.objects.filter(person=driss).exists()


def test_my_subscriptions_are_one_page(channel: Any, driss: Any, site: Any) -> None:
    assert "You follow no channel yet" in door(driss, site).get("/me/subscriptions/").text
    actions.follow_channel(channel, by=driss)
    client = door(driss, site)
    assert "Lake" in client.get("/me/subscriptions/").text
    assert client.delete(f"/api/v1/channels/{channel.slug}/notices").status_code == 204
    assert not Follow.objects.get(person=driss).tells
    assert client.put(f"/api/v1/channels/{channel.slug}/notices").status_code == 204
    assert Follow.objects.get(person=driss).tells
    assert Client(headers={"host": site.host}).get("/me/subscriptions/").status_code == 302
