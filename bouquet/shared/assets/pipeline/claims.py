"""Who encodes which piece: rows that are taken, given back, lost and done. Each verb is one short transaction."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Avg, F
from django.utils import timezone

from bouquet.shared.assets.models import Asset, Piece, Step
from bouquet.toolkit.ids import short_id

State = Piece.State


class Lost(Exception):
    """The piece is another worker's by now: this one was thought dead."""


@dataclass(frozen=True)
class Owner:
    """The task that encodes, and which of its attempts. An empty one (a test, a shell) is never taken for alive."""

    task: str = ""
    attempt: int = 0


def claim_piece(asset: Asset, steps: list[str], owner: Owner) -> Piece | None:
    """The next piece that nobody alive encodes, in order; None when there is none, or enough are under way."""
    with transaction.atomic():
        if not Asset.objects.select_for_update().filter(pk=asset.pk).first():
            return None
        pieces = asset.pieces.filter(step__in=steps)
        # What this very task had before it was stopped is its own again.
        alive = {piece.pk for piece in pieces.of_the_living() if piece.task != owner.task}
        if len(alive) >= settings.VIDEO_PIECES_AT_ONCE:
            return None
        free = pieces.filter(state__in=[State.WAITING, State.RUNNING]).exclude(pk__in=alive).in_order().first()
        if free is None:
            return None
        forget_folder(asset, free)
        free.state, free.task, free.task_attempt = State.RUNNING, owner.task, owner.attempt
        free.token, free.attempts, free.progress = short_id(), free.attempts + 1, 0
        free.taken_at = timezone.now()
        free.save(update_fields=["state", "task", "task_attempt", "token", "attempts", "progress", "taken_at"])
        return free


def give_back(piece: Piece, *, counted: bool) -> None:
    """To be taken by the next. `counted`: this attempt failed."""
    forget_folder(piece.asset, piece)
    _mine(piece).update(
        state=State.WAITING, token="", task="", progress=0, attempts=F("attempts") - (0 if counted else 1)
    )


def note_progress(piece: Piece, progress: float) -> None:
    """Raises Lost. The step's progress is that of its pieces together."""
    if not _mine(piece).update(progress=min(max(progress, 0.0), 0.999)):
        raise Lost(str(piece))
    note_step_progress(piece.asset_id, piece.step)


def note_step_progress(asset_id: int, step: str) -> None:
    mean = Piece.objects.filter(asset_id=asset_id, step=step).aggregate(mean=Avg("progress"))["mean"] or 0.0
    Step.objects.filter(asset_id=asset_id, name=step).exclude(state=Step.State.DONE).update(progress=min(mean, 0.999))


def note_made(piece: Piece, cuts: dict[str, list[list[float]]]) -> None:
    """Raises Lost."""
    made = _mine(piece).update(state=State.MADE, cuts=cuts, progress=1, made_at=timezone.now())
    if not made:
        forget_folder(piece.asset, piece)
        raise Lost(str(piece))


def folder_of(asset: Asset, piece: Piece) -> Path:
    """Beside the film's renditions, on the same disk; its name begins with a dot, so that it is never served."""
    return asset.stream_folder / ".pieces" / f"{piece.step}-{piece.number}-{piece.token}"


def forget_folder(asset: Asset, piece: Piece) -> None:
    if piece.token:
        shutil.rmtree(folder_of(asset, piece), ignore_errors=True)


def _mine(piece: Piece):  # type: ignore[no-untyped-def]
    return Piece.objects.filter(pk=piece.pk, token=piece.token, state=State.RUNNING)
