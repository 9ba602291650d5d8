"""The rest of a long film in its first rung, in pieces that several workers share, and its sound, whole."""

from __future__ import annotations

import time

from bouquet.shared.assets.models import Piece
from bouquet.shared.assets.pipeline.encode import encode_chunk, encode_sounds, sound_name
from bouquet.shared.assets.pipeline.first import Publishing
from bouquet.shared.assets.pipeline.job import Job
from bouquet.shared.assets.pipeline.ladder import chunk_of, cuts_made
from bouquet.shared.assets.pipeline.plan import chunks_of
from bouquet.shared.assets.pipeline.segments import RungFolder

_EVERY = 2.0  # seconds between two writings of a growing playlist


def film_pieces(job: Job) -> list[Piece]:
    """What `first` left to do: the sound first, for what is seen without it cannot be played."""
    if job.plan.as_is or job.rung(job.plan.first_rung.name).ended:
        return []
    sounds = [job.rung(sound_name(number)) for number in range(len(job.facts.sounds))]
    whole = [Piece(number=0, is_sound=True)] if not all(sound.ended for sound in sounds) else []
    return whole + [
        Piece(
            number=each.number, first_frame=each.first_frame, first_segment=each.first_segment, segments=each.segments
        )
        for each in chunks_of(job.plan)[1:]
    ]


def make_film_piece(job: Job, piece: Piece) -> dict[str, list[list[float]]]:
    if piece.is_sound:
        _make_sounds(job)
        return {}
    rung = job.plan.first_rung
    encode_chunk(job, chunk_of(piece), [rung], nice=5)
    return cuts_made(job, [rung])


def publish_film(job: Job, *, over: bool) -> None:
    Publishing(job).finish(ended=over)


def _make_sounds(job: Job) -> None:
    """Published while it grows: the film may be watched meanwhile. Nobody else writes to these folders."""
    written: dict[str, float] = {}

    def on_segment(folder: RungFolder) -> None:
        if time.monotonic() - written.get(folder.folder.name, 0.0) > _EVERY:
            written[folder.folder.name] = time.monotonic()
            folder.write_playlist()

    encode_sounds(job, on_segment=on_segment)
    for number in range(len(job.facts.sounds)):
        job.rung(sound_name(number)).end()
