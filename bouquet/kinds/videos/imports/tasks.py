"""Tasks of imports, in the spare-time lane: people's own uploads and encodes always go before them.

Each task does one piece (a page of a source, one film) and puts the next behind whatever became urgent meanwhile.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone, translation

from bouquet.kinds.videos.imports.ending import end_if_all_is_done, pause_with
from bouquet.kinds.videos.imports.entries import SourceRefused
from bouquet.kinds.videos.imports.looking import conclude, look
from bouquet.kinds.videos.imports.models import ImportItem, ImportJob
from bouquet.kinds.videos.imports.taking import alone, next_item, take
from bouquet.shared.assets.permissions import UploadRefused
from bouquet.toolkit.tasks import every, task

State = ImportJob.State
BUSY = timedelta(seconds=10)  # another process works for this import: look again then


@task(lane="extras", key="look {job_id}", retries=8, timeout=1800)
def look_at_source(job_id: int) -> None:
    """One step of the dry run."""
    job = _alive(job_id, State.LOOKING)
    if job is None:
        return
    with alone(job) as mine, translation.override(_language_of(job)):
        if not mine:
            _later(look_at_source, job_id, timezone.now() + BUSY)
            return
        try:
            if look(job):
                look_at_source.enqueue(job_id)
                return
            conclude(job)
        except SourceRefused as refusal:
            refuse(job, refusal.reason)
    if job.state == State.LOOKED and job.at_once:
        begin(job)


@task(lane="extras", key="take {job_id}", retries=8, timeout=settings.IMPORT_FILM_SECONDS + 900)
def take_next(job_id: int) -> None:
    """One film."""
    job = _alive(job_id, State.RUNNING)
    if job is None:
        return
    with alone(job) as mine, translation.override(_language_of(job)):
        if not mine:
            _later(take_next, job_id, timezone.now() + BUSY)
            return
        item = next_item(job)
        try:
            if item is not None:
                take(item)
        except UploadRefused as refusal:
            pause_with(job, refusal.reason)
            return
        _go_on(job, item)


def begin(job: ImportJob) -> None:
    """From ready to under way; nothing to take is the end of it."""
    job.state, job.reason, job.finished_at = State.RUNNING, "", None
    job.started_at = job.started_at or timezone.now()
    job.save(update_fields=["state", "reason", "started_at", "finished_at", "updated_at"])
    take_next.enqueue(job.pk)


def refuse(job: ImportJob, reason: str) -> None:
    """The source cannot be read. A subscription tries again at its hour."""
    job.state, job.reason, job.looked_at = State.REFUSED, reason, timezone.now()
    job.save(update_fields=["state", "reason", "looked_at", "updated_at"])


@every(minutes=5)
@task(lane="default")
def look_after_imports() -> None:
    """Subscriptions whose hour has come; and whatever lost its task to a disk that was full or a database away."""
    now = timezone.now()
    resting = (State.DONE, State.REFUSED, State.LOOKED)
    for job in ImportJob.objects.filter(again_at__lte=now, state__in=resting).exclude(repeat="")[:200]:
        look_anew(job, at_once=True)
    for job in ImportJob.objects.filter(state=State.LOOKING)[:200]:
        look_at_source.enqueue(job.pk)
    for job in ImportJob.objects.filter(state=State.RUNNING)[:200]:
        take_next.enqueue(job.pk)


def look_anew(job: ImportJob, *, at_once: bool = False) -> None:
    job.state, job.reason, job.place, job.at_once = State.LOOKING, "", "", at_once
    job.again_at = next_time(job)
    job.save(update_fields=["state", "reason", "place", "at_once", "again_at", "updated_at"])
    look_at_source.enqueue(job.pk)


def next_time(job: ImportJob) -> datetime | None:
    """When a subscription is looked at again."""
    pause = {"hourly": timedelta(hours=1), "daily": timedelta(days=1)}.get(job.repeat)
    return timezone.now() + pause if pause else None


def _go_on(job: ImportJob, item: ImportItem | None) -> None:
    """The next film; or, where all that is left waits for a better moment, that moment; or the end."""
    waiting = job.items.filter(state__in=[ImportItem.State.WAITING, ImportItem.State.FETCHING])
    first = waiting.order_by("not_before").values_list("not_before", flat=True)
    moments = [moment or timezone.now() for moment in first[:1]]
    if waiting.filter(not_before=None).exists() or (moments and moments[0] <= timezone.now()):
        take_next.enqueue(job.pk)
    elif moments:
        _later(take_next, job.pk, moments[0])
    else:
        end_if_all_is_done(job)


def _later(work: Any, job_id: int, moment: datetime) -> None:
    work.using(run_after=moment).enqueue(job_id)


def _alive(job_id: int, state: str) -> ImportJob | None:
    rows = ImportJob.objects.select_related("person", "channel", "site", "site__brand")
    return rows.filter(pk=job_id, state=state).first()


def _language_of(job: ImportJob) -> str:
    """Reasons are kept as sentences: in the language of who reads them, on the page they asked on."""
    spoken = dict(settings.LANGUAGES)
    for language in (job.language, job.person.language, job.site.language):
        if language in spoken:
            return language
    return settings.LANGUAGE_CODE
