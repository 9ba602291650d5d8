"""A picture that somebody sends becomes squares of our own making: nothing of the file that came is kept.

Re-encoding drops EXIF (where it was taken) and whatever else hides in a file. Only raster formats with bounded decoders
are read; the size in pixels is asked from the header, before anything is unpacked.
"""

from __future__ import annotations

import secrets
from io import BytesIO
from typing import BinaryIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError
from pillow_heif import register_heif_opener

from bouquet.shared.accounts.picture_names import WIDTHS, sized

register_heif_opener()
FORMATS = ["JPEG", "PNG", "WEBP", "GIF", "AVIF", "HEIF"]
MAX_BYTES = 15 * 1024**2
MAX_PIXELS = 50_000_000  # a phone's largest photos; four bytes each while it is read
SMALLEST = 96


class PictureRefused(ValueError):
    """Why this file cannot be a picture, as a sentence for the person who sent it."""


def keep_picture(file: BinaryIO, *, size: int) -> str:
    """Write the squares to the media folder; gives the name of the largest. Raises PictureRefused."""
    if size > MAX_BYTES:
        raise PictureRefused(_("This picture is too heavy: send one of at most 15 MB."))
    square = _square(file)
    folder = f"people/{secrets.token_urlsafe(12)}"
    for width in WIDTHS:
        out = BytesIO()
        square.resize((width, width), Image.Resampling.LANCZOS).save(out, "WEBP", quality=82, method=4)
        default_storage.save(f"{folder}/{width}.webp", ContentFile(out.getvalue()))
    return f"{folder}/{WIDTHS[-1]}.webp"


def drop_picture(name: str) -> None:
    if name:
        for width in WIDTHS:
            default_storage.delete(sized(name, width))


def _square(file: BinaryIO) -> Image.Image:
    try:
        with Image.open(file, formats=FORMATS) as image:
            _refuse_sizes(image)
            image.draft("RGB", (1024, 1024))  # JPEG: read at a fraction of its size
            upright = ImageOps.exif_transpose(image.convert("RGBA") if _is_see_through(image) else image.convert("RGB"))
    except PictureRefused:
        raise
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError, MemoryError):
        raise PictureRefused(
            _("This file is not a picture that we can read: send a JPEG, PNG, WebP, AVIF, GIF or HEIC.")
        ) from None
    side = min(upright.size)
    return ImageOps.fit(upright, (min(side, 1024),) * 2, Image.Resampling.LANCZOS)


def _refuse_sizes(image: Image.Image) -> None:
    if image.width * image.height > MAX_PIXELS:
        raise PictureRefused(_("This picture has too many points: send one of at most 50 megapixels."))
    if min(image.size) < SMALLEST:
        raise PictureRefused(_("This picture is too small: send one of at least 96 by 96 points."))


def _is_see_through(image: Image.Image) -> bool:
    return image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
