"""Walking through the steps of one asset: one at a time, one process per asset, from where the last one stopped."""

from __future__ import annotations

import fcntl
import logging
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone, translation

from bouquet.shared.assets.ffmpeg import EncoderFailed
from bouquet.shared.assets.models import Asset, Rendition, Step
from bouquet.shared.assets.pipeline import refusals
from bouquet.shared.assets.pipeline.first import make_film, make_first
from bouquet.shared.assets.pipeline.job import DiskFull, Gone, Job
from bouquet.shared.assets.pipeline.ladder import make_ladder
from bouquet.shared.assets.pipeline.loudness import measure_loudness
from bouquet.shared.assets.pipeline.outcome import note_failed, note_ready, remove_files
from bouquet.shared.assets.pipeline.picture import make_picture
from bouquet.shared.assets.pipeline.plan import why_not_as_is
from bouquet.shared.assets.pipeline.poster import make_poster
from bouquet.shared.assets.pipeline.probe import probe
from bouquet.shared.assets.pipeline.storyboard import make_storyboard

log = logging.getLogger("bouquet.assets")
LANES = ("first", "ladder", "extras")
_MOST_ATTEMPTS, _MOST_KILLS = 4, 8
Making = Callable[[Job], bool | None]


@dataclass(frozen=True)
class StepKind:
    """`make` gives False when the step has more pieces to do."""

    name: str
    lane: str
    make: Making


def _probe(job: Job) -> None:
    facts = probe(job.source)
    asset = job.asset
    cut = {"cut": asset.facts["cut"]} if "cut" in asset.facts else {}  # where in another film it begins (trimming)
    asset.facts = cut | {"probe": facts.as_json(), "why_not_as_is": why_not_as_is(facts)}
    asset.duration = facts.duration
    asset.width, asset.height = facts.picture.shown_size
    asset.save(update_fields=["facts", "duration", "width", "height"])


def _storyboard(job: Job) -> None:
    make_storyboard(job)
    Asset.objects.filter(pk=job.asset.pk).update(storyboard=True)


STEPS = (
    StepKind("probe", "first", _probe),
    StepKind("first", "first", make_first),
    StepKind("poster", "first", make_poster),
    StepKind("film", "ladder", make_film),
    StepKind("ladder", "ladder", make_ladder),
    StepKind("storyboard", "extras", _storyboard),
    StepKind("loudness", "extras", measure_loudness),
    StepKind("finish", "extras", lambda job: note_ready(job.asset)),
)


PICTURE_STEPS = (
    StepKind("picture", "first", make_picture),
    StepKind("finish", "first", lambda job: note_ready(job.asset)),
)


def steps_of(asset: Asset) -> tuple[StepKind, ...]:
    return PICTURE_STEPS if asset.kind == Asset.Kind.IMAGE else STEPS


def advance(asset_id: int, lane: str) -> str | None:
    """Do what is due in `lane`; gives the lane that goes on, or None when all is done or nothing can be.

    Raises when a step failed in a way that may pass (a full disk, a killed encoder): try again later.
    """
    asset = Asset.objects.filter(pk=asset_id).select_related("owner").first()
    if asset is None:
        return None
    if asset.state == Asset.State.FAILED:
        remove_files(asset)  # a kill may have come between the row and the files
        return None
    if asset.state != Asset.State.PROCESSING:
        return None
    with _alone(asset) as alone, translation.override(_language(asset)):
        return _walk(asset, lane) if alone else None


def stalled_assets() -> QuerySet[Asset]:
    """Being prepared for a while: their task may have been lost with its last attempt."""
    return Asset.objects.filter(
        state=Asset.State.PROCESSING, received_at__lt=timezone.now() - timedelta(minutes=15)
    ).order_by("received_at")


def _walk(asset: Asset, lane: str) -> str | None:
    rows = _rows(asset)
    for kind in steps_of(asset):
        row = rows[kind.name]
        if row.state in (Step.State.DONE, Step.State.FAILED):
            continue
        if kind.lane != lane:
            return kind.lane
        if not _take(asset, kind, row):
            return None
        if row.state == Step.State.WAITING:  # more pieces: let another film have its turn
            return lane
    return None


