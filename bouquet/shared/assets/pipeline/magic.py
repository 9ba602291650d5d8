"""What a file is, by its first bytes alone: before any demuxer sees it, and whatever its name says.

Gives the one demuxer that may open it. A playlist, a picture, an archive or a text is refused here, unopened.
"""

from __future__ import annotations

from pathlib import Path

from bouquet.shared.assets.pipeline import refusals

_MOV = (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot", b"styp")
_LISTS = (
    b"#extm3u",
    b"#ext-x-",
    b"ffconcat",
    b"file '",
    b'file "',
    b"[playlist]",
    b"[reference]",
    b"<mpd",
    b"<smil",
    b"v=0",
)
_PICTURES = (
    (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"8BPS", b"\x00\x00\x01\x00\x01", b"<svg"),
    (b"heic", b"heix", b"mif1", b"msf1", b"avif", b"avis", b"crx "),
)
_ARCHIVES = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ",
    b"(\xb5/\xfd",
    b"MZ",
    b"\x7fELF",
)
_SOUNDS = {
    b"fLaC": "flac",
    b"ID3": "mp3",
    b"\xff\xfb": "mp3",
    b"\xff\xf3": "mp3",
    b"\xff\xf1": "aac",
    b"\xff\xf9": "aac",
}
_ASF = bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c")
_MXF = bytes.fromhex("060e2b34020501010d010201")


def recognise(path: Path) -> str:
    """The demuxer's name ("mov", "matroska"…). Raises Refused."""
    with path.open("rb") as file:
        head = file.read(65536)
    if not head:
        raise refusals.empty()
    if demuxer := _by_magic(head):
        return demuxer
    raise _what_else(head)


def _by_magic(head: bytes) -> str:
    if head[4:8] in _MOV:
        return "" if head[4:8] == b"ftyp" and head[8:12] in _PICTURES[1] else "mov"
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return "matroska"
    if head.startswith(b"RIFF") and head[8:11] == b"AVI":
        return "avi"
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        return "wav"
    for magic, demuxer in (
        (b"\x00\x00\x01\xba", "mpeg"),
        (b"\x00\x00\x01\xb3", "mpegvideo"),
        (b"FLV\x01", "flv"),
        (b"OggS", "ogg"),
        (_ASF, "asf"),
        (_MXF, "mxf"),
        (b"\x1f\x07\x00", "dv"),
        *_SOUNDS.items(),
    ):
        if head.startswith(magic):
            return demuxer
    return "mpegts" if _is_transport_stream(head) else ""


def _is_transport_stream(head: bytes) -> bool:
    """Packets of 188 bytes (192 on camcorders and Blu-ray) that each begin with 0x47, after at most one of junk."""
    for size, first in ((188, 0), (192, 4)):
        for start in range(first, first + size):
            marks = head[start : start + size * 5 : size]
            if len(marks) == 5 and marks == b"\x47" * 5:
                return True
    return False


def _what_else(head: bytes) -> refusals.Refused:
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith(_LISTS) or b"#extm3u" in text[:1024] or b"<mpd" in text[:1024]:
        return refusals.a_list_of_files()
    if head.startswith(_PICTURES[0]) or head[8:12] in _PICTURES[1] or head[8:12] == b"WEBP" or b"<svg" in text[:4096]:
        return refusals.a_picture()
    if head.startswith(_ARCHIVES) or head[257:262] == b"ustar":
        return refusals.an_archive()
    if head.startswith(b"%PDF") or _is_text(head):
        return refusals.a_document()
    if not any(head):
        return refusals.damaged("nothing but zeroes")
    return refusals.unknown()


def _is_text(head: bytes) -> bool:
    if b"\x00" in head:
        return False
    sample = head[:4096]
    readable = sum(byte in b"\t\n\r\x0c" or 32 <= byte < 127 or byte >= 0x80 for byte in sample)
    return readable > len(sample) * 0.95
