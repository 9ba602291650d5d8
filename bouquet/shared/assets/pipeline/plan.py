"""What shall be made of a file: served as it is or encoded, which rungs, at which rate, cut where. Pure arithmetic."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from django.conf import settings

from bouquet.shared.assets.pipeline.facts import Facts, Picture, Sound

STANDARD = (240, 360, 480, 720, 1080, 1440, 2160)  # lines: the shorter side, so that a portrait film has the same rungs
ORDINARY = 1350  # lines; larger rungs cost more than all others together, and come after everything else
FIRST_RUNG = 432  # the first playable rendition is the largest rung up to this
GOP_SECONDS, SEGMENT_SECONDS = 2, 4
AS_IS_BITRATE, AS_IS_LEVEL, AS_IS_SOUND_BITRATE = 12_000_000, 51, 400_000
LONGEST_REST = 1.0  # seconds of sound after the last picture that nobody misses
AS_IS_GAP, AS_IS_CLIP = 6.0, 12.0  # seconds between keyframes; of a clip that may be one segment
# Peak kb/s of a 16:9 rung up to 30 pictures a second; x264's CRF stays below it where the picture is easy.
_CAPS = {240: 450, 360: 900, 480: 1400, 720: 2800, 1080: 5200, 1440: 9000, 2160: 18_000}
_AV1_SHARE = Fraction(2, 3)  # of the cap of the same rung in H.264
_RATES = tuple(
    Fraction(rate) for rate in ("24000/1001", "24", "25", "30000/1001", "30", "48", "50", "60000/1001", "60")
)


@dataclass(frozen=True)
class Rung:
    lines: int
    width: int
    height: int
    cap: int  # peak bits per second
    codec: str = "h264"

    @property
    def name(self) -> str:
        return f"v{self.lines}" if self.codec == "h264" else f"{self.codec}-{self.lines}"


@dataclass(frozen=True)
class Plan:
    facts: Facts
    as_is: bool
    rate: Fraction  # pictures a second of what is encoded
    rungs: tuple[Rung, ...]  # rising

    @property
    def first_rung(self) -> Rung:
        return max((rung for rung in self.rungs if rung.lines <= FIRST_RUNG), default=self.rungs[0], key=_lines)

    @property
    def ladder(self) -> tuple[Rung, ...]:
        """What the ladder encodes, the largest first: all that the first playable rendition does not give already."""
        return tuple(rung for rung in self._beside_first if rung.lines <= ORDINARY)

    @property
    def largest(self) -> tuple[Rung, ...]:
        """Rungs above the ordinary ones, the largest first."""
        return tuple(rung for rung in self._beside_first if rung.lines > ORDINARY)

    @property
    def av1(self) -> tuple[Rung, ...]:
        """Every rung once more in AV1, the source's own size included, the largest first."""
        return tuple(replace(rung, codec="av1", cap=int(rung.cap * _AV1_SHARE)) for rung in reversed(self.rungs))

    @property
    def _beside_first(self) -> list[Rung]:
        if self.as_is:
            source = min(self.facts.picture.shown_size)
            wanted = [rung for rung in self.rungs if rung.lines < source * 0.9]
        else:
            wanted = [rung for rung in self.rungs if rung != self.first_rung]
        return wanted[::-1]

    @property
    def gop(self) -> int:
        """Pictures between keyframes: whole ones, so that every rung has them at the same times."""
        return max(1, round(self.rate * GOP_SECONDS))

    @property
    def segment_frames(self) -> int:
        return self.gop * SEGMENT_SECONDS // GOP_SECONDS

    @property
    def gop_seconds(self) -> Fraction:
        return self.gop / self.rate

    @property
    def segment_seconds(self) -> Fraction:
        return self.segment_frames / self.rate


def make_plan(facts: Facts, *, as_is: bool | None = None, largest: int | None = None) -> Plan:
    """`as_is` overrides what the facts suggest (a copy was tried and did not do); `largest` what is set now.

    A film keeps the largest rung that was set when it came: a plan must not change half-way.
    """
    if as_is is None:
        as_is = not why_not_as_is(facts)
    return Plan(facts, as_is, output_rate(facts.picture), rungs_of(facts, largest))


