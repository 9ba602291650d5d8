"""The rest of the ladder, a piece of the film at a time: a killed worker loses one piece, and films take turns."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.db import transaction

from bouquet.shared.assets.ffmpeg import EncoderFailed
from bouquet.shared.assets.pipeline.encode import encode_beside_source, encode_chunk
from bouquet.shared.assets.pipeline.job import Job
from bouquet.shared.assets.pipeline.plan import Rung, chunk_at, chunks_of
from bouquet.shared.assets.pipeline.renditions import note_rung, write_master
from bouquet.shared.assets.pipeline.segments import Cut, RungFolder


def make_ladder(job: Job) -> bool:
    """The next piece. True when the film is through, and then every rung is listed."""
    rungs = job.plan.ladder
    if not rungs:
        return True
    over = _beside_source(job, rungs) if job.plan.as_is else _on_grid(job, rungs)
    folders = [job.rung(rung.name) for rung in rungs]
    if over:
        _publish(job, rungs, folders)
    return over


def _on_grid(job: Job, rungs: Sequence[Rung]) -> bool:
    chunks = chunks_of(job.plan, settings.VIDEO_CHUNK_SECONDS * 2)
    chunk = chunk_at(chunks, _through(job, rungs))
    came = encode_chunk(job, chunk, rungs)
    return chunk.is_last or came == 0


def _beside_source(job: Job, rungs: Sequence[Rung]) -> bool:
    cuts = job.rung("source").cuts
    first = _through(job, rungs)
    if first >= len(cuts):
        return True
    lengths = _piece(cuts, first)
    last = first + len(lengths) == len(cuts)
    encode_beside_source(job, rungs, first, lengths, last=last)
    if min(len(job.rung(rung.name).cuts) for rung in rungs) < first + len(lengths):
        raise EncoderFailed("the rungs have fewer segments than the copied source")
    return last


def _piece(cuts: list[Cut], first: int) -> list[float]:
    """Segments of about two chunks' time; a short rest joins."""
    wanted, lengths = settings.VIDEO_CHUNK_SECONDS * 2, []
    for cut in cuts[first:]:
        lengths.append(cut.duration)
        if sum(lengths) >= wanted:
            break
    rest = [cut.duration for cut in cuts[first + len(lengths) :]]
    return lengths + rest if sum(rest) < wanted / 2 else lengths


def _through(job: Job, rungs: Sequence[Rung]) -> int:
    """Segments that every rung has: the playlists are written at the end of a piece, not before."""
    return min(len(job.rung(rung.name).cuts) for rung in rungs)


def _publish(job: Job, rungs: Sequence[Rung], folders: list[RungFolder]) -> None:
    if not all(folder.cuts for folder in folders):
        raise EncoderFailed("the ladder came out empty")
    for folder in folders:
        folder.end()
    with transaction.atomic():
        for rung in rungs:
            note_rung(job, rung, growing=False)
        write_master(job.asset)
