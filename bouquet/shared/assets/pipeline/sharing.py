"""Steps in pieces: each task takes the next piece that nobody encodes, makes it, and puts in place what is made.

plan     under the lock: a row for each piece
take     the row of one, for as long as the task that took it lives (claims.py)
make     into a folder of its own, beside other workers that make others
publish  under the lock, in the film's order (splice.py), by whoever comes
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone, translation

from bouquet.shared.assets.models import Asset, Piece, Step
from bouquet.shared.assets.pipeline.claims import Lost, Owner, claim_piece, give_back, note_made, note_step_progress
from bouquet.shared.assets.pipeline.job import Job, NotNow
from bouquet.shared.assets.pipeline.languages import owner_language
from bouquet.shared.assets.pipeline.lock import alone_with
from bouquet.shared.assets.pipeline.outcome import remove_files
from bouquet.shared.assets.pipeline.splice import splice_pieces
from bouquet.shared.assets.pipeline.steps import StepKind, rows_of, steps_of
from bouquet.shared.assets.pipeline.trouble import (
    MOST_ATTEMPTS,
    MOST_KILLS,
    counting_cpu,
    give_up,
    is_damaged,
    most_attempts,
)

log = logging.getLogger("bouquet.assets")
_OVER = (Step.State.DONE, Step.State.FAILED)
_PATIENCE = 120.0  # seconds to wait for the lock: who publishes needs a fraction of one
CallOthers = Callable[[int], None]


def share(asset: Asset, lane: str, owner: Owner, call_others: CallOthers | None = None) -> str | None:
    """Make one piece, if there is one to make. Gives `lane` while pieces wait, the lane that goes on when all are in
    their place, None when the rest is in others' hands. `call_others` is told how many pieces wait for company."""
    goes_on = _move_on(asset, lane)
    if goes_on != lane:
        return goes_on
    kinds = {kind.name: kind for kind in steps_of(asset, lane) if kind.lane == lane and kind.pieces}
    piece = claim_piece(asset, list(kinds), owner)
    if piece is None:
        return None
    if call_others and (waiting := _waiting(asset, list(kinds))):
        call_others(waiting)
    if not _make(asset, kinds[piece.step], piece):
        return None
    goes_on = _move_on(asset, lane)
    return goes_on if goes_on != lane or _waiting(asset, list(kinds)) else None


def _waiting(asset: Asset, steps: list[str]) -> int:
    return asset.pieces.filter(step__in=steps, state=Piece.State.WAITING).count()


def _make(asset: Asset, kind: StepKind, piece: Piece) -> bool:
    """False when that was the end of the asset."""
    row = asset.steps.get(name=kind.name)
    if piece.attempts > MOST_KILLS:  # it takes its worker with it each time
        with _alone(asset):
            return give_up(asset, kind, row, RuntimeError("its worker was killed each time"))
    assert kind.pieces is not None
    try:
        with counting_cpu(row, piece):
            note_made(piece, kind.pieces.make(Job(asset, row, piece=piece), piece))
    except Lost:
        log.info("%s is in other hands", piece)
    except NotNow:
        give_back(piece, counted=False)
        raise
    except Exception as error:
        if Piece.objects.filter(pk=piece.pk, token=piece.token).exists():
            return _cope(asset, kind, row, piece, error)
    except BaseException:  # the worker was asked to stop: that is no fault of the file
        give_back(piece, counted=False)
        raise
    if not Asset.objects.filter(pk=asset.pk).exists():
        remove_files(asset)  # it was removed under our hands
        return False
    return True


def _cope(asset: Asset, kind: StepKind, row: Step, piece: Piece, error: Exception) -> bool:
    log.warning("%s (attempt %d): %s", piece, piece.attempts, error)
    if piece.attempts < most_attempts(error) and not is_damaged(error):
        Step.objects.filter(pk=row.pk).update(error=str(error)[:4000])
        give_back(piece, counted=True)
        raise error
    with _alone(asset):
        return give_up(asset, kind, row, error)


