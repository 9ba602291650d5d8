"""How long work waits and takes, for who looks after the queue."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from click.testing import CliRunner
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from bouquet.toolkit.tasks.commands import queue
from bouquet.toolkit.tasks.models import TaskRow
from bouquet.toolkit.tasks.times import LaneTimes, lane_times
from bouquet.toolkit.templatetags.ui import lasting

pytestmark = pytest.mark.django_db
HOST = {"host": "bouquet.localhost"}


def done(lane: str, *, waited: float, took: float, ago: timedelta = timedelta(minutes=5), **changes: Any) -> TaskRow:
    """A task that ended so long ago."""
    ended = timezone.now() - ago
    started = ended - timedelta(seconds=took)
    fields = {
        "task": "bouquet.toolkit.tasks.tests.chores.note",
        "lane": lane,
        "urgency": 1,
        "timeout": 60,
        "state": "done",
        "run_after": started - timedelta(seconds=waited),
        "started_at": started,
        "finished_at": ended,
    }
    return TaskRow.objects.create(**fields | changes)


def times(lane: str) -> LaneTimes:
    cache.clear()
    return next(each for each in lane_times() if each.name == lane)


def test_half_and_ninety_five_of_a_hundred_of_each_lane() -> None:
    for number in range(1, 101):
        done("ladder", waited=number, took=1000 - number)
    done("first", waited=0.5, took=2)
    found = times("ladder")
    assert (found.done, found.last_hour) == (100, 100)
    assert (found.waited_half, found.waited_most) == (50, 95)
    assert (found.took_half, found.took_most) == (949, 994)
    assert times("first") == LaneTimes("first", 1, 1, 0.5, 0.5, 2, 2)
    assert times("extras") == LaneTimes("extras")


@pytest.mark.parametrize(("count", "half", "most"), [(1, 1, 1), (2, 1, 2), (3, 2, 3), (20, 10, 19), (21, 11, 20)])
def test_few_tasks_have_a_middle_too(count: int, half: int, most: int) -> None:
    for number in range(count):
        done("default", waited=number + 1, took=1)
    assert (times("default").waited_half, times("default").waited_most) == (half, most)


def test_only_what_was_done_in_the_last_day_counts() -> None:
    done("default", waited=1, took=1, ago=timedelta(hours=25))
    done("default", waited=2, took=2, ago=timedelta(hours=23))
    done("default", waited=3, took=3, state="failed")
    done("default", waited=9, took=0, ago=timedelta(0), state="running", finished_at=None)
    assert times("default") == LaneTimes("default", 1, 0, 2, 2, 2, 2)


def test_a_clock_that_was_set_back_gives_no_time_below_nothing() -> None:
    done("default", waited=-5, took=-3)
    assert (times("default").waited_half, times("default").took_half) == (0, 0)


def test_it_takes_two_questions_and_is_worked_out_once(django_assert_num_queries: Any) -> None:
    for lane in ("first", "default", "ladder"):
        done(lane, waited=1, took=1)
    cache.clear()
    with django_assert_num_queries(2):
        lane_times()
    with django_assert_num_queries(0):
        lane_times()


def test_the_desk_the_command_and_the_api_say_them(client: Any, ada: Any, main_site: Any) -> None:
    TaskRow.objects.all().delete()
    done("ladder", waited=90, took=3725)
    cache.clear()
    client.force_login(ada)
    page = client.get(reverse("tasks_desk"), {"state": "done"}, headers=HOST).content.decode().replace("\u202f", " ")
    assert "1 min 30 s, 1 min 30 s" in page and "1 h 02 min, 1 h 02 min" in page
    assert "waited 1 min 30 s, took 1 h 02 min" in page
    lanes = client.get("/api/v1/queue?state=done", headers=HOST).json()
    day = {lane["name"]: lane["day"] for lane in lanes["lanes"]}
    assert day["ladder"]["took_half"] == 3725 and day["ladder"]["waited_most"] == 90
    assert day["first"] == {
        "done": 0, "last_hour": 0, "waited_half": None, "waited_most": None, "took_half": None, "took_most": None
    }  # fmt: skip
    assert (lanes["items"][0]["waited"], lanes["items"][0]["took"]) == (90, 3725)
    said = CliRunner().invoke(queue, ["lanes"]).output
    assert "last day: 1 done, 1 in the last hour; half waited 1 min 30 s (95 of 100: 1 min 30 s)" in said


def test_a_button_leads_back_to_its_page_and_to_no_other_site(client: Any, ada: Any, main_site: Any) -> None:
    client.force_login(ada)
    row = done("default", waited=1, took=1, state="failed")
    for back, leads in (
        ("/admin/films/7/", "/admin/films/7/"),
        ("https://evil.example/", "/admin/tasks/"),
        ("//evil.example/", "/admin/tasks/"),
        ("/\\evil.example", "/admin/tasks/"),
        ("javascript:alert(1)", "/admin/tasks/"),
    ):
        answer = client.post(reverse("tasks_retry", args=[row.pk]), {"back": back}, headers=HOST)
        assert answer["Location"] == leads


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(None, "–"), (0, "0.00 s"), (0.254, "0.25 s"), (9.999, "10.0 s"), (59.9, "59.9 s"), (60, "1 min 00 s"),
     (3599.6, "1 h 00 min"), (7500, "2 h 05 min")],
)  # fmt: skip
def test_a_length_is_written_with_its_largest_units(seconds: float | None, said: str) -> None:
    assert lasting(seconds).replace("\u202f", " ") == said
