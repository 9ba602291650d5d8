"""Carrying out one row in this process: find the function, call it, note how it went."""

from __future__ import annotations

import logging
import time
import traceback
from typing import Any

from django.db import connection
from django_tasks import TaskContext
from django_tasks.utils import normalize_json

from bouquet.toolkit.tasks.actions import fail_attempt, task_of
from bouquet.toolkit.tasks.backend import result_of
from bouquet.toolkit.tasks.declare import GiveUp
from bouquet.toolkit.tasks.hot import finish_task
from bouquet.toolkit.tasks.models import TaskRow
from bouquet.toolkit.tasks.running import CURRENT

log = logging.getLogger("bouquet.tasks")


class RowRun:
    """What `heartbeat()` speaks to while this row runs."""

    def __init__(self, row: TaskRow) -> None:
        self.row, self.noted_at = row, 0.0

    def beat(self, progress: float | None) -> None:
        now = time.monotonic()
        # Inside a transaction nobody would see it before the end, and SQLite's only write lock would be held.
        if progress is None or now - self.noted_at < 1 or connection.in_atomic_block:
            return
        self.noted_at = now
        TaskRow.objects.running().filter(pk=self.row.pk, worker=self.row.worker).update(
            progress=min(max(progress, 0.0), 1.0)
        )


def call_row(row: TaskRow) -> Any:
    """Run the row's function; gives what it returns, as JSON. Errors pass."""
    task = task_of(row)
    context = [TaskContext(task_result=result_of(row, task))] if task.takes_context else []
    token = CURRENT.set(RowRun(row))
    try:
        return normalize_json(task.call(*context, *row.args, **row.kwargs))
    finally:
        CURRENT.reset(token)


def note_success(row: TaskRow, result: Any) -> None:
    if not finish_task(row, result):
        log.warning("%s was taken over by another worker before it ended", row)


def note_error(row: TaskRow, error: BaseException) -> None:
    text = "".join(traceback.format_exception(error))[-20_000:]
    final = isinstance(error, GiveUp) or row.attempts >= row.max_attempts
    log.log(logging.ERROR if final else logging.WARNING, "%s failed (attempt %d): %r", row, row.attempts, error)
    fail_attempt(row, text, final=final)
