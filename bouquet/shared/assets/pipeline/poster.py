"""The picture that stands for a video: the best of a few keyframes, in three widths, and a JPEG for other networks."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import transaction
from PIL import Image, ImageFilter, ImageStat

from bouquet.shared.assets.events import PosterMade
from bouquet.shared.assets.ffmpeg import EncoderFailed, input_arguments, run_ffmpeg
from bouquet.shared.assets.models import Asset
from bouquet.shared.assets.pipeline import graph, refusals
from bouquet.shared.assets.pipeline.job import Job
from bouquet.toolkit.events import announce
from bouquet.toolkit.ids import short_id
from bouquet.toolkit.pictures.cutting import MIDDLE, Point, cut_around

WIDTHS = (320, 640, 1280)
_SHARE = (1200, 630)  # Open Graph
_MOMENTS = (0.08, 0.25, 0.5)  # of the film


def make_poster(job: Job) -> None:
    """Raises Refused when not one picture of the file can be decoded."""
    if not job.asset.poster:
        save_poster(job.asset, job.picture or best_picture(job))


def best_picture(job: Job) -> Image.Image:
    """Decoded and chosen, not yet written. Raises Refused."""
    pictures = _pictures_at(job, [moment * job.facts.duration for moment in _MOMENTS], "nokey")
    pictures = pictures or _pictures_at(job, [0.0], "default")
    if not pictures:
        raise refusals.damaged("no picture could be decoded")
    return max(pictures, key=_interest)


def save_poster(
    asset: Asset, picture: Image.Image, *, point: Point = MIDDLE, more: Callable[[Path], None] | None = None
) -> None:
    """Write the files under a name never used before, then point the row at them and announce it.

    `point`: what the cut for other networks keeps in sight. `more` writes further files there before anybody looks.
    """
    name = f"{asset.uid}-{short_id()}"
    folder = Path(settings.MEDIA_ROOT) / "posters" / name
    folder.mkdir(parents=True)
    for width in WIDTHS:
        sized = picture.copy()
        sized.thumbnail((width, width), Image.Resampling.LANCZOS)
        sized.save(folder / f"{width}.webp", quality=80, method=2)
    tint = _tint(picture)
    _for_sharing(picture, tint, point).save(folder / "og.jpg", quality=82, optimize=True)
    if more is not None:
        more(folder)
    before = asset.poster
    with transaction.atomic():
        asset.poster, asset.tint = name, "#{:02x}{:02x}{:02x}".format(*tint)
        if not Asset.objects.filter(pk=asset.pk).update(poster=asset.poster, tint=asset.tint):
            shutil.rmtree(folder, ignore_errors=True)  # removed meanwhile
            return
        announce(PosterMade(asset_id=asset.pk))
    if before:
        shutil.rmtree(folder.parent / before, ignore_errors=True)


def _pictures_at(job: Job, moments: list[float], skip: str) -> list[Image.Image]:
    """One decoded picture near each moment; those that cannot be had are left out."""
    facts = job.facts
    width, height = _size(*facts.picture.shown_size)
    taken = [bytearray() for _ in moments]

    def arguments(pipes: list[str]) -> list[str]:
        words: list[str] = []
        for moment in moments:
            # The first decoder thread that has a keyframe is enough; more would only start and stop.
            before = ["-threads", "1", "-skip_frame", skip]
            if moment:
                before += ["-noaccurate_seek", "-ss", f"{moment:.3f}"]
            words += input_arguments(job.source, facts.demuxer, before=before)
        steps = [*graph.upright(facts.picture), *graph.scaled(facts.picture, width, height)]
        for number, pipe in enumerate(pipes):
            words += ["-map", f"{number}:{facts.picture.index}", "-vf", ",".join(steps), "-frames:v", "1"]
            words += ["-fps_mode", "passthrough", "-pix_fmt", "rgb24", "-f", "rawvideo", pipe]
        return words

    budget = width * height * 3 * (len(moments) + 1)
    try:
        run_ffmpeg(arguments, [each.extend for each in taken], limits=job.limits(seconds=5, output=budget))
    except EncoderFailed as error:
        if error.stopped or error.killed:
            raise
    whole = width * height * 3
    return [Image.frombytes("RGB", (width, height), bytes(each)) for each in taken if len(each) == whole]


def _size(width: int, height: int) -> tuple[int, int]:
    """The longer side at most 1280, never enlarged."""
    scale = min(1.0, WIDTHS[-1] / max(width, height))
    return max(2, round(width * scale / 2) * 2), max(2, round(height * scale / 2) * 2)


def _interest(picture: Image.Image) -> float:
    """Detail and contrast; black, white and plain frames lose."""
    small = picture.convert("L")
    small.thumbnail((256, 256))
    detail = ImageStat.Stat(small.filter(ImageFilter.FIND_EDGES)).mean[0]
    stat = ImageStat.Stat(small)
    middle = 1 - abs(stat.mean[0] - 118) / 137
    return (detail + stat.stddev[0]) * max(middle, 0.05)


def _tint(picture: Image.Image) -> tuple[int, int, int]:
    """Its most frequent colour."""
    small = picture.copy()
    small.thumbnail((64, 64))
    palette = small.quantize(6)
    counts = palette.histogram()
    colours = palette.getpalette() or [0, 0, 0]
    first = counts.index(max(counts)) * 3
    red, green, blue = colours[first : first + 3]
    return red, green, blue


def _for_sharing(picture: Image.Image, tint: tuple[int, int, int], point: Point) -> Image.Image:
    """1200 × 630: wide pictures are cut to it, upright ones stand whole on their own colour."""
    width, height = _SHARE
    if picture.height <= picture.width:
        return cut_around(picture, _SHARE, point).resize(_SHARE)
    scale = min(width / picture.width, height / picture.height)
    sized = picture.resize((max(1, round(picture.width * scale)), max(1, round(picture.height * scale))))
    card = Image.new("RGB", _SHARE, tint)
    card.paste(sized, ((width - sized.width) // 2, (height - sized.height) // 2))
    return card
