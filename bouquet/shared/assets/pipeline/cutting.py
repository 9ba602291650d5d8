"""From ffmpeg's fragments to segments: where to cut, at which time each lies, what is published when."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from bouquet.shared.assets.pipeline.boxes import Fragment, FragmentReader, Init
from bouquet.shared.assets.pipeline.segments import RungFolder

LONGEST_SEGMENT = 15  # seconds; a copied source whose keyframes lie further apart is not served as it is


class CannotCut(Exception):
    """A copied source turned out to have no places to cut; it must be encoded."""


class Cutter:
    """The sink of one of ffmpeg's outputs: takes bytes, publishes segments.

    `offset` is where on the film's clock this run begins, `first` the index of its first segment. A segment ends where
    a keyframe stands at least `at_least` seconds after its start (of the first two: `at_first`). `on_segment` is told
    after each one.
    """

    def __init__(
        self,
        folder: RungFolder,
        *,
        at_least: Fraction,
        at_first: Fraction | None = None,
        offset: Fraction = Fraction(0),
        first: int = 0,
        is_video: bool = True,
        keep_rest: bool = True,
        on_segment: Callable[[RungFolder], None] | None = None,
    ) -> None:
        self.folder, self.at_least, self.offset = folder, at_least, offset
        self.at_first = at_least if at_first is None else at_first
        self.index, self._first, self.is_video, self.keep_rest, self.on_segment = (
            first,
            first,
            is_video,
            keep_rest,
            on_segment,
        )
        self._reader = FragmentReader()
        self._waiting: list[Fragment] = []
        self._began = False
        self.fragments = 0
        self.seconds = Fraction(0)  # published by this run

    def __call__(self, data: bytes) -> None:
        for fragment in self._reader.feed(data):
            self._take(fragment)

    def finish(self) -> None:
        """ffmpeg has ended well: what waits is the last segment (left out when this run was cut short on purpose)."""
        if self._waiting and self.keep_rest:
            self._publish(self._length())
        self._waiting = []

    @property
    def init(self) -> Init:
        if self._reader.init is None:
            raise CannotCut("nothing came out")
        return self._reader.init

    def _take(self, fragment: Fragment) -> None:
        if not fragment.samples:
            return
        if not self._began:
            self._began = True
            self.folder.write_init(self._reader.init_bytes)
        self.fragments += 1
        fragment.move(by=round(self.offset * self.init.timescale), sequence=self._first * 16 + self.fragments)
        may_cut = not self.is_video or fragment.starts_at_key(self.init.codec)
        if not self._waiting and self.index == 0 and not may_cut:
            raise CannotCut("the film does not begin with a keyframe")
        length = self._length(fragment.base_time)
        if self._waiting and length >= (self.at_first if self.index < 2 else self.at_least) and may_cut:
            self._publish(length)
        elif self.is_video and length > LONGEST_SEGMENT:
            raise CannotCut(f"no keyframe to cut at for {LONGEST_SEGMENT} seconds")
        self._waiting.append(fragment)

    def _length(self, end: int | None = None) -> Fraction:
        """Of what waits: up to where the next fragment begins, or to the end of the last one."""
        if not self._waiting:
            return Fraction(0)
        last = self._waiting[-1]
        end = last.base_time + last.duration if end is None else end
        return Fraction(end - self._waiting[0].base_time, self.init.timescale)

    def _publish(self, length: Fraction) -> None:
        self.folder.put(self.index, self._waiting, length)
        self.index += 1
        self.seconds += length
        self._waiting = []
        if self.on_segment:
            self.on_segment(self.folder)