def _rows(asset: Asset) -> dict[str, Step]:
    rows = {row.name: row for row in asset.steps.all()}
    missing = [Step(asset=asset, name=kind.name) for kind in steps_of(asset) if kind.name not in rows]
    if missing:
        Step.objects.bulk_create(missing, ignore_conflicts=True)
        rows = {row.name: row for row in asset.steps.all()}
    return rows


def _take(asset: Asset, kind: StepKind, row: Step) -> bool:
    """One step (or one piece of it). False when this is the end of the asset."""
    row.state, row.attempts = Step.State.RUNNING, row.attempts + 1
    row.started_at = row.started_at or timezone.now()
    row.save(update_fields=["state", "attempts", "started_at"])
    if row.attempts > _MOST_KILLS:  # it takes its worker with it each time
        note_failed(asset, row, refusals.tried_too_often().sentence, "its worker was killed each time")
        return False
    job = Job(asset, row)
    spent = _cpu_seconds()
    try:
        more = kind.make(job) is False
    except refusals.Refused as refused:
        note_failed(asset, row, refused.sentence, refused.why)
        return False
    except Gone:
        remove_files(asset)
        return False
    except DiskFull:
        Step.objects.filter(pk=row.pk).update(attempts=F("attempts") - 1)
        raise
    except Exception as error:
        return _cope(asset, kind, row, error)
    except BaseException:  # the worker was asked to stop: that is no fault of the file
        Step.objects.filter(pk=row.pk).update(attempts=F("attempts") - 1)
        raise
    finally:
        _add_cpu(row, _cpu_seconds() - spent)
    if not Asset.objects.filter(pk=asset.pk).exists():
        remove_files(asset)
        return False
    row.state = Step.State.WAITING if more else Step.State.DONE
    row.attempts = 0 if more else row.attempts
    row.progress, row.finished_at = (row.progress, None) if more else (1.0, timezone.now())
    fields = ["state", "attempts", "finished_at", *([] if more else ["progress"])]
    row.save(update_fields=fields)
    return True


def _cope(asset: Asset, kind: StepKind, row: Step, error: Exception) -> bool:
    """Final for a file that ffmpeg cannot read, worth another try else; never a reason to stop what plays."""
    if not Asset.objects.filter(pk=asset.pk).exists():
        remove_files(asset)  # its folders went away under our hands
        return False
    damaged = isinstance(error, EncoderFailed) and error.code > 0
    log.warning("step %s of %s (attempt %d): %s", kind.name, asset, row.attempts, error)
    if row.attempts < _MOST_ATTEMPTS and not damaged:
        Step.objects.filter(pk=row.pk).update(error=str(error)[:4000])
        raise error
    if _plays_whole(asset):
        row.state, row.error, row.finished_at = Step.State.FAILED, str(error)[:4000], timezone.now()
        row.progress = 1.0
        row.save(update_fields=["state", "error", "finished_at", "progress"])
        log.error("step %s of %s was given up; what plays goes on playing: %s", kind.name, asset, error)
        return True
    refused = refusals.damaged(str(error)) if damaged else refusals.tried_too_often()
    note_failed(asset, row, refused.sentence, str(error)[:4000])
    return False


def _plays_whole(asset: Asset) -> bool:
    return Rendition.objects.filter(asset=asset, kind=Rendition.Kind.VIDEO, growing=False).exists()


def _cpu_seconds() -> float:
    """Of this thread and of every ffmpeg that has ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.thread_time() + children.ru_utime + children.ru_stime


def _add_cpu(row: Step, seconds: float) -> None:
    Step.objects.filter(pk=row.pk).update(cpu_seconds=Coalesce(F("cpu_seconds"), 0.0) + round(seconds, 4))


def _language(asset: Asset) -> str:
    return (asset.owner.language if asset.owner else "") or settings.LANGUAGE_CODE


@contextmanager
def _alone(asset: Asset) -> Iterator[bool]:
    """Whether this process is the only one at work on it. The lock goes with the process that holds it."""
    asset.upload_folder.mkdir(parents=True, exist_ok=True)
    with (asset.upload_folder / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
