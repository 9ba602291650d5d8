from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from bouquet.toolkit.tasks.clockwork import run_schedule, set_up_schedule
from bouquet.toolkit.tasks.models import ScheduleRow, TaskRow
from bouquet.toolkit.tasks.schedule import PLANS, daily, every
from bouquet.toolkit.tasks.tests import chores

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
PARIS = ZoneInfo("Europe/Paris")


@pytest.fixture
def plans(db, settings):
    """Two plans in a network of their own; its clock is that of Paris."""
    settings.TIME_ZONE = "Europe/Paris"
    timezone.get_default_timezone.cache_clear()
    before = dict(PLANS)
    PLANS.clear()
    every(minutes=5)(chores.walk)
    daily("02:30")(chores.surrender)
    set_up_schedule(NOON)
    yield {path.rpartition(".")[2]: path for path in PLANS}
    PLANS.clear()
    PLANS.update(before)
    timezone.get_default_timezone.cache_clear()


def due(name):
    return ScheduleRow.objects.get(pk=name).due_at


def test_what_repeats_is_enqueued_when_due_and_not_before(plans):
    assert run_schedule(NOON + timedelta(minutes=4)) == []
    assert run_schedule(NOON + timedelta(minutes=5)) == [plans["walk"]]
    assert TaskRow.objects.get().task == plans["walk"]
    assert due(plans["walk"]) == NOON + timedelta(minutes=10)


def test_of_two_workers_that_see_it_due_one_enqueues(plans, monkeypatch):
    later = NOON + timedelta(minutes=6)
    seen = list(ScheduleRow.objects.filter(due_at__lte=later))
    from bouquet.toolkit.tasks import clockwork

    assert [clockwork._start(row, later) for row in seen] == [True]
    assert [clockwork._start(row, later) for row in seen] == [False]
    assert TaskRow.objects.count() == 1


def test_a_night_that_was_missed_is_made_up_for_once(plans):
    week_later = NOON + timedelta(days=7)
    assert set(run_schedule(week_later)) == set(plans.values())
    assert run_schedule(week_later) == []
    assert due(plans["surrender"]) == datetime(2026, 11, 30, 1, 30, tzinfo=UTC)


def test_what_still_waits_is_not_enqueued_again(plans):
    run_schedule(NOON + timedelta(minutes=5))
    run_schedule(NOON + timedelta(minutes=11))
    assert TaskRow.objects.count() == 1


def test_a_clock_that_was_set_back_does_not_stop_the_schedule(plans):
    year_earlier = NOON - timedelta(days=365)
    set_up_schedule(year_earlier)
    assert due(plans["walk"]) == year_earlier + timedelta(minutes=5)
    assert due(plans["surrender"]) < year_earlier + timedelta(days=1)


def test_a_plan_that_is_gone_leaves_the_schedule(plans):
    del PLANS[plans["walk"]]
    set_up_schedule(NOON)
    assert [row.pk for row in ScheduleRow.objects.all()] == [plans["surrender"]]


@pytest.mark.parametrize(
    ("evening", "expected"),
    [
        # spring: 02:30 does not exist on 28 March 2027; 03:30 summer time is the same moment
        (datetime(2027, 3, 27, 20, 0, tzinfo=PARIS), datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),
        # autumn: 02:30 comes twice on 25 October 2026; the first counts
        (datetime(2026, 10, 24, 20, 0, tzinfo=PARIS), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
    ],
)
def test_when_the_clocks_change_a_daily_task_runs_once(plans, evening, expected):
    plan = PLANS[plans["surrender"]]
    first = plan.next_after(evening.astimezone(UTC))
    assert first == expected
    assert timedelta(hours=22) < plan.next_after(first) - first < timedelta(hours=26)


def test_the_mark_may_stand_above_or_below():
    try:
        daily("03:00")(chores.note.func)
        daily("03:00")(chores.long_note)
        assert {chores.note.module_path, chores.long_note.module_path} <= set(PLANS)
    finally:
        PLANS.pop(chores.note.module_path, None)
        PLANS.pop(chores.long_note.module_path, None)
