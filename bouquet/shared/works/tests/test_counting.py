"""Which openings of a page are views, and that none is lost or counted twice on its way to the rows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bouquet.shared.works import counting
from bouquet.shared.works.actions import count_view
from bouquet.shared.works.models import DayViews, Work
from bouquet.shared.works.rollup import roll_up_views
from bouquet.shared.works.tests.make import make_work

pytestmark = pytest.mark.django_db
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0"


@pytest.fixture(autouse=True)
def buffer(monkeypatch):
    """A buffer of this test's own, whose thread never starts: the test decides when it is written."""
    fresh = counting.ViewBuffer()
    monkeypatch.setattr(counting, "BUFFER", fresh)
    monkeypatch.setattr(fresh, "_start_timer", lambda seconds: None)
    return fresh


def opening(*, agent: str = BROWSER, address: str = "192.0.2.1", person=None, method: str = "GET", **headers):
    request = RequestFactory().generic(method, "/", headers={"user-agent": agent} | headers, REMOTE_ADDR=address)
    request.user = person or AnonymousUser()
    return request


def test_views_reach_the_work_and_its_day(buffer):
    work, other = make_work(), make_work()
    for number in range(7):
        assert count_view(work, opening(address=f"192.0.2.{number}"))
    count_view(other, opening())
    with CaptureQueriesContext(connection) as captured:
        assert buffer.flush() == 8
    assert len([query for query in captured if "SAVEPOINT" not in query["sql"]]) == 3
    work.refresh_from_db()
    assert (work.views, work.day_views.get().views) == (7, 7)
    count_view(work, opening(address="192.0.2.99"))
    buffer.flush()
    assert work.day_views.get().views == 8
    assert buffer.flush() == 0


def test_noting_a_view_asks_the_database_nothing():
    work = make_work()
    with CaptureQueriesContext(connection) as captured:
        assert count_view(work, opening())
    assert len(captured) == 0


@pytest.mark.parametrize(
    "agent",
    [
        "",
        "Googlebot/2.1",
        "Mozilla/5.0 (compatible; bingbot/2.0)",
        "curl/8.1",
        "python-requests/2.3",
        "facebookexternalhit/1.1",
    ],
)
def test_robots_are_not_counted(agent):
    assert not count_view(make_work(), opening(agent=agent))


def test_prefetching_heads_and_the_author_are_not_counted(chloe, driss):
    work = make_work(author=chloe)
    assert not count_view(work, opening(**{"sec-purpose": "prefetch;prerender"}))
    assert not count_view(work, opening(method="HEAD"))
    assert not count_view(work, opening(person=chloe))
    assert count_view(work, opening(person=driss))


def test_the_same_reader_counts_once_in_a_while_per_work():
    work, other = make_work(), make_work()
    assert count_view(work, opening())
    assert not count_view(work, opening())
    assert count_view(other, opening())
    assert count_view(work, opening(agent=BROWSER + " other"))


def test_a_work_that_is_gone_does_not_hold_up_the_others(buffer):
    gone, kept = make_work(), make_work()
    count_view(gone, opening())
    count_view(kept, opening())
    Work.objects.filter(pk=gone.pk).delete()
    buffer.flush()
    kept.refresh_from_db()
    assert kept.views == 1


def test_what_could_not_be_written_stays_in_the_buffer(buffer, monkeypatch):
    work = make_work()
    count_view(work, opening())
    with monkeypatch.context() as patch:
        patch.setattr(counting, "write_views", lambda counts: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            buffer.flush()
    assert buffer.flush() == 1
    work.refresh_from_db()
    assert work.views == 1


def test_lately_is_seven_days():
    today = timezone.localdate()
    work, faded, quiet = make_work(), make_work(views_lately=40), make_work()
    for days, views in ((0, 5), (6, 3), (7, 100)):
        DayViews.objects.create(work=work, day=today - timedelta(days=days), views=views)
    DayViews.objects.create(work=faded, day=today - timedelta(days=30), views=40)
    assert roll_up_views() == 2
    assert roll_up_views() == 0
    lately = dict(Work.objects.values_list("pk", "views_lately"))
    assert lately == {work.pk: 8, faded.pk: 0, quiet.pk: 0}
