"""Trends: many different people move them, one address never does."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from bouquet.shared.audience.hits import Mark
from bouquet.shared.audience.tests.make import make_play, write
from bouquet.shared.discovery.models import Reach
from bouquet.shared.discovery.trends import FEWEST, roll_up_trends
from bouquet.shared.works.models import Work
from bouquet.shared.works.tests.make import make_work

pytestmark = pytest.mark.django_db


def watch(work: Work, people: int, *, first: int = 1, each: int = 1) -> None:
    """`people` different addresses, each playing it `each` times with another browser."""
    hits = []
    for person in range(first, first + people):
        for time_again in range(each):
            number = work.pk * 10_000_000 + person * 20_000 + time_again + 1
            hits += make_play(work, play=number, visitor=number, origin=person, at=time.time() - 60)
    write(*hits)


def trending() -> list[Any]:
    roll_up_trends()
    return list(Work.objects.filter(trending__gt=0).order_by("-trending").values_list("title", flat=True))


def test_thousands_of_views_from_one_address_do_not_move_it() -> None:
    honest, pushed = make_work(title="Honest"), make_work(title="Pushed")
    watch(honest, 4)
    watch(pushed, 3)
    before = trending()
    assert before == ["Honest", "Pushed"]
    score = Work.objects.get(pk=pushed.pk).trending
    watch(pushed, 1, first=1, each=3_000)  # an address that has viewed it already, with as many browsers
    assert trending() == before
    assert abs(Work.objects.get(pk=pushed.pk).trending - score) <= score / 1000  # only the clock has gone on
    assert Work.objects.get(pk=pushed.pk).views < 30


def test_one_address_alone_makes_no_trend() -> None:
    watch(make_work(title="Pushed"), 1, each=500)
    assert trending() == []
    watch(make_work(title="Seen"), FEWEST)
    assert trending() == ["Seen"]


def test_robots_and_staff_make_no_trend() -> None:
    work = make_work()
    for person in range(1, 6):
        write(*make_play(work, play=person, visitor=person, origin=person, marks=int(Mark.ROBOT)))
    assert trending() == []


def test_yesterday_is_worth_less_than_today_and_last_week_nothing() -> None:
    today = timezone.localdate()
    for age, title in ((0, "today"), (1, "yesterday"), (5, "long ago"), (8, "forgotten")):
        Reach.objects.create(work=make_work(title=title), day=today - timedelta(days=age), addresses=50)
    assert trending() == ["today", "yesterday", "long ago"]
    assert not Reach.objects.filter(work__title="forgotten").exists()


def test_what_trends_no_longer_leaves_the_list() -> None:
    work = make_work()
    watch(work, 5)
    assert trending() == [work.title]
    Reach.objects.update(day=timezone.localdate() - timedelta(days=9))
    Work.objects.get(pk=work.pk).delete()
    assert trending() == []


def test_the_page_and_the_front_show_what_trends(client: Any, site: Any) -> None:
    shown, hidden = make_work(title="Everybody’s", site=site), make_work(title="Members’", site=site)
    watch(shown, 5)
    watch(hidden, 9)
    Work.objects.filter(pk=hidden.pk).update(visibility="members")
    html = client.get("/trending/", headers={"host": site.host}).content.decode()
    assert "Nothing trends yet" in html
    roll_up_trends()
    html = client.get("/trending/", headers={"host": site.host}).content.decode()
    assert "Everybody’s" in html
    assert "Members’" not in html
