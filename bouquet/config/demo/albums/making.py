"""What a demo album is written with: photos of free sources, pieces of large maps, and stills of the drawings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image

from bouquet.config.demo import sources as s
from bouquet.config.demo.drawings import DRAWINGS
from bouquet.config.demo.sources import Source

LONGEST = 1800


@dataclass(frozen=True)
class DemoPhoto:
    caption: str
    shows: str
    make: Callable[[], Image.Image]
    source: Source
    focus: tuple[int, int] = (50, 50)


@dataclass(frozen=True)
class DemoAlbum:
    site: str
    by: str  # a handle
    title: str
    summary: str
    category: str
    tags: tuple[str, ...]
    photos: tuple[DemoPhoto, ...]
    days: float
    credit: str
    licence: str = "reserved"
    desk: bool = False  # in the name of the site
    download: bool = False
    cover: int = 0
    likes: tuple[str, ...] = ()
    inside: str = ""  # the article in which it stands, too


def photo(caption: str, shows: str, source: Source, *box: float, focus: tuple[int, int] = (50, 50)) -> DemoPhoto:
    """`box`: left, top, right, bottom of the piece that is shown, as shares of the whole."""

    def make() -> Image.Image:
        with Image.open(source.file) as whole:
            width, height = whole.size
            sides = [round(share * side) for share, side in zip(box or (0, 0, 1, 1), (width, height) * 2, strict=True)]
            return _sized(whole.convert("RGB").crop((sides[0], sides[1], sides[2], sides[3])))

    return DemoPhoto(caption, shows, make, source, focus)


def drawn(caption: str, shows: str, name: str, at: float, *box: float, focus: tuple[int, int] = (50, 50)) -> DemoPhoto:
    """A still of one of the demo's drawings at a moment, or a piece of it."""

    def make() -> Image.Image:
        still = DRAWINGS[name](at).convert("RGB")
        left, top, right, bottom = box or (0, 0, 1, 1)
        piece = (left * still.width, top * still.height, right * still.width, bottom * still.height)
        cut = still.crop(tuple(round(side) for side in piece))  # type: ignore[arg-type]
        return _sized(cut.resize((cut.width * 3 // 2, cut.height * 3 // 2), Image.Resampling.LANCZOS))

    return DemoPhoto(caption, shows, make, s.DRAWN, focus)


def _sized(image: Image.Image) -> Image.Image:
    longest = max(image.size)
    if longest < 1100:  # the sources are small, and a wall wants some points
        return image.resize((round(image.width * 1100 / longest), round(image.height * 1100 / longest)))
    image.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    return image
