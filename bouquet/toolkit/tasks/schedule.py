"""When what repeats is due. `@every(minutes=5)` and `@daily("02:30")` stand beside `@task` on a task without arguments.

    @daily("02:30")
    @task(lane="extras")
    def sweep_old_uploads() -> None: ...

Rows in the database say when each is next due; one worker of all moves the row on and enqueues, in one transaction.
A moment that was missed (the machine was off) is made up for once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any, Protocol

from django.utils import timezone


class Plan(Protocol):
    def next_after(self, moment: datetime) -> datetime: ...

    def furthest(self) -> timedelta:
        """No due time may be further away than this: if one is, the clock was set back."""
        ...


@dataclass(frozen=True)
class Every:
    interval: timedelta

    def next_after(self, moment: datetime) -> datetime:
        return moment + self.interval

    def furthest(self) -> timedelta:
        return self.interval


@dataclass(frozen=True)
class Daily:
    at: time  # in the network's time zone

    def next_after(self, moment: datetime) -> datetime:
        """Once a day, also when the clocks change: in a skipped hour just after it, in a doubled one at the first."""
        zone = timezone.get_default_timezone()
        day = moment.astimezone(zone).date()
        while (due := datetime.combine(day, self.at, zone).astimezone(UTC)) <= moment:
            day += timedelta(days=1)
        return due

    def furthest(self) -> timedelta:
        return timedelta(hours=25)


PLANS: dict[str, Plan] = {}  # by the task's path


def every(**interval: float) -> Callable[[Any], Any]:
    """`@every(minutes=5)`; takes what timedelta takes."""
    return _on(Every(timedelta(**interval)))


def daily(at: str) -> Callable[[Any], Any]:
    """`@daily("02:30")`, on the network's clock (BOUQUET_TIME_ZONE)."""
    return _on(Daily(time.fromisoformat(at)))


def _on(plan: Plan) -> Callable[[Any], Any]:
    def register(task: Any) -> Any:
        function = getattr(task, "func", task)  # above or below @task: both read well
        PLANS[f"{function.__module__}.{function.__qualname__}"] = plan
        return task

    return register
