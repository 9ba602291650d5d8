"""A film that is listened to: a step beside those of the pipeline, a piece at a time, from where the last stopped."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from django.utils import timezone

from bouquet.shared.assets.captions.cues import LAST_MOMENT
from bouquet.shared.assets.captions.keeping import CaptionsChangedMeanwhile, keep_captions
from bouquet.shared.assets.captions.speech import Notes, NothingToHear, hear_piece, is_offered
from bouquet.shared.assets.models import Asset, Caption, Step
from bouquet.toolkit.tasks.models import TaskRow

STEP = "hearing"
TASK = "bouquet.shared.assets.tasks.hear_film"
SILENT = "the film has no sound"


@dataclass(frozen=True)
class Hearing:
    """Where it is: offered, waiting, running, done or failed."""

    state: str
    progress: float = 0.0
    is_silent: bool = False


def may_hear(asset: Asset) -> bool:
    return is_offered() and asset.kind == Asset.Kind.VIDEO and asset.state == Asset.State.READY


def hearing_of(asset: Asset) -> Hearing | None:
    """None where this network cannot hear, or the film is not ready: then nothing is offered. One query."""
    if not may_hear(asset):
        return None
    step = Step.objects.filter(asset=asset, name=STEP).first()
    return Hearing(step.state, step.progress, step.error == SILENT) if step else Hearing("offered")


def language_heard(asset: Asset, *, unfinished: bool = False) -> str | None:
    """In which language a machine listened to this file ("": its own to find out), or does now; None: it never did.

    `unfinished`: only where it has not ended. Its words are this file's and no other's.
    """
    under_way = [TaskRow.State.WAITING, TaskRow.State.RUNNING]
    rows = TaskRow.objects.filter(state__in=under_way, task=TASK, key=f"{TASK} hearing {asset.pk}")
    if (args := rows.values_list("args", flat=True).first()) is not None:
        return args[1] if len(args) > 1 else ""
    if unfinished:
        return None
    heard = asset.captions.filter(origin=Caption.Origin.AUTOMATIC).order_by("-changed_at")
    return heard.values_list("language", flat=True).first()


def hear_on(asset_id: int, language: str) -> bool:
    """One piece. True: there is more. A film that is gone, or a network that lost its model, ends it quietly."""
    asset = Asset.objects.filter(pk=asset_id).first()
    step = Step.objects.filter(asset=asset_id, name=STEP).first()
    if asset is None or step is None or not may_hear(asset):
        return False
    step.state, step.started_at = Step.State.RUNNING, step.started_at or timezone.now()
    step.save(update_fields=["state", "started_at"])
    notes = Notes.of(asset, language)
    notes.language = notes.language or language
    try:
        is_end = hear_piece(asset, notes)
    except NothingToHear:
        return _end(step, Step.State.FAILED, SILENT)
    except Exception as error:  # the task tries again; its maker is not told “listening” for ever
        _end(step, Step.State.FAILED, str(error)[:4000])
        raise
    if not is_end:
        Step.objects.filter(pk=step.pk).update(progress=min(0.99, notes.at / max(asset.duration or 1, 1)))
        return True
    _write(asset, notes)
    notes.forget()
    return _end(step, Step.State.DONE)


def _write(asset: Asset, notes: Notes) -> None:
    """What people wrote meanwhile stays theirs."""
    there = Caption.objects.filter(asset=asset, language=notes.language, kind=Caption.Kind.SUBTITLES).first()
    if there is not None and there.origin != Caption.Origin.AUTOMATIC:
        return
    cues = sorted((start, min(end, LAST_MOMENT), text) for start, end, text in notes.cues if end > start and text)
    base = there.version if there is not None else ""
    with suppress(CaptionsChangedMeanwhile):
        keep_captions(asset, cues, language=notes.language, by=None, origin=Caption.Origin.AUTOMATIC, base=base)


def _end(step: Step, state: str, error: str = "") -> bool:
    Step.objects.filter(pk=step.pk).update(state=state, error=error, progress=1.0, finished_at=timezone.now())
    return False
