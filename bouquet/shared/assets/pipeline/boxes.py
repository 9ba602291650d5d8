"""Reading fragmented MP4 (ISO/IEC 14496-12): what ffmpeg hands us through a pipe, box by box.

We cut segments ourselves, so that ffmpeg needs no right to write anywhere, every segment's time and length are known
from the segment itself, and chunks of one film encoded apart join without a seam (we set the decode time of each).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

Span = tuple[str, int, int]  # box type, first byte of its body, first byte after it
_LARGEST_BOX = 512 * 1024 * 1024


class NotAnMp4(ValueError):
    """The bytes are not the fragmented MP4 that was expected."""


def boxes_in(data: bytes | bytearray, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """The boxes directly inside `data[start:end]`; stops at the first one that makes no sense."""
    end = len(data) if end is None else end
    while start + 8 <= end:
        size, kind = struct.unpack_from(">I4s", data, start)
        head = 8
        if size == 1 and start + 16 <= end:
            size, head = struct.unpack_from(">Q", data, start + 8)[0], 16
        elif size == 0:
            size = end - start
        if size < head or start + size > end:
            return
        yield kind.decode("latin-1"), start + head, start + size
        start += size


def find_box(data: bytes | bytearray, *path: str, start: int = 0, end: int | None = None) -> tuple[int, int] | None:
    """The body of the first box at `path`, e.g. ("moov", "trak", "mdia", "mdhd")."""
    for kind, first, after in boxes_in(data, start, end):
        if kind == path[0]:
            if len(path) == 1:
                return first, after
            if found := find_box(data, *path[1:], start=first, end=after):
                return found
    return None


@dataclass(frozen=True)
class Init:
    """What an initialisation segment (one track) says."""

    timescale: int
    codec: str  # RFC 6381: avc1.64001f, mp4a.40.2
    width: int = 0
    height: int = 0
    default_duration: int = 0  # of a sample, in timescale units (trex)
    edit_start: int = 0  # media time at which presentation starts (elst): priming of audio

    @classmethod
    def read(cls, data: bytes) -> Init:
        trak = find_box(data, "moov", "trak")
        mdhd = trak and find_box(data, "mdia", "mdhd", start=trak[0], end=trak[1])
        stsd = trak and find_box(data, "mdia", "minf", "stbl", "stsd", start=trak[0], end=trak[1])
        if not trak or not mdhd or not stsd:
            raise NotAnMp4("no track in the initialisation segment")
        timescale = struct.unpack_from(">I", data, mdhd[0] + (20 if data[mdhd[0]] == 1 else 12))[0]
        entry = next(boxes_in(data, stsd[0] + 8, stsd[1]), None)
        if entry is None:
            raise NotAnMp4("no sample entry in the initialisation segment")
        width = height = 0
        if entry[0] in _VIDEO_ENTRIES:
            width, height = struct.unpack_from(">HH", data, entry[1] + 24)
        return cls(timescale, _codec(data, entry), width, height, _default_duration(data), _edit_start(data, trak))


_VIDEO_ENTRIES = ("avc1", "avc3", "av01")


def _codec(data: bytes, entry: Span) -> str:
    kind, first, after = entry
    if kind in _VIDEO_ENTRIES and (avcc := find_box(data, "avcC", start=first + 78, end=after)):
        return f"{kind}.{data[avcc[0] + 1 : avcc[0] + 4].hex()}"
    if kind == "av01" and (av1c := find_box(data, "av1C", start=first + 78, end=after)):
        return _av1_codec(data[av1c[0] + 1], data[av1c[0] + 2])
    if kind == "mp4a" and (esds := find_box(data, "esds", start=first + 28, end=after)):
        return f"mp4a.40.{_audio_object_type(data[esds[0] + 4 : esds[1]])}"
    raise NotAnMp4(f"a sample entry we never make: {kind!r}")


def _av1_codec(profile: int, depth: int) -> str:
    """av01.<profile>.<level><tier>.<bits>, from the second and third byte of av1C (AV1 in ISOBMFF, 2.3.3 and 5)."""
    bits = (12 if depth & 0x20 else 10) if depth & 0x40 else 8
    return f"av01.{profile >> 5}.{profile & 0x1F:02d}{'H' if depth & 0x80 else 'M'}.{bits:02d}"


def _audio_object_type(descriptors: bytes) -> int:
    """The object type inside the DecoderSpecificInfo of an ES descriptor (ISO/IEC 14496-1, 14496-3)."""
    position = 0
    while position < len(descriptors):
        tag, position = descriptors[position], position + 1
        length, more = 0, True
        while more and position < len(descriptors):
            length, more = length << 7 | descriptors[position] & 0x7F, bool(descriptors[position] & 0x80)
            position += 1
        if tag == 5 and position + 1 < len(descriptors):
            kind = descriptors[position] >> 3
            return 32 + ((descriptors[position] & 7) << 3 | descriptors[position + 1] >> 5) if kind == 31 else kind
        position += {3: 3, 4: 13}.get(tag, length)  # an ES descriptor and its configuration are entered, others skipped
    return 2


def _default_duration(data: bytes) -> int:
    trex = find_box(data, "moov", "mvex", "trex")
    return struct.unpack_from(">I", data, trex[0] + 12)[0] if trex else 0


def _edit_start(data: bytes, trak: tuple[int, int]) -> int:
    elst = find_box(data, "edts", "elst", start=trak[0], end=trak[1])
    if not elst:
        return 0
    version, count = data[elst[0]], struct.unpack_from(">I", data, elst[0] + 4)[0]
    for number in range(count):
        at = elst[0] + 8 + number * (20 if version else 12)
        media_time = struct.unpack_from(">q", data, at + 8)[0] if version else struct.unpack_from(">i", data, at + 4)[0]
        if media_time >= 0:
            return media_time
    return 0


@dataclass
class Fragment:
    """One moof + mdat of one track. Times are in the track's timescale."""

    moof: bytearray
    mdat: bytes
    base_time: int = 0  # decode time of the first sample
    first_offset: int = 0  # presentation time of the first sample minus its decode time
    duration: int = 0
    samples: int = 0
    _tfdt: int = field(default=0, repr=False)
    _mfhd: int = field(default=0, repr=False)

    @classmethod
    def read(cls, moof: bytes, mdat: bytes, default_duration: int = 0) -> Fragment:
        made = cls(bytearray(moof), mdat)
        mfhd = find_box(moof, "moof", "mfhd")
        traf = find_box(moof, "moof", "traf")
        if not mfhd or not traf:
            raise NotAnMp4("a fragment without a track")
        made._mfhd = mfhd[0] + 4
        for kind, first, _after in boxes_in(moof, *traf):
            if kind == "tfhd":
                default_duration = _tfhd_duration(moof, first) or default_duration
            elif kind == "tfdt":
                made._tfdt = first
                made.base_time = struct.unpack_from(">q" if moof[first] else ">I", moof, first + 4)[0]
            elif kind == "trun":
                made._add_run(moof, first, default_duration)
        if not made._tfdt:
            raise NotAnMp4("a fragment without its decode time")
        return made

    def _add_run(self, moof: bytes, at: int, default_duration: int) -> None:
        version, flags = moof[at], int.from_bytes(moof[at + 1 : at + 4], "big")
        count = struct.unpack_from(">I", moof, at + 4)[0]
        position = at + 8 + (4 if flags & 0x1 else 0) + (4 if flags & 0x4 else 0)
        size = 4 * bin(flags & 0xF00).count("1")
        if position + count * size > len(moof):
            raise NotAnMp4("a run of samples longer than its box")
        if count and self.samples == 0 and flags & 0x800:
            self.first_offset = struct.unpack_from(">i" if version else ">I", moof, position + size - 4)[0]
        if flags & 0x100:
            self.duration += sum(struct.unpack_from(">I", moof, position + n * size)[0] for n in range(count))
        else:
            self.duration += count * default_duration
        self.samples += count

    def move(self, *, by: int, sequence: int) -> None:
        """Shift its decode time and number it, in place: chunks encoded apart become one stream."""
        self.base_time += by
        form = ">q" if self.moof[self._tfdt] else ">I"
        struct.pack_into(form, self.moof, self._tfdt + 4, self.base_time)
        struct.pack_into(">I", self.moof, self._mfhd, sequence)

    def starts_at_key(self, codec: str) -> bool:
        """Whether a player may join or switch here: at an IDR in H.264, at a sequence header in AV1."""
        if codec.startswith("av01"):
            return len(self.mdat) > 8 and self.mdat[8] >> 3 & 0xF == 1
        return self._starts_at_idr()

    def _starts_at_idr(self) -> bool:
        """NAL type 5."""
        position, body = 8, self.mdat
        while position + 5 <= len(body):
            length, kind = struct.unpack_from(">IB", body, position)
            if kind & 0x1F in (1, 5):
                return kind & 0x1F == 5
            position += 4 + length
        return False


