"""The folder of one rendition: segments written whole or not at all, and the playlist that names them.

The playlist is the record of what is published. It only grows: a piece of film that is made again after a kill replaces
its segments one by one, with the same names and the same lengths.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from bouquet.shared.assets.pipeline.boxes import Fragment, Init


@dataclass(frozen=True)
class Cut:
    """One segment: seconds and bytes."""

    duration: float
    size: int


class RungFolder:
    """`<asset's stream folder>/<name>/`: init.mp4, seg_00001.m4s …, index.m3u8.

    `first` is the index of its first segment: 0, but for the folder of a piece from the middle of a film.
    """

    def __init__(self, folder: Path, target: int = 4, first: int = 0) -> None:
        self.folder, self.target, self.first = folder, target, first
        self.cuts: list[Cut] = []
        self.ended = False
        self._read()

    @property
    def duration(self) -> float:
        return sum(cut.duration for cut in self.cuts)

    @property
    def size(self) -> int:
        return sum(cut.size for cut in self.cuts)

    @property
    def init(self) -> Init:
        return Init.read((self.folder / "init.mp4").read_bytes())

    def segment_path(self, index: int) -> Path:
        return self.folder / f"seg_{index + 1:05d}.m4s"

    def read(self) -> Iterator[bytes]:
        """Everything in order, as a decoder wants it."""
        yield (self.folder / "init.mp4").read_bytes()
        for index in range(self.first, self.first + len(self.cuts)):
            yield self.segment_path(index).read_bytes()

    def write_init(self, data: bytes) -> None:
        """Pieces encoded apart must fit behind one initialisation segment: another one is a defect, not a variant."""
        path = self.folder / "init.mp4"
        if path.exists() and self.cuts and path.read_bytes() != data:
            raise ValueError(f"the encoder changed its parameters in {self.folder.name}")
        self.folder.mkdir(parents=True, exist_ok=True)
        write_whole(path, data)

    def put(self, index: int, fragments: list[Fragment], duration: Fraction) -> None:
        """Publish the segment at `index` (counted from 0); it may replace one, and never leaves a hole."""
        place = index - self.first
        if not 0 <= place <= len(self.cuts):
            raise ValueError(f"segment {index} of {self.folder.name} comes before its predecessor")
        parts: list[bytes | bytearray] = []
        for fragment in fragments:
            parts += [fragment.moof, fragment.mdat]
        cut = Cut(round(float(duration), 6), write_whole(self.segment_path(index), *parts))
        self.cuts[place : place + 1] = [cut]

    def drop_after(self, seconds: float) -> None:
        """Leave out segments that begin when the picture is over: a player would wait for them for ever."""
        while len(self.cuts) > 1 and sum(cut.duration for cut in self.cuts[:-1]) >= seconds - 0.05:
            self.cuts.pop()
            self.segment_path(len(self.cuts)).unlink(missing_ok=True)

    def end(self) -> None:
        self.ended = True
        self.write_playlist()

    def write_playlist(self) -> None:
        if not self.cuts:
            return
        longest = max(cut.duration for cut in self.cuts)
        lines = [
            "#EXTM3U",
            "#EXT-X-VERSION:7",
            # No segment may be longer, rounded to the nearest second, and it may not change (RFC 8216 4.3.3.1).
            f"#EXT-X-TARGETDURATION:{max(round(longest), self.target)}",
            "#EXT-X-MEDIA-SEQUENCE:0",
            f"#EXT-X-PLAYLIST-TYPE:{'VOD' if self.ended else 'EVENT'}",
            "#EXT-X-INDEPENDENT-SEGMENTS",
            '#EXT-X-MAP:URI="init.mp4"',
        ]
        for index, cut in enumerate(self.cuts, self.first):
            lines += [f"#EXTINF:{cut.duration:.6f},", self.segment_path(index).name]
        if self.ended:
            lines.append("#EXT-X-ENDLIST")
        write_whole(self.folder / "index.m3u8", ("\n".join(lines) + "\n").encode())

    def bandwidths(self) -> tuple[int, int]:
        """Peak and average bits per second. A short last segment says nothing about the peak."""
        if not self.cuts:
            return 0, 0
        typical = max(cut.duration for cut in self.cuts)
        peaks = [cut.size * 8 / cut.duration for cut in self.cuts if cut.duration >= typical / 2]
        average = self.size * 8 / self.duration
        return round(max(*peaks, average)), round(average)

    def _read(self) -> None:
        try:
            text = (self.folder / "index.m3u8").read_text()
        except FileNotFoundError:
            return
        self.ended = "#EXT-X-ENDLIST" in text
        for index, duration in enumerate(re.findall(r"#EXTINF:([0-9.]+),", text), self.first):
            self.cuts.append(Cut(float(duration), self.segment_path(index).stat().st_size))


def write_whole(path: Path, *parts: bytes | bytearray) -> int:
    """All of it or nothing, for whoever reads at the same time and after a kill. Gives the number of bytes."""
    making = path.with_name(f".{path.name}.part")
    with making.open("wb") as file:
        size = sum(file.write(part) for part in parts)
    os.replace(making, path)
    return size
