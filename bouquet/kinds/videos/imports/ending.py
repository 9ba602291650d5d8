"""How an import comes to rest: all is done, or its owner's space is full."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from bouquet.kinds.videos.imports.models import ImportItem, ImportJob
from bouquet.kinds.videos.imports.report import numbers_of
from bouquet.shared.notifications.actions import notify

State = ImportJob.State


def end_if_all_is_done(job: ImportJob) -> None:
    """Once: whoever ends it tells its owner. A subscription that found nothing new says nothing."""
    now = timezone.now()
    with transaction.atomic():
        ended = ImportJob.objects.filter(pk=job.pk, state=State.RUNNING).update(
            state=State.DONE, finished_at=now, updated_at=now
        )
        taken = job.items.filter(updated_at__gte=job.looked_at or job.created_at)
        if ended and taken.filter(state__in=[ImportItem.State.DONE, ImportItem.State.FAILED]).exists():
            _tell(job, "videos.imported", f"done:{now.isoformat()}")


def pause_with(job: ImportJob, reason: str) -> None:
    with transaction.atomic():
        running = ImportJob.objects.filter(pk=job.pk, state=State.RUNNING)
        if running.update(state=State.PAUSED, reason=reason, updated_at=timezone.now()):
            _tell(job, "videos.import_paused", f"paused:{timezone.now().isoformat()}", reason=reason)


def _tell(job: ImportJob, notice: str, moment: str, **values: str) -> None:
    numbers = numbers_of(job)
    words = {"name": job.name[:80], "done": numbers.done, "failed": numbers.failed}
    notify(job.person, notice, url=f"{job.site.url}{job.path}", key=f"{notice}:{job.uid}:{moment}", **words, **values)
