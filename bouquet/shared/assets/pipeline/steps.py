"""The steps of an asset, in order, each in its lane; those of a film's rungs are made in pieces that workers share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bouquet.shared.assets.models import Asset, Piece, Step
from bouquet.shared.assets.pipeline.film import film_pieces, make_film_piece, publish_film
from bouquet.shared.assets.pipeline.first import make_first
from bouquet.shared.assets.pipeline.job import Job
from bouquet.shared.assets.pipeline.ladder import Cuts, make_rung_piece, missing_rungs, publish_rungs, rung_pieces
from bouquet.shared.assets.pipeline.loudness import measure_loudness
from bouquet.shared.assets.pipeline.outcome import note_ready
from bouquet.shared.assets.pipeline.picture import make_picture, make_sizes
from bouquet.shared.assets.pipeline.plan import Rung
from bouquet.shared.assets.pipeline.poster import make_poster
from bouquet.shared.assets.pipeline.probe import note_facts
from bouquet.shared.assets.pipeline.storyboard import make_storyboard

LANES = ("first", "ladder", "extras", "largest", "better")


@dataclass(frozen=True)
class PieceWork:
    """`plan` says which pieces there are, `make` encodes one, `publish` lists what is in its place."""

    plan: Callable[[Job], list[Piece]]
    make: Callable[[Job, Piece], Cuts]
    publish: Callable[[Job, bool], None]


@dataclass(frozen=True)
class StepKind:
    """Either `make` does it in one go, or it is made in `pieces`."""

    name: str
    lane: str
    make: Callable[[Job], None] | None = None
    pieces: PieceWork | None = None


def _rungs(chosen: Callable[[Job], tuple[Rung, ...]]) -> PieceWork:
    return PieceWork(
        plan=lambda job: rung_pieces(job, chosen(job)),
        make=lambda job, piece: make_rung_piece(job, piece, chosen(job)),
        publish=lambda job, over: publish_rungs(job, chosen(job)) if over else None,
    )


FILM = PieceWork(film_pieces, make_film_piece, lambda job, over: publish_film(job, over=over))
STEPS = (
    StepKind("probe", "first", note_facts),
    StepKind("first", "first", make_first),
    StepKind("poster", "first", make_poster),
    StepKind("film", "ladder", pieces=FILM),
    StepKind("ladder", "ladder", pieces=_rungs(lambda job: job.plan.ladder)),
    StepKind("storyboard", "extras", make_storyboard),
    StepKind("loudness", "extras", measure_loudness),
    StepKind("largest", "largest", pieces=_rungs(lambda job: job.plan.largest)),
    StepKind("finish", "extras", lambda job: note_ready(job.asset)),
)
# Asked for of a film that is ready, by an operator or by the number of its views; what plays stays as it is.
BETTER_STEPS = (
    StepKind("h264", "better", pieces=_rungs(lambda job: missing_rungs(job))),
    StepKind("av1", "better", pieces=_rungs(lambda job: job.plan.av1)),
)
PICTURE_STEPS = (
    StepKind("picture", "first", make_picture),
    StepKind("sizes", "extras", make_sizes),
    StepKind("finish", "extras", lambda job: note_ready(job.asset)),
)


def steps_of(asset: Asset, lane: str = "") -> tuple[StepKind, ...]:
    if lane == "better":
        asked = set(asset.steps.values_list("name", flat=True))
        return tuple(kind for kind in BETTER_STEPS if kind.name in asked)
    return PICTURE_STEPS if asset.kind == Asset.Kind.IMAGE else STEPS


def rows_of(asset: Asset, lane: str = "") -> dict[str, Step]:
    """A row for each step, made where it is missing."""
    rows = {row.name: row for row in asset.steps.all()}
    missing = [Step(asset=asset, name=kind.name) for kind in steps_of(asset, lane) if kind.name not in rows]
    if missing:
        Step.objects.bulk_create(missing, ignore_conflicts=True)
        rows = {row.name: row for row in asset.steps.all()}
    return rows
