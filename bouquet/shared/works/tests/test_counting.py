"""Views reach the work and its day, and what is most seen lately."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bouquet.shared.works.actions import add_views
from bouquet.shared.works.models import DayViews, Work
from bouquet.shared.works.rollup import roll_up_views
from bouquet.shared.works.tests.make import make_work

pytestmark = pytest.mark.django_db


def test_views_reach_the_work_and_its_day():
    work, other, today = make_work(), make_work(), timezone.localdate()
    with CaptureQueriesContext(connection) as captured:
        add_views({(work.pk, today): 7, (other.pk, today): 1})
    assert len([query for query in captured if "SAVEPOINT" not in query["sql"]]) == 3
    add_views({(work.pk, today): 1, (work.pk, today - timedelta(days=1)): 2})
    work.refresh_from_db()
    assert work.views == 10
    assert [each.views for each in work.day_views.order_by("day")] == [2, 8]


def test_a_work_that_is_gone_does_not_hold_up_the_others():
    gone, kept, today = make_work(), make_work(), timezone.localdate()
    Work.objects.filter(pk=gone.pk).delete()
    add_views({(gone.pk, today): 1, (kept.pk, today): 1})
    kept.refresh_from_db()
    assert kept.views == 1


def test_nothing_is_nothing():
    add_views({})


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
