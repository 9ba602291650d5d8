"""Is somebody doing the work?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count, Min
from django.utils import timezone

from bouquet.toolkit.doctor import Finding, bad, checkup, ok, warn
from bouquet.toolkit.processes import is_alive, place
from bouquet.toolkit.tasks.models import TaskRow, WorkerRow
from bouquet.toolkit.tasks.register import LEASE

SLOW = timedelta(minutes=5)


@checkup("Workers")
def workers() -> Iterator[Finding]:
    now, here = timezone.now(), place()
    for worker in WorkerRow.objects.all():
        beat = (now - worker.seen_at).total_seconds()
        gone = worker.place == here and worker.born and not is_alive(worker.pid, worker.born)
        if gone or beat > LEASE:
            yield warn(f"{worker.name} has not been seen for {beat:.0f} s.", "Another worker will take over its tasks.")
        else:
            yield ok(f"{worker.name}: {worker.slots} slots for {', '.join(worker.lanes)}, seen {beat:.0f} s ago")
    if not WorkerRow.objects.filter(seen_at__gt=now - timedelta(seconds=LEASE)).exists():
        yield bad("No worker is running: uploads are not processed, mails are not sent.", "Start `bouquet worker`.")


@checkup("Tasks")
def tasks() -> Iterator[Finding]:
    late = (
        TaskRow.objects.waiting()
        .filter(run_after__lt=timezone.now() - SLOW)
        .aggregate(n=Count("pk"), first=Min("run_after"))
    )
    if late["n"]:
        minutes = (timezone.now() - late["first"]).total_seconds() / 60
        yield warn(
            f"{late['n']} tasks have been due for up to {minutes:.0f} minutes.", "Start more workers, or more slots."
        )
    failed = TaskRow.objects.failed()
    if count := failed.count():
        reason = failed.order_by("-finished_at")[0]
        yield warn(
            f"{count} tasks failed, the last {reason.name}: {reason.reason[:160]}",
            "See /admin/tasks/ or `bouquet queue list --state failed`; mend the cause, then retry.",
        )
    if not late["n"] and not count:
        yield ok("Nothing is late, nothing has failed")
