"""Opening a picture of a stranger's: its head first, and what it unpacks to is known before a point is decoded."""

from __future__ import annotations

import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError
from pillow_heif import register_heif_opener

register_heif_opener()
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "HEIF", "GIF")  # raster formats whose decoders are bounded
MOST_BYTES = 60 * 1024**2
MOST_PIXELS = 65_000_000  # the largest sensors of phones, unfolded; 200 MB while it is read
LEAST_SIDE = 16
MOST_SIDE = 30_000
BROKEN = (OSError, ValueError, SyntaxError, EOFError, struct.error, zlib.error, MemoryError, OverflowError, KeyError)
File = BinaryIO | Path


class PictureRefused(ValueError):
    """Why this file cannot be a picture here, as a sentence for the person who sent it."""


def check_picture(file: Any, size: int | None = None, *, least: int = LEAST_SIDE) -> str:
    """The name of its format; the file stands at its beginning again. Only its head is read. Raises PictureRefused.

    `least`: points that each side needs.
    """
    if size is not None and size <= 0:
        raise PictureRefused(_("This file is empty. Choose it again, or export it again."))
    if size is not None and size > MOST_BYTES:
        raise PictureRefused(_("This picture is too heavy: send one of at most 60 MB."))
    with opened(file) as picture:
        if min(picture.size) < least:
            raise PictureRefused(_too_small(least))
        return picture.format or ""


def open_picture(file: File, *, longest: int | None = None) -> Image.Image:
    """Decoded, upright, RGB in sRGB, transparent parts on white, without a word of what else was in the file.

    `longest`: how long a side is needed; a JPEG is then read at a fraction of its size. Raises PictureRefused.
    """
    with opened(file) as picture:
        try:
            if longest:
                picture.draft("RGB", (longest, longest))
            profile = picture.info.get("icc_profile")
            upright = ImageOps.exif_transpose(picture)
            return _in_srgb(_flat(upright), profile)
        except (*BROKEN, Image.DecompressionBombError) as error:
            raise PictureRefused(
                _("The end of this picture is missing, or it is damaged. Send it again, or export it again.")
            ) from error


@contextmanager
def opened(file: File) -> Iterator[Image.Image]:
    """Its head is read, its sides are in bounds, nothing is decoded. Raises PictureRefused."""
    head = _head_of(file)
    if not head:
        raise PictureRefused(_("This file is empty. Choose it again, or export it again."))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(file, formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise _too_many_points() from error
    except (UnidentifiedImageError, *BROKEN) as error:
        raise _unknown(head) from error
    try:
        if picture.width * picture.height > MOST_PIXELS or max(picture.size) > MOST_SIDE:
            raise _too_many_points()
        if min(picture.size) < LEAST_SIDE:
            raise PictureRefused(_too_small(LEAST_SIDE))
        yield picture
    finally:
        if isinstance(file, Path):
            picture.close()
        else:
            file.seek(0)


def _head_of(file: File) -> bytes:
    if isinstance(file, Path):
        with file.open("rb") as opened_file:
            return opened_file.read(1024)
    file.seek(0)
    head = file.read(1024)
    file.seek(0)
    return head


def _too_many_points() -> PictureRefused:
    return PictureRefused(_("This picture has too many points: send one of at most 65 megapixels."))


def _unknown(head: bytes) -> PictureRefused:
    if b"<svg" in head.lower():
        return PictureRefused(
            _("SVG drawings are not taken: they can hold programs. Export it as a PNG and send that one.")
        )
    return PictureRefused(_("This is not a picture that we can read: send a JPEG, PNG, WebP, AVIF or HEIC."))


def _flat(picture: Image.Image) -> Image.Image:
    """RGB; transparent parts on white, sixteen bits brought down to eight."""
    if picture.mode.startswith("I"):
        picture = picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return picture.convert("RGB")
    picture = picture.convert("RGBA")
    paper = Image.new("RGB", picture.size, "white")
    paper.paste(picture, mask=picture.getchannel("A"))
    return paper


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """A phone's wide colours as every screen shows them. A profile that cannot be read, or is another mode's, is
    left aside."""
    clean = Image.frombytes("RGB", picture.size, picture.tobytes())
    if not profile:
        return clean
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        if source.profile.xcolor_space.strip() != "RGB" or "sRGB" in (source.profile.profile_description or ""):
            return clean
        made = ImageCms.profileToProfile(clean, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return clean
    return Image.frombytes("RGB", made.size, made.tobytes()) if made is not None else clean


def _too_small(least: int) -> str:
    return _("This picture is too small: each side needs %(number)s points at least.") % {"number": least}
