"""When a step or a piece goes wrong: try again, give it up, or tell its owner that the film cannot be made."""

from __future__ import annotations

import logging
import resource
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from bouquet.shared.assets.ffmpeg import EncoderFailed
from bouquet.shared.assets.models import Asset, Piece, Rendition, Step
from bouquet.shared.assets.pipeline import refusals
from bouquet.shared.assets.pipeline.claims import forget_folder
from bouquet.shared.assets.pipeline.outcome import note_failed
from bouquet.shared.assets.pipeline.steps import StepKind

log = logging.getLogger("bouquet.assets")
MOST_ATTEMPTS, MOST_KILLS = 4, 8


def is_damaged(error: Exception) -> bool:
    """ffmpeg itself cannot read or make it: another try gives the same."""
    return isinstance(error, EncoderFailed) and error.code > 0


def most_attempts(error: Exception) -> int:
    """Of an encoder that somebody killed (the system, for want of memory) as of a worker: no fault of the file."""
    return MOST_KILLS if isinstance(error, EncoderFailed) and error.killed else MOST_ATTEMPTS


def give_up(asset: Asset, kind: StepKind, row: Step, error: Exception) -> bool:
    """Final. Never a reason to stop what plays: then the step is left out and True is given, to go on with the next."""
    if _goes_on_without(asset, kind):
        now = timezone.now()
        row.state, row.error, row.finished_at, row.progress = Step.State.FAILED, str(error)[:4000], now, 1.0
        row.save(update_fields=["state", "error", "finished_at", "progress"])
        _forget_pieces(asset, kind.name)
        log.error("step %s of %s was given up; what plays goes on playing: %s", kind.name, asset, error)
        return True
    refused = refusals.damaged(str(error)) if is_damaged(error) else refusals.tried_too_often()
    note_failed(asset, row, refused.sentence, str(error)[:4000])
    return False


def _goes_on_without(asset: Asset, kind: StepKind) -> bool:
    whole = Rendition.objects.filter(asset=asset, kind=Rendition.Kind.VIDEO, growing=False).exists()
    return whole or (kind.pieces is not None and kind.name != "film")


def _forget_pieces(asset: Asset, step: str) -> None:
    """Whoever encodes one of them finds its row gone, and stops."""
    pieces = list(Piece.objects.filter(asset=asset, step=step))
    Piece.objects.filter(asset=asset, step=step).delete()
    for piece in pieces:
        forget_folder(asset, piece)
    if not asset.pieces.exists():
        shutil.rmtree(asset.stream_folder / ".pieces", ignore_errors=True)


@contextmanager
def counting_cpu(row: Step, piece: Piece | None = None) -> Iterator[None]:
    """Adds what this thread and every ffmpeg that ended meanwhile used."""
    before = _cpu_seconds()
    try:
        yield
    finally:
        spent = round(_cpu_seconds() - before, 4)
        Step.objects.filter(pk=row.pk).update(cpu_seconds=Coalesce(F("cpu_seconds"), 0.0) + spent)
        if piece is not None:
            Piece.objects.filter(pk=piece.pk).update(cpu_seconds=Coalesce(F("cpu_seconds"), 0.0) + spent)


def _cpu_seconds() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.thread_time() + children.ru_utime + children.ru_stime