def _tfhd_duration(moof: bytes, at: int) -> int:
    flags = int.from_bytes(moof[at + 1 : at + 4], "big")
    if not flags & 0x8:
        return 0
    return struct.unpack_from(">I", moof, at + 8 + (8 if flags & 0x1 else 0) + (4 if flags & 0x2 else 0))[0]


class FragmentReader:
    """Fed with bytes as they come; gives the initialisation segment once, then whole fragments."""

    def __init__(self) -> None:
        self.init_bytes = b""
        self.init: Init | None = None
        self._waiting = bytearray()
        self._moof = b""

    def feed(self, data: bytes) -> Iterator[Fragment]:
        self._waiting += data
        while len(self._waiting) >= 8:
            size, kind = struct.unpack_from(">I4s", self._waiting)
            if size == 1 and len(self._waiting) >= 16:
                size = struct.unpack_from(">Q", self._waiting, 8)[0]
            if not 8 <= size <= _LARGEST_BOX:
                raise NotAnMp4(f"a box of {size} bytes")
            if len(self._waiting) < size:
                return
            box = bytes(memoryview(self._waiting)[:size])
            del self._waiting[:size]
            if (made := self._take(kind, box)) is not None:
                yield made

    def _take(self, kind: bytes, box: bytes) -> Fragment | None:
        if kind == b"moof":
            self._moof = box
        elif kind == b"mdat" and self._moof and self.init:
            made, self._moof = Fragment.read(self._moof, box, self.init.default_duration), b""
            return made
        elif kind in (b"ftyp", b"moov") and self.init is None:
            self.init_bytes += box
            if kind == b"moov":
                self.init = Init.read(self.init_bytes)
        return None
