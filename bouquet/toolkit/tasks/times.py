"""How long work waits and takes: each lane over the last day, from the rows of what is done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.cache import cache
from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from bouquet.toolkit.tasks.lanes import LANES
from bouquet.toolkit.tasks.models import TaskRow

SPAN = timedelta(days=1)
KEPT = 30  # seconds: a busy day has a hundred thousand rows


@dataclass(frozen=True)
class LaneTimes:
    """Seconds. Half of the tasks waited (took) no longer than `waited_half`, 95 of 100 no longer than `waited_most`."""

    name: str
    done: int = 0
    last_hour: int = 0
    waited_half: float | None = None
    waited_most: float | None = None
    took_half: float | None = None
    took_most: float | None = None


def lane_times() -> list[LaneTimes]:
    """Of the last day; two queries, worked out twice a minute at most.

    A task waits from the moment it was due (a try that failed is due later) until its last run began.
    """
    return cache.get_or_set("tasks.lane_times", _lane_times, KEPT) or []


def _lane_times() -> list[LaneTimes]:
    now = timezone.now()
    done = TaskRow.objects.filter(state=TaskRow.State.DONE, finished_at__gte=now - SPAN)
    hour = Count("pk", filter=Q(finished_at__gte=now - timedelta(hours=1)))
    counts = {
        lane: {"done": day, "last_hour": last}
        for lane, day, last in done.order_by().values_list("lane").annotate(day=Count("pk"), last=hour)
    }
    seconds = {lane: dict(values) for lane, values in _ranked(done)}
    return [LaneTimes(name=lane, **(counts.get(lane, {}) | seconds.get(lane, {}))) for lane in LANES]


def _ranked(done: Any) -> Iterable[tuple[str, dict[str, float]]]:
    """The rows in the middle and at 95 of 100 of each lane, by wait and by length: one query, on any database."""
    lane = F("lane")
    rows = done.order_by().annotate(
        waited=F("started_at") - F("run_after"),
        took=F("finished_at") - F("started_at"),
        of=Window(Count("pk"), partition_by=lane),
        waited_rank=Window(RowNumber(), lane, F("started_at") - F("run_after")),
        took_rank=Window(RowNumber(), lane, F("finished_at") - F("started_at")),
    )
    half, most = (F("of") + 1) / 2, (F("of") * 95 + 99) / 100
    rows = rows.filter(Q(waited_rank=half) | Q(waited_rank=most) | Q(took_rank=half) | Q(took_rank=most)).values_list(
        "lane", "waited", "took", "of", "waited_rank", "took_rank"
    )
    found: dict[str, dict[str, float]] = {}
    for name, waited, took, of, waited_rank, took_rank in rows:
        lane_of = found.setdefault(name, {})
        for part, rank in (("half", (of + 1) // 2), ("most", (of * 95 + 99) // 100)):
            if waited_rank == rank:
                lane_of[f"waited_{part}"] = max(0.0, waited.total_seconds())
            if took_rank == rank:
                lane_of[f"took_{part}"] = max(0.0, took.total_seconds())
    return found.items()
