"""Pictures for tests: small, in every format, with all that a phone writes beside them."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image
from PIL.TiffImagePlugin import IFDRational
from pillow_heif import register_heif_opener

register_heif_opener()
PLACE = b"GPSLatitude-in-a-note"  # found in a file, it says that somebody's words are still in it


def exif(*, turned: int = 1) -> bytes:
    """A camera, a moment, a place."""
    notes = Image.Exif()
    notes[0x0112] = turned
    notes[0x010F], notes[0x0110] = "Canon", "Canon EOS R6"
    notes[0x010E] = PLACE.decode()
    notes.get_ifd(0x8769).update(
        {
            0x9003: "2024:08:15 07:42:10",
            0x9011: "+02:00",
            0x829A: IFDRational(1, 250),
            0x829D: IFDRational(28, 10),
            0x8827: 400,
            0xA434: "RF 35mm F1.8",
        }
    )
    notes.get_ifd(0x8825).update({1: "N", 2: (48.0, 51.0, 24.0), 3: "E", 4: (2.0, 21.0, 3.0)})
    return notes.tobytes()


def picture(form: str = "JPEG", size: tuple[int, int] = (64, 48), *, turned: int = 1, **more: Any) -> bytes:
    """Red on its left, blue on its right, before it is turned."""
    image = Image.new("RGB", size, "red")
    image.paste("blue", (size[0] // 2, 0, *size))
    out = BytesIO()
    image.save(out, form, exif=exif(turned=turned), **({"quality": 90} if form != "PNG" else {}) | more)
    return out.getvalue()


def bomb(side: int = 60_000) -> bytes:
    """A PNG of a few bytes whose head promises sides that no memory holds."""

    def part(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(b"\0" * 99)) + part(b"IEND", b"")


SVG = b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
BAD = {
    "empty": (b"", "empty"),
    "svg": (SVG, "SVG"),
    "text under a picture's name": (b"GIF? no: only words" * 9, "not a picture"),
    "bomb": (bomb(), "too many points"),
    "tiny": (picture(size=(8, 8)), "too small"),
}
