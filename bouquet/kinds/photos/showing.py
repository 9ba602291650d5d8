"""How a photo is asked for by a page: every form made of it, with its real widths, and its room on a page."""

from __future__ import annotations

from dataclasses import dataclass

from bouquet.kinds.photos.models import Photo

FIRST_SIZES = (320, 640, 1280)  # WebP, there as soon as a photo can be shown
TYPES = {"avif": "image/avif", "webp": "image/webp"}


@dataclass(frozen=True)
class Source:
    type: str
    srcset: str


def sources_of(photo: Photo) -> list[Source]:
    """The best first."""
    made = photo.asset.facts.get("sizes", {})
    widths = {"avif": made.get("avif", []), "webp": [*FIRST_SIZES, *made.get("webp", [])]}
    return [Source(TYPES[ending], _srcset(photo, ending, sides)) for ending, sides in widths.items() if sides]


def fallback_of(photo: Photo) -> str:
    """For browsers that know neither."""
    if photo.asset.facts.get("sizes", {}).get("jpg"):
        return photo.asset.poster_url(1280, "jpg")
    return photo.asset.poster_url(1280)


def _srcset(photo: Photo, ending: str, sides: list[int] | tuple[int, ...]) -> str:
    """`side` is the longer one; browsers ask by width. A size that was never reached is named by what it has."""
    width, height = photo.asset.width or 3, photo.asset.height or 2
    longest = max(width, height)
    found = {round(min(side, longest) * width / longest): side for side in sorted(sides, reverse=True)}
    return ", ".join(f"{photo.asset.poster_url(side, ending)} {points}w" for points, side in sorted(found.items()))
