"""One film: fetched beside everything else, then through the same door as an upload. Resumable at every line.

claimed     state FETCHING; the database admits it once a channel
fetched     into `item.spool`; a kill keeps what came, and the next try asks for the rest
handed over a Video, its Asset and Upload and `item.video`, in one transaction; then the file, then the pipeline
adorned     picture and old addresses: what is missing of them is noted and stops nothing
done        the spool is gone
"""

from __future__ import annotations

import logging
from contextlib import AbstractContextManager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from bouquet.kinds.videos.actions import UploadRefused, add_video, take_whole_file
from bouquet.kinds.videos.imports.adorning import adorn
from bouquet.kinds.videos.imports.fetching import fetch
from bouquet.kinds.videos.imports.models import ImportItem, ImportJob
from bouquet.kinds.videos.imports.old_addresses import keep_old_addresses
from bouquet.kinds.videos.models import Video
from bouquet.shared.works.actions import set_tags
from bouquet.shared.works.models import category_like
from bouquet.toolkit.fetch import FetchError, forget
from bouquet.toolkit.locks import only_one

log = logging.getLogger("bouquet.imports")
State = ImportItem.State
TRIES = 5
KILLS = 8  # a film that ends its worker every time is left alone


class Interrupted(Exception):
    """The import was paused or cancelled while this film came."""


def alone(job: ImportJob) -> AbstractContextManager[bool]:
    """One process works for an import at a time."""
    return only_one(Path(settings.UPLOADS_ROOT) / "incoming" / f"import-{job.uid}.lock")


def next_item(job: ImportJob) -> ImportItem | None:
    """What a killed worker left, else the next that waits: claimed, so that no other import takes it as well."""
    if left := job.items.filter(state=State.FETCHING).order_by("pk").first():
        return _claimed(left)
    due = Q(not_before=None) | Q(not_before__lte=timezone.now())
    while item := job.items.filter(due, state=State.WAITING).order_by("pk").first():
        if claimed := _claimed(item):
            return claimed
    return None


def _claimed(item: ImportItem) -> ImportItem | None:
    try:
        with transaction.atomic():
            item.state, item.attempts = State.FETCHING, item.attempts + 1
            item.save(update_fields=["state", "attempts", "updated_at"])
    except IntegrityError:  # it has come, or is coming, with another import into the same channel
        ImportItem.objects.filter(pk=item.pk).update(state=State.KNOWN, reason="", attempts=0)
        return None
    return item


def take(item: ImportItem) -> None:
    """The whole way of a claimed item. Its row says how it ended; only what the whole import must know is raised."""
    try:
        if item.attempts > KILLS:
            return _fail(item, _("It broke off %(count)s times.") % {"count": KILLS})
        if item.video_id is None:
            name = fetch(item, _still_wanted(item))
            _hand_over(item, name)
        _bring_file(item)
        adorn(item)
        keep_old_addresses(item)
        _finish(item)
    except Interrupted:
        _put_back(item, attempts=item.attempts - 1)
    except UploadRefused as refusal:
        _put_back(item, attempts=item.attempts - 1) if refusal.status in (413, 429, 507) else _fail(
            item, refusal.reason
        )
        raise
    except FetchError as refusal:
        if refusal.passing and item.attempts < TRIES:
            pause = timedelta(seconds=15 * 4 ** (item.attempts - 1))
            return _put_back(item, reason=refusal.reason, not_before=timezone.now() + pause)
        _fail(item, refusal.reason)
    except Exception:
        log.exception("import item %s", item.pk)
        _fail(item, _("Something went wrong on our side; the operator can read what in the log."))


def _still_wanted(item: ImportItem) -> Any:
    def ask() -> None:
        if not ImportJob.objects.filter(pk=item.job_id, state=ImportJob.State.RUNNING).exists():
            raise Interrupted

    return ask


def _hand_over(item: ImportItem, filename: str) -> None:
    """Rows first, in one transaction: from here on a kill ends with this video and no second one."""
    job = item.job
    with transaction.atomic():
        video, _upload = add_video(
            person=job.person,
            site=job.site,
            title=item.title,
            size=item.spool.stat().st_size,
            filename=filename,
            description=item.fact("description"),
            visibility=job.visibility,
            publish_at=item.published_at,
            language=item.fact("language") or job.site.language,
            **{name: item.fact(name) for name in ("licence", "credit", "rating") if item.fact(name)},
        )
        video.channel, video.category = job.channel, category_like(item.fact("category"))
        video.save(update_fields=["channel", "category"])
        set_tags(video, item.fact("tags", []))
        item.video, item.size, item.got = video, video.asset.size, video.asset.size
        item.save(update_fields=["video", "size", "got", "updated_at"])


def _bring_file(item: ImportItem) -> None:
    """The spool becomes the upload's file. Twice is once: after a kill in between, the half-made name goes first."""
    video = Video.objects.select_related("asset__upload").get(pk=item.came_as)
    upload = video.asset.upload
    if upload.finished_at or not item.spool.exists():
        return
    with suppress(FileNotFoundError):
        upload.part_path.unlink()
    with item.spool.open("rb") as file:
        take_whole_file(upload, UploadedFile(file, video.asset.filename, size=upload.size))


def _finish(item: ImportItem) -> None:
    item.state, item.not_before = State.DONE, None
    item.save(update_fields=["state", "reason", "not_before", "updated_at"])
    forget(item.spool)


def _put_back(item: ImportItem, **changes: Any) -> None:
    for name, value in ({"state": State.WAITING} | changes).items():
        setattr(item, name, value)
    item.save(update_fields=["state", "reason", "attempts", "not_before", "updated_at"])


def _fail(item: ImportItem, reason: str) -> None:
    item.state, item.reason, item.not_before = State.FAILED, reason, None
    item.save(update_fields=["state", "reason", "not_before", "updated_at"])
    if item.video_id is None:
        forget(item.spool)
