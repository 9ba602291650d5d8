"""The queue at a glance: each lane with what waits, runs and failed, and how long the oldest has been waiting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Min
from django.utils import timezone

from bouquet.toolkit.tasks.lanes import LANES
from bouquet.toolkit.tasks.models import TaskRow


@dataclass(frozen=True)
class LaneNow:
    name: str
    waiting: int  # all, also what is planned for later
    due: int
    running: int
    failed: int
    wait: timedelta | None  # of the oldest that is due


def lanes_now() -> list[LaneNow]:
    """Two queries."""
    now = timezone.now()
    states = [TaskRow.State.WAITING, TaskRow.State.RUNNING, TaskRow.State.FAILED]
    counted = TaskRow.objects.filter(state__in=states).order_by().values_list("lane", "state").annotate(n=Count("pk"))
    counts = {(lane, state): number for lane, state, number in counted}
    late = TaskRow.objects.due().order_by().values_list("lane").annotate(n=Count("pk"), first=Min("run_after"))
    due = {lane: (number, first) for lane, number, first in late}
    return [
        LaneNow(
            name=lane,
            waiting=counts.get((lane, "waiting"), 0),
            due=due.get(lane, (0, None))[0],
            running=counts.get((lane, "running"), 0),
            failed=counts.get((lane, "failed"), 0),
            wait=now - due[lane][1] if lane in due else None,
        )
        for lane in LANES
    ]
