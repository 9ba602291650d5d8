"""What the probe found, typed. Kept in Asset.facts as JSON; every later step reads it from there."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from fractions import Fraction
from typing import Any


@dataclass(frozen=True)
class Picture:
    """The video stream."""

    index: int
    codec: str
    profile: str = ""
    level: int = 0  # as coded: 51 is 5.1 in H.264
    pix_fmt: str = ""
    depth: int = 8  # bits of one component
    chroma: str = "420"
    width: int = 0  # as coded
    height: int = 0
    aspect: str = "1:1"  # of one sample
    rotation: int = 0  # degrees clockwise to turn it for viewing, 0 90 180 270
    turned: bool = False  # has a display matrix that is not "as it is"
    frame_rate: str = "25/1"  # average
    base_rate: str = "25/1"  # the finest that expresses every timestamp
    variable: bool = False
    field_order: str = "progressive"
    transfer: str = ""
    primaries: str = ""
    matrix: str = ""
    full_range: bool = False
    bitrate: int = 0
    start: float = 0.0  # seconds after the file's own start
    duration: float = 0.0  # of the picture itself; 0: the container does not say
    keyframe_gap: float | None = None  # the longest, seconds; None: not known
    frame_gap: float | None = None
    whole_scan: bool = False  # the gaps hold for the whole file, not for its beginning
    plain_edits: bool = True  # no edit list that a copy would lose
    one_header: bool = True  # the same parameters from start to end

    @property
    def sample_aspect(self) -> Fraction:
        return _fraction(self.aspect.replace(":", "/")) or Fraction(1)

    @property
    def shown_size(self) -> tuple[int, int]:
        """Width and height as a viewer sees them: samples made square, turned upright."""
        width, height = self.width, self.height
        aspect = self.sample_aspect
        if aspect > 1:
            width = round(width * aspect)
        elif aspect < 1:
            height = round(height / aspect)
        return (height, width) if self.rotation in (90, 270) else (width, height)

    @property
    def rate(self) -> Fraction:
        return _fraction(self.frame_rate) or Fraction(25)

    @property
    def interlaced(self) -> bool:
        return self.field_order in ("tt", "bb", "tb", "bt")

    @property
    def high_dynamic_range(self) -> bool:
        return self.transfer in ("smpte2084", "arib-std-b67")

    @property
    def wide_gamut(self) -> bool:
        return self.primaries in ("bt2020", "smpte432", "smpte431") or self.high_dynamic_range


@dataclass(frozen=True)
class Sound:
    """One audio stream."""

    index: int
    codec: str
    profile: str = ""
    channels: int = 2
    sample_rate: int = 48000
    language: str = ""  # BCP 47, or nothing
    title: str = ""
    bitrate: int = 0
    start: float = 0.0
    duration: float = 0.0
    described: bool = False  # it also says what is to be seen (audio description)


@dataclass(frozen=True)
class Facts:
    demuxer: str
    duration: float
    bitrate: int
    picture: Picture
    sounds: tuple[Sound, ...] = field(default_factory=tuple)
    indexed: bool = True  # can be entered at any time without reading from the start

    @property
    def hold(self) -> float:
        """Seconds for which the last picture stands while the sound goes on."""
        if not self.picture.duration:
            return 0.0
        sounds = max((sound.start + sound.duration for sound in self.sounds), default=0.0)
        return max(0.0, sounds - self.picture.start - self.picture.duration)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Facts:
        picture, sounds = Picture(**data["picture"]), tuple(Sound(**each) for each in data["sounds"])
        return cls(**{**{name: data[name] for name in data}, "picture": picture, "sounds": sounds})


def _fraction(text: str) -> Fraction | None:
    try:
        value = Fraction(text)
    except (ValueError, ZeroDivisionError):
        return None
    return value if value > 0 else None
