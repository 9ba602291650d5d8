"""The two statements that every task passes through, by hand: building them anew in the ORM took most of the time.

Both run on SQLite (3.35 or newer) and on PostgreSQL.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.utils import timezone

from bouquet.toolkit.tasks.lanes import LANES
from bouquet.toolkit.tasks.models import TaskRow

TABLE = TaskRow._meta.db_table
CLAIM = """
    UPDATE {table} SET state = 'running', worker = %s, slot = %s, attempts = attempts + 1,
                       progress = NULL, started_at = %s, finished_at = NULL
     WHERE id = (SELECT id FROM {table} AS due
                  WHERE state = 'waiting' AND urgency IN ({marks}) AND run_after <= %s
                    AND NOT (alone AND EXISTS (SELECT 1 FROM {table} AS other
                                                WHERE other.state = 'running' AND other.key = due.key))
                  ORDER BY urgency, priority DESC, run_after LIMIT 1 {lock})
    RETURNING *
"""
FINISH = """
    UPDATE {table} SET state = 'done', result = %s, error = '', progress = 1, finished_at = %s
     WHERE id = %s AND state = 'running' AND worker = %s AND attempts = %s
"""


def claim_task(worker: str, slot: int, urgencies: Iterable[int] | None = None) -> TaskRow | None:
    """Take the most urgent row that is due.

    No two workers get the same one: PostgreSQL skips locked rows, SQLite has one writer at a time. Nor two rows of one
    key that want to be alone: a second waiting row can only be written once the first is seen to run.
    """
    wanted = [lane.urgency for lane in LANES.values()] if urgencies is None else list(urgencies)
    lock = "FOR UPDATE SKIP LOCKED" if connection.features.has_select_for_update_skip_locked else ""
    sql = CLAIM.format(table=TABLE, marks=", ".join(["%s"] * len(wanted)), lock=lock)
    now = _moment()
    return next(iter(list(TaskRow.objects.raw(sql, [worker, slot, now, *wanted, now]))), None)


def finish_task(row: TaskRow, result: Any) -> bool:
    """False where the row was taken away meanwhile (its worker was thought dead): then this run does not count."""
    number = TaskRow._meta.pk.get_db_prep_value(row.pk, connection)
    said = None if result is None else json.dumps(result)
    with connection.cursor() as cursor:
        cursor.execute(FINISH.format(table=TABLE), [said, _moment(), number, row.worker, row.attempts])
        return bool(cursor.rowcount)


def _moment() -> Any:
    return connection.ops.adapt_datetimefield_value(timezone.now())
