"""The rungs beside the first one, in pieces: a killed worker loses one, several share a film, films take turns."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.db import transaction

from bouquet.shared.assets.ffmpeg import EncoderFailed
from bouquet.shared.assets.models import Piece
from bouquet.shared.assets.pipeline.encode import encode_beside_source, encode_chunk
from bouquet.shared.assets.pipeline.job import Job
from bouquet.shared.assets.pipeline.plan import Chunk, Rung, chunks_of
from bouquet.shared.assets.pipeline.renditions import note_rung, write_master
from bouquet.shared.assets.pipeline.segments import Cut

Cuts = dict[str, list[list[float]]]


def missing_rungs(job: Job) -> tuple[Rung, ...]:
    """Rungs that the film's plan has and the film has not: a larger one is allowed now, or a step was given up."""
    there = set(job.asset.renditions.values_list("name", flat=True))
    plan = job.plan
    wanted = (*plan.largest, *plan.ladder) if plan.as_is else plan.rungs[::-1]
    return tuple(rung for rung in wanted if rung.name not in there)


def rung_pieces(job: Job, rungs: Sequence[Rung]) -> list[Piece]:
    """The film from its start to its end, in stretches of about two chunks' time."""
    if not rungs:
        return []
    return _beside_source(job) if job.plan.as_is else _on_grid(job)


def make_rung_piece(job: Job, piece: Piece, rungs: Sequence[Rung]) -> Cuts:
    if not job.plan.as_is:
        encode_chunk(job, chunk_of(piece), rungs)
        return cuts_made(job, rungs)
    cuts = job.rung("source").cuts
    first, count = piece.first_segment, piece.segments or 0
    lengths = [cut.duration for cut in cuts[first : first + count]]
    encode_beside_source(job, rungs, first, lengths, last=first + count == len(cuts))
    made = cuts_made(job, rungs)
    if min(len(each) for each in made.values()) < count:
        raise EncoderFailed("the rungs have fewer segments than the copied source")
    return made


def publish_rungs(job: Job, rungs: Sequence[Rung]) -> None:
    """All pieces are in their place: list the rungs."""
    folders = [job.rung(rung.name) for rung in rungs]
    if not all(folder.cuts for folder in folders):
        raise EncoderFailed("the ladder came out empty")
    for folder in folders:
        folder.end()
    with transaction.atomic():
        for rung in rungs:
            note_rung(job, rung, growing=False)
        write_master(job.asset)


def chunk_of(piece: Piece) -> Chunk:
    return Chunk(piece.number, piece.first_frame, piece.first_segment, piece.segments)


def cuts_made(job: Job, rungs: Sequence[Rung]) -> Cuts:
    """What lies in a piece's folder, for its row."""
    return {rung.name: [[cut.duration, cut.size] for cut in job.target(rung.name).cuts] for rung in rungs}


def _on_grid(job: Job) -> list[Piece]:
    return [
        Piece(
            number=each.number, first_frame=each.first_frame, first_segment=each.first_segment, segments=each.segments
        )
        for each in chunks_of(job.plan, settings.VIDEO_CHUNK_SECONDS * 2)
    ]


def _beside_source(job: Job) -> list[Piece]:
    cuts, first = job.rung("source").cuts, 0
    pieces: list[Piece] = []
    while first < len(cuts):
        count = _stretch(cuts, first)
        pieces.append(Piece(number=len(pieces), first_segment=first, segments=count))
        first += count
    return pieces


def _stretch(cuts: list[Cut], first: int) -> int:
    """How many segments make about two chunks' time; a short rest joins."""
    wanted, count, seconds = settings.VIDEO_CHUNK_SECONDS * 2, 0, 0.0
    for cut in cuts[first:]:
        count, seconds = count + 1, seconds + cut.duration
        if seconds >= wanted:
            break
    rest = sum(cut.duration for cut in cuts[first + count :])
    return len(cuts) - first if rest < wanted / 2 else count
