"""The same picture without what it tells of its maker: where, when, with what, the names in it, the film behind it.

JPEG, PNG and WebP keep every point: their own parts stay, all others go, and what follows the picture's end goes too
(phones hide a second picture or a film there). How the camera was held stays, or the picture would lie on its side.
Other formats nest what they know deeper: their points are written anew, as a JPEG of high quality, or a PNG where
something shines through.

JPEG: ITU T.81 annex B. PNG: https://www.w3.org/TR/png-3/ · WebP: https://developers.google.com/speed/webp/docs/riff_container
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageOps

from bouquet.toolkit.pictures.reading import BROKEN, PictureRefused, open_picture, opened

ORIENTATION = 0x0112
NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
PNG_KEPT = {
    *(b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS"),
    *(b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"sBIT", b"pHYs", b"bKGD"),
}
WEBP_KEPT = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ICCP", b"ANIM", b"ANMF"}
ENDINGS = {"JPEG": ".jpg", "MPO": ".jpg", "PNG": ".png", "WEBP": ".webp"}


class _Odd(ValueError):
    """Its parts do not stand as the standard says."""


def clean_file(source: Path, target: Path) -> str:
    """Write the picture to `target` (another path); gives the ending its name should have. Raises PictureRefused."""
    with opened(source) as picture:
        form, turned = picture.format or "", _orientation(picture)
        shines_through = "A" in picture.getbands() or "transparency" in picture.info
    try:
        data = source.read_bytes()
        cleaned = {"JPEG": _jpeg, "MPO": _jpeg, "PNG": _png, "WEBP": _webp}[form](data, turned)
        target.write_bytes(cleaned)
        with opened(target):
            return ENDINGS[form]
    except (KeyError, _Odd, IndexError, struct.error, PictureRefused):
        return _written_anew(source, target, shines_through)


def _orientation(picture: Image.Image) -> int:
    try:
        value = picture.getexif().get(ORIENTATION, 1)
    except (*BROKEN, TypeError, AttributeError):
        return 1
    return value if isinstance(value, int) and 2 <= value <= 8 else 1


def _written_anew(source: Path, target: Path, shines_through: bool) -> str:
    if not shines_through:
        open_picture(source).save(target, "JPEG", quality=95, subsampling=0)
        return ".jpg"
    with opened(source) as picture:
        try:
            flat = ImageOps.exif_transpose(picture).convert("RGBA")
        except BROKEN as error:
            raise PictureRefused(str(error)) from error
        Image.frombytes("RGBA", flat.size, flat.tobytes()).save(target, "PNG")
    return ".png"


def _jpeg(data: bytes, turned: int) -> bytes:
    out = bytearray(b"\xff\xd8")
    if turned > 1:
        note = b"Exif\x00\x00" + _tiff(turned)
        out += b"\xff\xe1" + struct.pack(">H", len(note) + 2) + note
    for marker, part in _jpeg_parts(data):
        if marker == 0xE0 and part[4:9] == b"JFIF\x00":
            out += b"\xff\xe0\x00\x10" + part[4:16] + b"\x00\x00"  # without the small picture it may hold
        elif _jpeg_keeps(marker, part):
            out += part
    return bytes(out + b"\xff\xd9")


def _jpeg_keeps(marker: int, part: bytes) -> bool:
    if 0xE0 <= marker <= 0xEF:
        return part[4:16] == b"ICC_PROFILE\x00" or (marker == 0xEE and part[4:9] == b"Adobe")
    return marker != 0xFE


def _jpeg_parts(data: bytes) -> Iterator[tuple[int, bytes]]:
    """(marker, the whole part) up to the end of the first picture; a scan goes with its points."""
    place = 2
    while place < len(data) - 1:
        if data[place] != 0xFF:
            raise _Odd
        marker = data[place + 1]
        if marker == 0xFF:  # filling
            place += 1
            continue
        if marker == 0xD9:
            return
        if marker == 0x01 or 0xD0 <= marker <= 0xD8:
            place += 2
            continue
        end = place + 2 + struct.unpack_from(">H", data, place + 2)[0]
        if marker == 0xDA:
            following = NEXT_MARKER.search(data, end)
            end = following.start() if following else len(data)
        yield marker, data[place:end]
        place = end


def _png(data: bytes, turned: int) -> bytes:
    out, place = bytearray(PNG_SIGNATURE), len(PNG_SIGNATURE)
    while place + 12 <= len(data):
        length, name = struct.unpack_from(">I4s", data, place)
        end = place + 12 + length
        if end > len(data):
            raise _Odd
        if name in PNG_KEPT:
            out += data[place:end]
        if name == b"IHDR" and turned > 1:
            note = _tiff(turned)
            out += struct.pack(">I", len(note)) + b"eXIf" + note + struct.pack(">I", zlib.crc32(b"eXIf" + note))
        if name == b"IEND":
            return bytes(out)
        place = end
    raise _Odd


def _webp(data: bytes, turned: int) -> bytes:
    parts, place = bytearray(), 12
    while place + 8 <= len(data):
        name, length = struct.unpack_from("<4sI", data, place)
        end = place + 8 + length + length % 2
        part = bytearray(data[place:end])
        if name == b"VP8X":
            part[8] = part[8] & ~0x0C | (0x08 if turned > 1 else 0)  # no XMP, no Exif but ours
        if name in WEBP_KEPT:
            parts += part + b"\x00" * (end - place - len(part))
        place = end
    if turned > 1:
        note = _tiff(turned)
        parts += b"EXIF" + struct.pack("<I", len(note)) + note + b"\x00" * (len(note) % 2)
    return b"RIFF" + struct.pack("<I", len(parts) + 4) + b"WEBP" + bytes(parts)


def _tiff(turned: int) -> bytes:
    """Exif with one word in it: how the camera was held."""
    return b"II*\x00\x08\x00\x00\x00\x01\x00" + struct.pack("<HHIHHI", ORIENTATION, 3, 1, turned, 0, 0)
