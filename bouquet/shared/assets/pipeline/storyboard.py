"""Small pictures of the whole film for the seek bar: sheets of tiles and a WebVTT file that says where each lies.

Made from the smallest rung, not from the source: upright, tone-mapped and cheap to decode, whatever was sent.
"""

from __future__ import annotations

from fractions import Fraction

from PIL import Image

from bouquet.shared.assets.ffmpeg import Limits, input_arguments, run_ffmpeg
from bouquet.shared.assets.ffmpeg.limits import MIB
from bouquet.shared.assets.models import Asset, Rendition
from bouquet.shared.assets.pipeline.job import Job
from bouquet.shared.assets.pipeline.segments import RungFolder, write_whole

COLUMNS = ROWS = 10
TILE = 160  # pixels of the longer side
_MOST_TILES = 720
_EVERY_FRAME_UP_TO = 120  # seconds; longer films show their keyframes only


def make_storyboard(job: Job) -> None:
    _make(job)
    Asset.objects.filter(pk=job.asset.pk).update(storyboard=True)


def _make(job: Job) -> None:
    rung = _smallest(job)
    width, height = _tile_size(job)
    duration = rung.duration
    interval = _interval(duration)
    sheets = _Sheets(job, width, height)

    def arguments(pipes: list[str]) -> list[str]:
        before = ["-threads", "1"] if duration <= _EVERY_FRAME_UP_TO else ["-threads", "1", "-skip_frame", "nokey"]
        words = input_arguments(None, "mov", before=before)
        steps = f"fps=fps={interval.denominator}/{interval.numerator}:start_time=0,scale={width}:{height},setsar=1"
        return [*words, "-vf", steps, "-pix_fmt", "rgb24", "-f", "rawvideo", pipes[0]]

    limits = Limits(cpu=int(120 + duration), wall=int(600 + duration * 4), output=512 * MIB, nice=10)
    run_ffmpeg(
        arguments,
        [sheets.take],
        limits=limits,
        feed=rung.read(),
        on_tick=lambda outcome: job.beat(outcome.out_seconds / max(duration, 0.1)),
    )
    sheets.finish()
    write_whole(sheets.folder / "index.vtt", sheets.as_vtt(float(interval), duration).encode())


def _smallest(job: Job) -> RungFolder:
    videos = job.asset.renditions.filter(kind=Rendition.Kind.VIDEO, growing=False)
    return job.rung(min(videos, key=lambda each: each.size).name)


def _tile_size(job: Job) -> tuple[int, int]:
    width, height = job.facts.picture.shown_size
    scale = TILE / max(width, height)
    return max(2, round(width * scale / 2) * 2), max(2, round(height * scale / 2) * 2)


def _interval(duration: float) -> Fraction:
    """Seconds between tiles: one for a clip, ten for a film, never more than _MOST_TILES of them."""
    return Fraction(max(1, min(10, round(duration / 100)), -(-int(duration) // _MOST_TILES)))


class _Sheets:
    """Takes raw tiles as they come, saves a sheet each time one is full."""

    def __init__(self, job: Job, width: int, height: int) -> None:
        self.folder = job.asset.stream_folder / "storyboard"
        self.folder.mkdir(parents=True, exist_ok=True)
        self.width, self.height, self.count = width, height, 0
        self._waiting = bytearray()
        self._sheet: Image.Image | None = None

    def take(self, data: bytes) -> None:
        self._waiting += data
        size = self.width * self.height * 3
        while len(self._waiting) >= size:
            tile = Image.frombytes("RGB", (self.width, self.height), bytes(self._waiting[:size]))
            del self._waiting[:size]
            self._place(tile)

    def finish(self) -> None:
        if self._sheet is not None:
            self._save((self.count - 1) // (COLUMNS * ROWS))

    def as_vtt(self, interval: float, duration: float) -> str:
        """WebVTT with media fragments (`sprite_01.jpg#xywh=x,y,w,h`), as media-chrome and others read it."""
        lines = ["WEBVTT", ""]
        for number in range(self.count):
            start, end = number * interval, (number + 1) * interval
            if start >= duration:
                break
            end = duration if number == self.count - 1 else min(end, duration)
            sheet, place = divmod(number, COLUMNS * ROWS)
            x, y = place % COLUMNS * self.width, place // COLUMNS * self.height
            lines += [f"{_clock(start)} --> {_clock(end)}"]
            lines += [f"sprite_{sheet + 1:02d}.jpg#xywh={x},{y},{self.width},{self.height}", ""]
        return "\n".join(lines)

    def _place(self, tile: Image.Image) -> None:
        sheet, place = divmod(self.count, COLUMNS * ROWS)
        if place == 0:
            if self._sheet is not None:
                self._save(sheet - 1)
            self._sheet = Image.new("RGB", (self.width * COLUMNS, self.height * ROWS))
        if self._sheet is not None:
            self._sheet.paste(tile, (place % COLUMNS * self.width, place // COLUMNS * self.height))
        self.count += 1

    def _save(self, sheet: int) -> None:
        filled = min(self.count - sheet * COLUMNS * ROWS, COLUMNS * ROWS)
        rows = -(-filled // COLUMNS)
        columns = min(filled, COLUMNS)
        image = self._sheet.crop((0, 0, columns * self.width, rows * self.height))  # type: ignore[union-attr]
        path = self.folder / f"sprite_{sheet + 1:02d}.jpg"
        making = path.with_name(f".{path.name}.part")
        image.save(making, format="JPEG", quality=72, optimize=True)
        making.replace(path)


def _clock(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}.{round(seconds % 1 * 1000) % 1000:03d}"
