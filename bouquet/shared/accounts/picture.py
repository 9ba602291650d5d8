"""A picture that somebody sends becomes squares of our own making: nothing of the file that came is kept.

Re-encoding drops EXIF (where it was taken) and whatever else hides in a file; toolkit.pictures says what is read.
"""

from __future__ import annotations

import secrets
from io import BytesIO
from typing import BinaryIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from bouquet.shared.accounts.picture_names import WIDTHS, sized
from bouquet.toolkit.pictures import PictureRefused, open_picture

MAX_BYTES = 15 * 1024**2
SMALLEST = 96


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
    upright = open_picture(file, longest=1024)
    side = min(upright.size)
    if side < SMALLEST:
        raise PictureRefused(_("This picture is too small: send one of at least 96 by 96 points."))
    return ImageOps.fit(upright, (min(side, 1024),) * 2, Image.Resampling.LANCZOS)
