"""An image asset: a picture of somebody's own, decoded with care and written in the widths that pages ask for."""

from __future__ import annotations

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from bouquet.shared.assets.models import Asset
from bouquet.shared.assets.pipeline.job import Job
from bouquet.shared.assets.pipeline.poster import WIDTHS, save_poster
from bouquet.shared.assets.pipeline.refusals import Refused

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
MOST_PIXELS = 50_000_000  # 200 MB once decoded


def make_picture(job: Job) -> None:
    """Raises Refused for what is no picture, or one that would take too much memory: the header says so first."""
    try:
        with Image.open(job.source, formats=FORMATS) as picture:
            width, height = picture.size
            if width * height > MOST_PIXELS:
                raise Refused(_("This picture has too many pixels. Send a smaller one."))
            picture.draft("RGB", (WIDTHS[-1] * 2, WIDTHS[-1] * 2))  # a JPEG is decoded at a fraction of its size
            upright = _flat(ImageOps.exif_transpose(picture))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Refused(_("This is not a picture we can read. Send a JPEG, PNG, WebP or GIF."), str(error)) from error
    Asset.objects.filter(pk=job.asset.pk).update(width=upright.width, height=upright.height)
    save_poster(job.asset, upright)


def _flat(picture: Image.Image) -> Image.Image:
    """RGB, transparent parts on white."""
    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return picture.convert("RGB")
    picture = picture.convert("RGBA")
    paper = Image.new("RGB", picture.size, "white")
    paper.paste(picture, mask=picture.getchannel("A"))
    return paper
