"""For tests: do what waits, here and now, in this process."""

from __future__ import annotations

from bouquet.toolkit.tasks.carry import call_row, note_error, note_success
from bouquet.toolkit.tasks.hot import claim_task
from bouquet.toolkit.tasks.models import TaskRow

WORKER = "test"


def run_all_tasks(*, later: bool = False, limit: int = 1000) -> int:
    """Run what is due until nothing is, the most urgent first; gives how many ran. A task's error is raised.

    later=True runs what is planned for later as well (a scheduled publication, a retry).
    """
    ran = 0
    while ran < limit:
        if later:
            TaskRow.objects.waiting().update(run_after=TaskRow._meta.get_field("enqueued_at").get_default())
        row = claim_task(WORKER, 0)
        if row is None:
            return ran
        ran += 1
        try:
            result = call_row(row)
        except Exception as error:
            note_error(row, error)
            raise
        note_success(row, result)
    raise AssertionError(f"More than {limit} tasks: do they enqueue each other for ever?")
