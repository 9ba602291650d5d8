"""An image asset: decoded with care, its original freed of what it tells, written in the widths that pages ask for.

What hangs in a gallery is written in more forms (AVIF for nearly everybody, WebP, one JPEG for who has neither).
"""

from __future__ import annotations

import os
from pathlib import Path, PurePath
from typing import Any

from PIL import Image

from bouquet.shared.assets.models import Asset
from bouquet.shared.assets.pipeline.job import Job
from bouquet.shared.assets.pipeline.poster import save_poster
from bouquet.shared.assets.pipeline.refusals import Refused
from bouquet.toolkit.pictures import PictureRefused, clean_file, facts_of, open_picture
from bouquet.toolkit.pictures.cutting import Point

LARGEST = 2048
# The longer side in points, by the ending of the file; WebP in 320, 640 and 1280 is there already (poster.py).
SIZES: dict[str, tuple[int, ...]] = {"avif": (640, 1280, LARGEST), "webp": (LARGEST,), "jpg": (1280,)}
HOW: dict[str, dict[str, Any]] = {"avif": {"quality": 58, "speed": 8}, "webp": {"quality": 80}, "jpg": {"quality": 84}}


def make_picture(job: Job) -> None:
    """Raises Refused for what is no picture, or one that would take too much memory: the header says so first."""
    asset, source = job.asset, job.source
    try:
        upright = open_picture(source, longest=LARGEST * 2)
        if "picture" not in asset.facts:  # read before it is taken out of the file, kept before that too
            asset.facts = asset.facts | {"picture": facts_of(source)}
            Asset.objects.filter(pk=asset.pk).update(facts=asset.facts)
        cleaned = source.with_name("cleaned")
        ending = clean_file(source, cleaned)
    except PictureRefused as refused:
        raise Refused(str(refused), str(refused.__cause__ or "")) from refused
    os.replace(cleaned, source)
    asset.filename, asset.size = _name(asset.filename, ending), source.stat().st_size
    asset.width, asset.height = sides_of(source)
    asset.save(update_fields=["filename", "size", "width", "height"])
    save_poster(asset, upright, point=_point(asset))


def make_sizes(job: Job) -> None:
    """The forms of a picture that hangs in a gallery; nothing for others."""
    asset = job.asset
    if not asset.facts.get("gallery"):
        return
    picture = open_picture(job.source, longest=LARGEST * 2)
    write_sizes(asset.poster_folder, picture)
    asset.facts = asset.facts | {"sizes": {ending: list(widths) for ending, widths in _sizes_for(picture)}}
    Asset.objects.filter(pk=asset.pk).update(facts=asset.facts)


def make_anew(asset: Asset, source: Path) -> None:
    """All of it under another name: what matters in the picture has been said, and its cuts keep that in sight."""
    picture = open_picture(source, longest=LARGEST * 2)
    more = (lambda folder: write_sizes(folder, picture)) if asset.facts.get("sizes") else None
    save_poster(asset, picture, point=_point(asset), more=more)


def write_sizes(folder: Path, picture: Image.Image) -> None:
    for ending, sides in _sizes_for(picture):
        for side in sides:
            sized = picture.copy()
            sized.thumbnail((side, side), Image.Resampling.LANCZOS)
            sized.save(folder / f"{side}.{ending}", **HOW[ending])


def _sizes_for(picture: Image.Image) -> list[tuple[str, tuple[int, ...]]]:
    """None twice: a picture of 900 points is written once at its own size, under the next name."""
    longest = max(picture.size)
    kept = []
    for ending, sides in SIZES.items():
        enough = [side for number, side in enumerate(sides) if number == 0 or sides[number - 1] < longest]
        kept.append((ending, tuple(side for side in enough if ending != "webp" or longest > 1280)))
    return kept


def sides_of(source: Path) -> tuple[int, int]:
    """As it is shown: turned upright. Of the whole picture, of which less may have been read."""
    with Image.open(source) as picture:
        turned = picture.getexif().get(0x0112, 1) in (5, 6, 7, 8)
        return (picture.height, picture.width) if turned else picture.size


def _point(asset: Asset) -> Point:
    x, y = asset.facts.get("point", (0.5, 0.5))
    return x, y


def _name(filename: str, ending: str) -> str:
    """“IMG_2031.HEIC” is kept as a JPEG: it is named as what it is."""
    stem = PurePath(filename).stem or "picture"
    right = PurePath(filename).suffix.lower() in {ending, ".jpeg" if ending == ".jpg" else ending}
    return filename if right else f"{stem[:200]}{ending}"
