"""The django-tasks backend: `.enqueue()` is one INSERT in the caller's transaction, kept exactly when the change is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db import transaction
from django.db.models.expressions import RawSQL
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskError, TaskResult, TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist
from django_tasks.utils import normalize_json

from bouquet.toolkit.tasks.declare import RowTask
from bouquet.toolkit.tasks.lanes import lane_named
from bouquet.toolkit.tasks.libraries import KEYS


class RowsBackend(BaseTaskBackend):
    task_class = RowTask
    supports_defer = True
    supports_async_task = True
    supports_get_result = True
    supports_priority = True

    def enqueue(self, task: Task[Any, Any], args: Any, kwargs: Any) -> TaskResult[Any]:
        self.validate_task(task)
        row = _row_for(_as_we_run_it(task), list(args), dict(kwargs))
        if row.key:
            row = _only_one(row)
        else:
            row.save(force_insert=True)
        return result_of(row, task)

    def get_result(self, result_id: str) -> TaskResult[Any]:
        from bouquet.toolkit.tasks.models import TaskRow

        try:
            return result_of(TaskRow.objects.get(pk=result_id))
        except (TaskRow.DoesNotExist, ValueError) as error:
            raise TaskResultDoesNotExist(result_id) from error


def result_of(row: Any, task: Any = None) -> TaskResult[Any]:
    """A row in django-tasks' words."""
    from bouquet.toolkit.tasks.actions import task_of

    result: TaskResult[Any] = TaskResult(
        task=task or task_of(row),
        id=str(row.pk),
        status=STATUS[row.state],
        enqueued_at=row.enqueued_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
        last_attempted_at=row.started_at,
        args=row.args,
        kwargs=row.kwargs,
        backend="default",
        errors=[TaskError(exception_class_path="builtins.Exception", traceback=row.error)] if row.error else [],
        worker_ids=[row.worker] * row.attempts,
    )
    object.__setattr__(result, "_return_value", row.result)
    return result


STATUS = {
    "waiting": TaskResultStatus.READY,
    "running": TaskResultStatus.RUNNING,
    "done": TaskResultStatus.SUCCESSFUL,
    "failed": TaskResultStatus.FAILED,
    "cancelled": TaskResultStatus.FAILED,
}


def _as_we_run_it(task: Any) -> Any:
    """As it was declared; a library's with the key that we give it."""
    key = KEYS.get(task.module_path)
    return replace(task, key=key, alone=True) if key else task


def _row_for(task: Any, args: list[Any], kwargs: dict[str, Any]) -> Any:
    # Not at the top: this module is read by `@task` while apps are still being loaded.
    from bouquet.toolkit.tasks.models import TaskRow

    lane = lane_named(task.queue_name)
    row = TaskRow(
        task=task.module_path,
        args=normalize_json(args),
        kwargs=normalize_json(kwargs),
        lane=lane.name,
        urgency=lane.urgency,
        priority=task.priority,
        key=task.key_of(args, kwargs),
        alone=task.alone,
        max_attempts=task.retries + 1,
        timeout=task.timeout or lane.timeout,
    )
    row.run_after = task.run_after or row.enqueued_at
    return row


def _only_one(row: Any) -> Any:
    """Insert, or give the row that already waits under this key.

    That row is locked until the caller's transaction ends: a worker that started it before would not see the change.
    It is asked for in the words of the index `one_waiting_per_key`: SQLite takes a partial index only where they stand
    in the query itself, and walked through all that wait otherwise (20 ms among 30,000, for each task of an import).
    """
    rows = type(row).objects
    of_this_key = rows.filter(key=row.key, state=RawSQL("'waiting'", [])).exclude(key=RawSQL("''", []))
    while True:
        with transaction.atomic():
            rows.bulk_create([row], ignore_conflicts=True)
            kept = of_this_key.select_for_update().first()
            if kept is not None:
                return kept