def why_not_as_is(facts: Facts) -> str:
    """Why browsers could not play this picture as it is; "" when they can. Words for the operator."""
    picture = facts.picture
    reasons = {
        "container": facts.demuxer in ("mov", "matroska"),
        "codec": picture.codec == "h264" and picture.profile in ("Baseline", "Constrained Baseline", "Main", "High"),
        "level": 0 < picture.level <= AS_IS_LEVEL,
        "pixels": picture.pix_fmt in ("yuv420p", "yuvj420p") and picture.depth == 8,
        "fields": picture.field_order == "progressive",
        "rotation": not picture.turned,
        "aspect": picture.sample_aspect == 1,
        "colours": not picture.high_dynamic_range and picture.primaries != "bt2020",
        "keyframes": picture.keyframe_gap is not None and picture.keyframe_gap <= max(AS_IS_GAP, _short(facts)),
        "timestamps": picture.frame_gap is not None and picture.frame_gap <= 1.0 and picture.rate <= 61,
        "edits": picture.plain_edits and picture.one_header,
        "start": picture.start <= 0.1,
        "bitrate": facts.bitrate <= AS_IS_BITRATE,
        "sound goes on": facts.hold <= LONGEST_REST,
        "size": picture.width % 2 == 0 and picture.height % 2 == 0,
    }
    return ", ".join(name for name, good in reasons.items() if not good)


def _short(facts: Facts) -> float:
    """A clip of some seconds may be one single segment."""
    return facts.duration if facts.duration <= AS_IS_CLIP else 0


def can_copy_sound(sound: Sound, duration: float) -> bool:
    """AAC-LC of one or two channels, as long as the picture: browsers take it as it is."""
    return (
        sound.codec == "aac"
        and sound.profile == "LC"
        and sound.channels <= 2
        and sound.sample_rate in (44100, 48000)
        and sound.bitrate <= AS_IS_SOUND_BITRATE
        and abs(sound.start) <= 0.1
        and sound.duration >= duration - 1
    )


def output_rate(picture: Picture) -> Fraction:
    """A constant rate near the source's average, 5 to 60. A screen recording that rests most of the time keeps 30."""
    rate = picture.rate
    if picture.variable and rate < 24:
        rate = min(Fraction(30), max(rate, Fraction(picture.base_rate)))
    while rate > Fraction(61):
        rate /= 2
    nearest = min(_RATES, key=lambda standard: abs(standard - rate))
    if abs(nearest - rate) <= rate * Fraction(3, 100):
        near = [standard for standard in _RATES if abs(standard - rate) <= rate * Fraction(1, 2000)]
        return near[0] if near else nearest
    return Fraction(max(5, round(rate)))


def rungs_of(facts: Facts, largest: int | None = None) -> tuple[Rung, ...]:
    """The standard rungs up to the source, never above it; a source between two keeps its own size."""
    width, height = facts.picture.shown_size
    lines = min(width, height, largest or settings.VIDEO_LARGEST_RUNG, STANDARD[-1])
    wanted = [each for each in STANDARD if each <= lines]
    if not wanted:
        wanted = [lines]
    elif lines > wanted[-1] * 1.25:
        wanted.append(lines)
    else:
        wanted[-1] = lines
    rate = output_rate(facts.picture)
    return tuple(_rung(each, width, height, rate) for each in wanted)


def _rung(lines: int, width: int, height: int, rate: Fraction) -> Rung:
    scale = Fraction(lines, min(width, height))
    width, height = _even(width * scale), _even(height * scale)
    return Rung(lines - lines % 2, width, height, _cap(width * height, rate))


def _even(side: Fraction) -> int:
    return max(2, round(side / 2) * 2)


def _cap(pixels: int, rate: Fraction) -> int:
    """Between the table's rungs by area; half as much again above 30 pictures a second."""
    points = [(lines * lines * 16 // 9, kilobits) for lines, kilobits in _CAPS.items()]
    if pixels <= points[0][0]:
        kilobits = max(100, points[0][1] * pixels // points[0][0])
    else:
        kilobits = points[-1][1] * pixels // points[-1][0]
        for (low, low_rate), (high, high_rate) in pairwise(points):
            if low <= pixels <= high:
                kilobits = low_rate + (high_rate - low_rate) * (pixels - low) // (high - low)
    return int(kilobits * 1000 * (Fraction(3, 2) if rate > 31 else 1))


def _lines(rung: Rung) -> int:
    return rung.lines


@dataclass(frozen=True)
class Chunk:
    """A piece of the film on the encoder's grid. `count` None: to the end."""

    number: int
    first_frame: int
    first_segment: int
    segments: int | None

    @property
    def is_last(self) -> bool:
        return self.segments is None


def chunks_of(plan: Plan, seconds: float | None = None) -> list[Chunk]:
    """Pieces of whole segments; the last one takes what is left, and a short rest joins the piece before it.

    The first segment's time holds two short ones: from the second piece on, numbers are one higher.
    """
    per_chunk = max(1, round((seconds or settings.VIDEO_CHUNK_SECONDS) / plan.segment_seconds))
    count = max(1, round(plan.facts.duration / float(per_chunk * plan.segment_seconds)))
    return [
        Chunk(
            number,
            number * per_chunk * plan.segment_frames,
            number * per_chunk + (1 if number else 0),
            per_chunk if number < count - 1 else None,
        )
        for number in range(count)
    ]
