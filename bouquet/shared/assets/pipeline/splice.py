"""Moving what was encoded apart into its place: in order, each file once, and again without harm after a kill."""

from __future__ import annotations

import os
import shutil

from bouquet.shared.assets.ffmpeg import EncoderFailed
from bouquet.shared.assets.models import Piece
from bouquet.shared.assets.pipeline.claims import folder_of
from bouquet.shared.assets.pipeline.job import Job
from bouquet.shared.assets.pipeline.segments import Cut, RungFolder


def splice_pieces(job: Job, step: str) -> tuple[bool, bool]:
    """Publish what is made, up to the first piece that is not: (something was, nothing is missing any more).

    Only for the holder of the asset's lock.
    """
    some = False
    for piece in job.asset.pieces.filter(step=step).in_order():
        if piece.state == Piece.State.PUBLISHED:
            continue
        if piece.state != Piece.State.MADE:
            return some, False
        _splice(job, piece)
        some = True
    _forget_empty(job)
    return some, True


def _splice(job: Job, piece: Piece) -> None:
    part = folder_of(job.asset, piece)
    for name, cuts in piece.cuts.items():
        if cuts:  # a film shorter than it said has pieces with nothing in them
            _move(RungFolder(part / name, first=piece.first_segment), job.rung(name), [Cut(*cut) for cut in cuts])
    Piece.objects.filter(pk=piece.pk, state=Piece.State.MADE).update(state=Piece.State.PUBLISHED)
    shutil.rmtree(part, ignore_errors=True)


def _move(part: RungFolder, rung: RungFolder, cuts: list[Cut]) -> None:
    first = part.first
    if first > len(rung.cuts):
        raise EncoderFailed(f"{rung.folder.name} has {len(rung.cuts)} segments where {first} were expected")
    init = part.folder / "init.mp4"
    if init.exists():
        rung.write_init(init.read_bytes())
    for index in range(first, first + len(cuts)):
        made = part.segment_path(index)
        if made.exists():  # else it was moved before a kill
            os.replace(made, rung.segment_path(index))
        elif not rung.segment_path(index).exists():
            raise EncoderFailed(f"{made.name} of {rung.folder.name} is gone")
    rung.cuts[first : first + len(cuts)] = cuts
    rung.write_playlist()


def _forget_empty(job: Job) -> None:
    folder = job.asset.stream_folder / ".pieces"
    if folder.exists() and not any(folder.iterdir()):
        shutil.rmtree(folder, ignore_errors=True)
