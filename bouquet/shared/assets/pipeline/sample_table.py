"""The index of an MP4 or MOV file (`moov`), read by ourselves: complete? keyframes where? edits? In milliseconds,
without touching the gigabytes beside it.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path

from bouquet.shared.assets.pipeline.boxes import boxes_in, find_box

_LARGEST_INDEX = 192 * 1024 * 1024
_MOST_SAMPLES = 4_000_000


@dataclass(frozen=True)
class SampleTable:
    keyframe_gap: float
    frame_gap: float
    plain_edits: bool
    one_header: bool


def is_cut_short(path: Path) -> bool:
    """Whether the file ends inside one of its boxes, or has no index at all."""
    size, has_index = path.stat().st_size, False
    with path.open("rb") as file:
        at = 0
        while at + 8 <= size:
            length, kind = _box_head(file, at, size)
            if kind in (b"moov", b"moof"):
                has_index = True
            if length < 8 or at + length > size:
                # Junk behind a whole film is common and harmless; a film's own box that is not all there is not.
                return not has_index or kind in (b"mdat", b"moov", b"moof")
            at += length
    return not has_index


def read_sample_table(path: Path) -> SampleTable | None:
    """The video track's table, or None when there is none to read (fragmented, broken, enormous)."""
    moov = _index_of(path)
    if moov is None:
        return None
    try:
        for kind, first, after in boxes_in(moov):
            if kind == "trak" and _is_picture(moov, first, after):
                return _table_of(moov, first, after)
    except (struct.error, IndexError, ZeroDivisionError):
        return None
    return None


def _index_of(path: Path) -> bytes | None:
    size = path.stat().st_size
    with path.open("rb") as file:
        at = 0
        while at + 8 <= size:
            length, kind = _box_head(file, at, size)
            if kind == b"moov":
                if length > _LARGEST_INDEX:
                    return None
                file.seek(at + 8)
                return file.read(length - 8)
            if length < 8:
                return None
            at += length
    return None


def _box_head(file, at: int, size: int) -> tuple[int, bytes]:
    file.seek(at)
    head = file.read(16)
    length, kind = struct.unpack_from(">I4s", head)
    if length == 1 and len(head) == 16:
        length = struct.unpack_from(">Q", head, 8)[0]
    elif length == 0:
        length = size - at
    return length, kind


def _is_picture(moov: bytes, first: int, after: int) -> bool:
    hdlr = find_box(moov, "mdia", "hdlr", start=first, end=after)
    return bool(hdlr and moov[hdlr[0] + 8 : hdlr[0] + 12] == b"vide")


def _table_of(moov: bytes, first: int, after: int) -> SampleTable | None:
    mdhd = find_box(moov, "mdia", "mdhd", start=first, end=after)
    stbl = find_box(moov, "mdia", "minf", "stbl", start=first, end=after)
    stts = stbl and find_box(moov, "stts", start=stbl[0], end=stbl[1])
    stsd = stbl and find_box(moov, "stsd", start=stbl[0], end=stbl[1])
    if not mdhd or not stbl or not stts or not stsd:
        return None
    timescale = struct.unpack_from(">I", moov, mdhd[0] + (20 if moov[mdhd[0]] == 1 else 12))[0]
    count = struct.unpack_from(">I", moov, stts[0] + 4)[0]
    runs = list(struct.iter_unpack(">II", moov[stts[0] + 8 : min(stts[0] + 8 + count * 8, stts[1])]))
    total = sum(number for number, _ in runs)
    if not total or total > _MOST_SAMPLES:
        return None
    return SampleTable(
        keyframe_gap=_longest_gap(moov, stbl, runs) / timescale,
        frame_gap=max(delta for number, delta in runs[: max(1, len(runs) - 1)] if number) / timescale,
        plain_edits=_edits_are_plain(moov, first, after, timescale),
        one_header=struct.unpack_from(">I", moov, stsd[0] + 4)[0] == 1,
    )


def _longest_gap(moov: bytes, stbl: tuple[int, int], runs: list[tuple[int, int]]) -> int:
    """Between two sync samples (or the last one and the end), in timescale units."""
    ends = list(accumulate(number for number, _ in runs))
    times = [0, *accumulate(number * delta for number, delta in runs)]
    stss = find_box(moov, "stss", start=stbl[0], end=stbl[1])
    if not stss:  # no table: every sample is one
        return max(delta for _, delta in runs)
    count = struct.unpack_from(">I", moov, stss[0] + 4)[0]
    count = min(count, (stss[1] - stss[0] - 8) // 4)

    def time_of(sample: int) -> int:
        run = min(bisect_right(ends, sample), len(runs) - 1)
        return times[run] + (sample - (ends[run - 1] if run else 0)) * runs[run][1]

    marks = [time_of(number - 1) for number in struct.unpack_from(f">{count}I", moov, stss[0] + 8)]
    marks = [0, *marks, times[-1]]
    return max(later - earlier for earlier, later in pairwise(marks))


def _edits_are_plain(moov: bytes, first: int, after: int, timescale: int) -> bool:
    """One edit that starts within the first tenth of a second (the delay of B-frames) loses nothing in a copy."""
    elst = find_box(moov, "edts", "elst", start=first, end=after)
    if not elst:
        return True
    version, count = moov[elst[0]], struct.unpack_from(">I", moov, elst[0] + 4)[0]
    if count != 1:
        return False
    at = elst[0] + 8
    media_time = struct.unpack_from(">q", moov, at + 8)[0] if version else struct.unpack_from(">i", moov, at + 4)[0]
    return 0 <= media_time <= timescale * 0.2
