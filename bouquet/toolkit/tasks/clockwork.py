"""Enqueues what repeats when it is due. Every worker calls it; one of them wins each due time."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from bouquet.toolkit.tasks.models import ScheduleRow, TaskRow
from bouquet.toolkit.tasks.schedule import PLANS


def set_up_schedule(now: datetime | None = None) -> None:
    """Rows for new plans, none for those that are gone. A due time too far away (clock set back) comes nearer."""
    now = now or timezone.now()
    ScheduleRow.objects.exclude(pk__in=PLANS).delete()
    new = [ScheduleRow(task=name, due_at=plan.next_after(now)) for name, plan in PLANS.items()]
    ScheduleRow.objects.bulk_create(new, ignore_conflicts=True)
    for row in ScheduleRow.objects.all():
        plan = PLANS[row.task]
        if row.due_at > now + plan.furthest():
            ScheduleRow.objects.filter(pk=row.pk, due_at=row.due_at).update(due_at=plan.next_after(now))


def run_schedule(now: datetime | None = None) -> list[str]:
    """Enqueue what is due; gives the names."""
    now = now or timezone.now()
    due = ScheduleRow.objects.filter(due_at__lte=now, pk__in=PLANS)
    return [row.task for row in due if _start(row, now)]


def _start(row: ScheduleRow, now: datetime) -> bool:
    plan = PLANS[row.task]
    with transaction.atomic():
        # Compare and set: of all workers that saw this due time, one moves it on.
        won = ScheduleRow.objects.filter(pk=row.pk, due_at=row.due_at).update(due_at=plan.next_after(now), last_at=now)
        # The last one still waits (workers were away): one is enough.
        if won and not TaskRow.objects.waiting().filter(task=row.task).exists():
            import_string(row.task).enqueue()
    return bool(won)