def _move_on(asset: Asset, lane: str) -> str | None:
    """Plan and publish what can be. Gives `lane` while pieces of it are missing, else the lane that goes on."""
    rows = rows_of(asset, lane)
    if all(rows[kind.name].state in _OVER for kind in steps_of(asset, lane) if kind.lane == lane):
        return _next_lane(asset, lane, rows)
    with _alone(asset):
        rows, missing = rows_of(asset, lane), False
        for kind in steps_of(asset, lane):
            row = rows[kind.name]
            if kind.lane != lane or row.state in _OVER:
                continue
            if _earlier_is_missing(asset, lane, kind, rows):
                return _next_lane(asset, lane, rows)
            missing = not _publish(asset, kind, row) or missing
        if not Asset.objects.filter(pk=asset.pk).exclude(state=Asset.State.FAILED).exists():
            return None
        return lane if missing else _next_lane(asset, lane, rows_of(asset, lane))


def _earlier_is_missing(asset: Asset, lane: str, kind: StepKind, rows: dict[str, Step]) -> bool:
    """Steps of other lanes that stand before this one: it is not its turn yet."""
    kinds = steps_of(asset, lane)
    before = kinds[: kinds.index(kind)]
    return any(rows[each.name].state not in _OVER for each in before if each.lane != lane)


def _next_lane(asset: Asset, lane: str, rows: dict[str, Step]) -> str | None:
    return next((kind.lane for kind in steps_of(asset, lane) if rows[kind.name].state not in _OVER), None)


def _publish(asset: Asset, kind: StepKind, row: Step) -> bool:
    """Whether the step is over."""
    assert kind.pieces is not None
    job = Job(asset, row)
    try:
        if row.state == Step.State.WAITING:
            _plan(job, kind)
        some, over = splice_pieces(job, kind.name)
        if some or (over and asset.pieces.filter(step=kind.name).exists()):
            kind.pieces.publish(job, over)
    except NotNow:
        raise
    except Exception as error:
        if not Asset.objects.filter(pk=asset.pk).exists():
            remove_files(asset)
            return True
        Step.objects.filter(pk=row.pk).update(attempts=row.attempts + 1, error=str(error)[:4000])
        if row.attempts + 1 < MOST_ATTEMPTS:
            raise
        return give_up(asset, kind, row, error)
    if over:
        _note_done(asset, row)
    else:
        note_step_progress(asset.pk, kind.name)
    return over


def _plan(job: Job, kind: StepKind) -> None:
    assert kind.pieces is not None
    pieces = kind.pieces.plan(job)
    rank = [each.name for each in steps_of(job.asset, kind.lane)].index(kind.name)
    for piece in pieces:
        piece.asset, piece.step, piece.rank = job.asset, kind.name, rank
    job.step.state, job.step.started_at = Step.State.RUNNING, timezone.now()
    with transaction.atomic():
        Piece.objects.bulk_create(pieces, ignore_conflicts=True)
        job.step.save(update_fields=["state", "started_at"])


def _note_done(asset: Asset, row: Step) -> None:
    row.state, row.finished_at, row.progress = Step.State.DONE, timezone.now(), 1.0
    with transaction.atomic():
        row.save(update_fields=["state", "finished_at", "progress"])
        Piece.objects.filter(asset=asset, step=row.name).delete()
    if not asset.pieces.exists():
        shutil.rmtree(asset.stream_folder / ".pieces", ignore_errors=True)


@contextmanager
def _alone(asset: Asset) -> Iterator[None]:
    """The lock, waited for, and the owner's language for the names of tracks."""
    with alone_with(asset, wait=_PATIENCE) as alone:
        if not alone:
            raise TimeoutError("another process holds this film's lock")
        with translation.override(owner_language(asset)):
            yield
