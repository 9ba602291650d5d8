"""The queue keeps itself tidy."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from bouquet.toolkit.tasks.declare import task
from bouquet.toolkit.tasks.models import TaskRow
from bouquet.toolkit.tasks.schedule import daily

KEPT_DAYS = {"done": 3, "cancelled": 30, "failed": 90}
BATCH = 2000


@daily("03:40")
@task(lane="extras", retries=1)
def forget_old_tasks() -> int:
    """Remove rows that ended long ago, a few at a time: no lock is held for long."""
    now, removed = timezone.now(), 0
    for state, days in KEPT_DAYS.items():
        old = TaskRow.objects.filter(state=state, finished_at__lt=now - timedelta(days=days))
        while some := list(old.values_list("pk", flat=True)[:BATCH]):
            removed += TaskRow.objects.filter(pk__in=some).delete()[0]
    return removed


@task
def nothing() -> None:
    """For `bouquet bench tasks`, and to see whether workers answer."""
