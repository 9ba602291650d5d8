"""Walking through the steps of one asset from where the last one stopped: one step at a time, or one piece of one."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.db.models import F, QuerySet
from django.utils import timezone, translation

from bouquet.shared.assets.models import Asset, Step
from bouquet.shared.assets.pipeline import refusals
from bouquet.shared.assets.pipeline.claims import Owner
from bouquet.shared.assets.pipeline.job import Gone, Job, NotNow
from bouquet.shared.assets.pipeline.languages import owner_language
from bouquet.shared.assets.pipeline.lock import alone_with
from bouquet.shared.assets.pipeline.outcome import note_failed, remove_files
from bouquet.shared.assets.pipeline.sharing import CallOthers, share
from bouquet.shared.assets.pipeline.steps import BETTER_STEPS, StepKind, rows_of, steps_of
from bouquet.shared.assets.pipeline.trouble import MOST_KILLS, counting_cpu, give_up, is_damaged, most_attempts

log = logging.getLogger("bouquet.assets")
_IN_PIECES = ("ladder", "largest", "better")  # lanes whose steps several workers share
_NOBODY = Owner()


def advance(asset_id: int, lane: str, owner: Owner = _NOBODY, call_others: CallOthers | None = None) -> str | None:
    """Do what is due in `lane`; gives the lane that goes on, or None when all is done, in others' hands or cannot be.

    Of a lane in pieces one piece is made, for `owner`; `call_others` is told how many more wait. Raises when a step
    failed in a way that may pass (a full disk, a killed encoder): try again later.
    """
    asset = Asset.objects.filter(pk=asset_id).select_related("owner").first()
    if asset is None:
        return None
    if asset.state == Asset.State.FAILED:
        remove_files(asset)  # a kill may have come between the row and the files
        return None
    if asset.state != (Asset.State.READY if lane == "better" else Asset.State.PROCESSING):
        return None
    if lane in _IN_PIECES:
        return share(asset, lane, owner, call_others)
    with alone_with(asset) as alone, translation.override(owner_language(asset)):
        return _walk(asset, lane) if alone else None


def stalled_assets() -> QuerySet[Asset]:
    """Being prepared for a while: their task may have been lost with its last attempt."""
    return Asset.objects.filter(
        state=Asset.State.PROCESSING, received_at__lt=timezone.now() - timedelta(minutes=15)
    ).order_by("received_at")


def unfinished_reencodings() -> QuerySet[Step, int]:
    """Assets by id whose order for another codec is not done: asking for it again harms nothing."""
    steps = Step.objects.filter(name__in=[kind.name for kind in BETTER_STEPS])
    steps = steps.filter(state__in=[Step.State.WAITING, Step.State.RUNNING], asset__state=Asset.State.READY)
    return steps.order_by("pk").values_list("asset_id", flat=True)


def _walk(asset: Asset, lane: str) -> str | None:
    rows = rows_of(asset)
    for kind in steps_of(asset):
        row = rows[kind.name]
        if row.state in (Step.State.DONE, Step.State.FAILED):
            continue
        if kind.lane != lane:
            return kind.lane
        if not _take(asset, kind, row):
            return None
    return None


def _take(asset: Asset, kind: StepKind, row: Step) -> bool:
    """One step. False when this is the end of the asset."""
    assert kind.make is not None
    row.state, row.attempts = Step.State.RUNNING, row.attempts + 1
    row.started_at = row.started_at or timezone.now()
    row.save(update_fields=["state", "attempts", "started_at"])
    if row.attempts > MOST_KILLS:  # it takes its worker with it each time
        note_failed(asset, row, refusals.tried_too_often().sentence, "its worker was killed each time")
        return False
    try:
        with counting_cpu(row):
            kind.make(Job(asset, row))
    except refusals.Refused as refused:
        note_failed(asset, row, refused.sentence, refused.why)
        return False
    except Gone:
        remove_files(asset)
        return False
    except NotNow:
        Step.objects.filter(pk=row.pk).update(attempts=F("attempts") - 1)
        raise
    except Exception as error:
        return _cope(asset, kind, row, error)
    except BaseException:  # the worker was asked to stop: that is no fault of the file
        Step.objects.filter(pk=row.pk).update(attempts=F("attempts") - 1)
        raise
    if not Asset.objects.filter(pk=asset.pk).exists():
        remove_files(asset)
        return False
    row.state, row.progress, row.finished_at = Step.State.DONE, 1.0, timezone.now()
    row.save(update_fields=["state", "progress", "finished_at"])
    return True


def _cope(asset: Asset, kind: StepKind, row: Step, error: Exception) -> bool:
    """Final for a file that ffmpeg cannot read, worth another try else; never a reason to stop what plays."""
    if not Asset.objects.filter(pk=asset.pk).exists():
        remove_files(asset)  # its folders went away under our hands
        return False
    log.warning("step %s of %s (attempt %d): %s", kind.name, asset, row.attempts, error)
    if row.attempts < most_attempts(error) and not is_damaged(error):
        Step.objects.filter(pk=row.pk).update(error=str(error)[:4000])
        raise error
    return give_up(asset, kind, row, error)
