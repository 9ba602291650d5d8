"""What happens to a row of work. Each verb is one short transaction; each checks that the row is still the caller's.

Taking a row and finishing it, which every task passes through, are in `hot.py`.
"""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from bouquet.toolkit.tasks.models import TaskRow

State = TaskRow.State
LONGEST_DELAY = 3600
MOST_AT_ONCE = 1000
HIGHEST = 32_000  # of priorities


def task_of(row: TaskRow) -> Any:
    return import_string(row.task)


def fail_attempt(row: TaskRow, error: str, *, at_once: bool = False, final: bool = False) -> None:
    """Try again later, with growing delay; or, after the last attempt, keep the row as failed for people to see."""
    if final or row.attempts >= row.max_attempts:
        _mine(row).update(state=State.FAILED, error=error, finished_at=timezone.now())
    else:
        _back_to_waiting(
            row, error=error, run_after=timezone.now() + (timedelta() if at_once else delay_after(row.attempts))
        )


def release_task(row: TaskRow) -> None:
    """Give it back untouched: its worker stops. This attempt is not counted."""
    _back_to_waiting(row, error=row.error, run_after=timezone.now(), attempts=row.attempts - 1)


def cancel_task(row: TaskRow) -> None:
    """A waiting row never starts; a running one is stopped by its worker within a second or two."""
    with transaction.atomic():
        now = timezone.now()
        gone = TaskRow.objects.waiting().filter(pk=row.pk).update(state=State.CANCELLED, finished_at=now)
        if not gone:
            TaskRow.objects.running().filter(pk=row.pk).update(cancel_asked=True)


def settle_cancelled(row: TaskRow) -> None:
    _mine(row).update(state=State.CANCELLED, cancel_asked=False, finished_at=timezone.now())


def retry_task(row: TaskRow) -> bool:
    """Start a failed or cancelled row afresh. False where another row with the same key already waits."""
    rows = TaskRow.objects.filter(pk=row.pk, state__in=[State.FAILED, State.CANCELLED])
    try:
        with transaction.atomic():
            return bool(
                rows.update(
                    state=State.WAITING, attempts=0, run_after=timezone.now(), finished_at=None, cancel_asked=False
                )
            )
    except IntegrityError:
        return False


def retry_all(task: str) -> int:
    """Every failed row of one kind of work, each by itself: what waits already under the same key stays one."""
    failed = TaskRow.objects.failed().filter(task=task).order_by("finished_at")
    return sum(retry_task(row) for row in failed[:MOST_AT_ONCE])


def move_to_front(row: TaskRow) -> bool:
    """Before all that waits in its lane, and due now. False where it waits no more.

    Lanes keep their order: no storyboard goes before a film that somebody waits for.
    """
    with transaction.atomic():
        lane = TaskRow.objects.waiting().filter(urgency=row.urgency).exclude(pk=row.pk)
        first = lane.order_by("-priority").values_list("priority", flat=True).first()
        front = min(max(row.priority, 0 if first is None else first + 1), HIGHEST)
        waiting = TaskRow.objects.waiting().filter(pk=row.pk)
        return bool(waiting.update(priority=front, run_after=min(timezone.now(), row.run_after)))


def recover_tasks() -> int:
    """Bring back what died with its worker. A row that was killed on every attempt ends as failed."""
    if not TaskRow.objects.of_nobody().exists():
        return 0  # the usual case takes no lock
    with transaction.atomic():
        rows = list(TaskRow.objects.of_nobody().select_for_update(skip_locked=True)[:200])
        for row in rows:
            if row.cancel_asked:
                settle_cancelled(row)
            else:
                fail_attempt(row, "The worker that ran it was killed or lost its machine.", at_once=True)
    return len(rows)


def delay_after(attempts: int) -> timedelta:
    """5 s, 20 s, 80 s, 5 min, 21 min … an hour; each a quarter more or less: a crowd does not come back at once."""
    return timedelta(seconds=min(5 * 4 ** (attempts - 1), LONGEST_DELAY) * random.uniform(0.75, 1.25))  # noqa: S311


def _mine(row: TaskRow) -> Any:
    return TaskRow.objects.running().filter(pk=row.pk, worker=row.worker, attempts=row.attempts)


def _back_to_waiting(row: TaskRow, **changes: Any) -> None:
    changes = {"state": State.WAITING, "worker": "", "slot": None, "progress": None} | changes
    try:
        with transaction.atomic():
            _mine(row).update(**changes)
    except IntegrityError:
        # While it ran, the same work was asked for again, and that row waits: one of the two is enough.
        _mine(row).update(state=State.CANCELLED, error=changes["error"], finished_at=timezone.now())
