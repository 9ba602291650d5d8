"""How a film of the demo is described, and the few ways to make one (`film.py` does the making, in another process)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bouquet.config.demo import film
from bouquet.config.demo.sources import Source

Make = Callable[[Path], None]


@dataclass(frozen=True)
class DemoVideo:
    name: str  # of the file
    site: str
    by: str  # a handle; where the site has a channel and `desk` is set, the channel publishes
    title: str
    summary: str
    source: Source
    make: Make | None = None  # None: the source is the film itself
    desk: bool = False
    days: int = 0  # how long ago it was published
    likes: tuple[str, ...] = ()
    download: bool = False
    rating: int = 0


def drawn(name: str, track: str, seconds: int = 12) -> Make:
    return partial(_late, "drawing", name, track, seconds=seconds)


def still(picture: Source, track: str, **options: object) -> Make:
    return partial(_late, "drift", picture, track, **options)


def flight(map_: Source, track: str, start: str, end: str) -> Make:
    return partial(_late, "flight", map_, track, start=start, end=end)


def globe(map_: Source, track: str) -> Make:
    return partial(_late, "globe", map_, track)


def pattern(formula: str, track: str) -> Make:
    return partial(_late, "pattern", formula, track)


def _late(kind: str, first: object, track: str, out: Path, /, **options: object) -> None:
    getattr(film, kind)(first, track, out, **options)
