"""Which file an address means, what it is, and how long it may be kept."""

from __future__ import annotations

import mimetypes
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from os.path import splitext
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from bouquet.shared.assets.delivery.addresses import Refused, Signed, check_original, check_stream
from bouquet.shared.network.territory import says_the_proxy

TYPES = {
    ".m3u8": "application/vnd.apple.mpegurl",
    ".mpd": "application/dash+xml",
    ".m4s": "video/iso.segment",
    ".mp4": "video/mp4",
    ".m4a": "audio/mp4",
    ".vtt": "text/vtt; charset=utf-8",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".woff2": "font/woff2",
}
YEAR = 365 * 24 * 3600
# A file of strangers must never act as a page of ours, whatever it holds.
INERT = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
}
ANY_PAGE = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Content-Length, Content-Range, Date, ETag",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Timing-Allow-Origin": "*",
}
FOR_ANY_PAGE = INERT | ANY_PAGE


@dataclass(frozen=True)
class Place:
    """A file that may be given. `packed`: the same, compressed beforehand, by name of the encoding. `lasting`: what has
    this name never changes, so that a server may open it again a moment later. `stored`: its key in the object store,
    to be asked for where it is not here; `why`: what to say where it is nowhere."""

    file: Path
    type: str
    keep: str
    headers: dict[str, str] = field(default_factory=dict)
    packed: dict[str, Path] = field(default_factory=dict)
    lasting: bool = False
    stored: str = ""
    why: tuple[Any, ...] = ()


Here = Callable[[], str]
PLAIN = re.compile(r"[\w./-]{1,300}", re.ASCII)  # every name that we give a file; a store is asked for no other


def place_of(path: str, here: Here) -> Place:
    """The file behind an address. `here` is asked for the reader's country where the address is for one.

    Reads no row; looks at no file but playlists and originals. Raises Refused.
    """
    root, _slash, rest = path.lstrip("/").partition("/")
    return PLACES[root](path, rest, here)


def _stream(path: str, _rest: str, here: Here) -> Place:
    signed = check_stream(path)
    limits = _limits(signed, here)
    file = below(settings.STREAMS_ROOT, signed.asset_uid, signed.path)
    suffix = suffix_of(signed.path)
    left = max(0, signed.expires - int(time.time()))  # a cache must not outlive what was allowed
    life = f"max-age={_playlist_life(file)}" if suffix == ".m3u8" else f"max-age={left}, immutable"
    keep = f"private, {life}" if signed.territory is not None and not limits else f"public, {life}"
    # Where films move on to an object store, what was here a moment ago may be there now.
    lasting = suffix in (".m4s", ".mp4") and not settings.OBJECT_STORE
    stored = _stored(f"streams/{signed.asset_uid}/{signed.path}")
    return Place(file, type_of(signed.path), keep, FOR_ANY_PAGE | limits, lasting=lasting, stored=stored)


def _stored(key: str) -> str:
    return key if settings.OBJECT_STORE and PLAIN.fullmatch(key) else ""


def _limits(signed: Signed, here: Here) -> dict[str, str]:
    """A cache that others share may keep what is for one country only where it sees, by a header, who comes from it."""
    if signed.territory is None:
        return {}
    signed.require(here())
    header = says_the_proxy()
    return {"Vary": header} if header else {}


def _playlist_life(playlist: Path) -> int:
    """One second while it can change: a growing one, and the multivariant one that gains renditions."""
    try:
        with playlist.open("rb") as file:
            file.seek(-64, 2) if playlist.stat().st_size > 64 else None
            return 300 if b"#EXT-X-ENDLIST" in file.read() else 1
    except OSError:  # in the object store there are only those that ended; the multivariant one may still gain by AV1
        return 300 if settings.OBJECT_STORE and playlist.name == "index.m3u8" else 1


def _original(path: str, _rest: str, here: Here) -> Place:
    signed = check_original(path)
    _limits(signed, here)
    file, inside = Path(settings.UPLOADS_ROOT) / signed.asset_uid / "source", "originals"
    if settings.ORIGINALS_ARCHIVE and not file.is_file():
        file, inside = Path(settings.ORIGINALS_ARCHIVE) / signed.asset_uid / "source", "archived"
    headers = INERT | {"Content-Disposition": attachment(signed.path)}
    gone = _("The original of this film is not kept any more, or cannot be reached at the moment.")
    if not file.is_file():
        if stored := _stored(f"originals/{signed.asset_uid}/source"):
            return Place(file, type_of(signed.path), "private, no-store", headers, stored=stored, why=(gone,))
        raise Refused(404, gone)
    if settings.X_ACCEL:  # nginx in front sends the bytes: only the decision is ours
        headers["X-Accel-Redirect"] = f"/{inside}/{signed.asset_uid}/source"
    return Place(file, type_of(signed.path), "private, no-store", headers)


POSTER = re.compile(r"posters/[1-9A-Za-z]{22}-[1-9A-Za-z]+/(?:[0-9]+\.(?:webp|avif|jpg)|og\.jpg)")


def _media(_path: str, rest: str, _here: Here) -> Place:
    if rest.startswith("documents/"):  # the editors' desk gives these itself, to who may have them
        raise Refused(404)
    file = below(settings.MEDIA_ROOT, "", rest)
    lasting = rest.startswith(("posters/", "images/"))  # a new picture gets a new name
    keep = f"public, max-age={YEAR}, immutable" if lasting else "public, max-age=86400"
    stored = _stored(rest) if POSTER.fullmatch(rest) else ""
    return Place(file, type_of(rest), keep, FOR_ANY_PAGE, stored=stored)


HASHED = re.compile(r"\.[0-9a-f]{12}\.[\w.]+$|-[\w-]{8}\.[\w.]+$")


def _static(_path: str, rest: str, _here: Here) -> Place:
    file = below(settings.STATIC_ROOT, "", rest)
    keep = f"public, max-age={YEAR}, immutable" if HASHED.search(file.name) else "public, max-age=86400"
    packed = {"br": file.with_name(f"{file.name}.br"), "gzip": file.with_name(f"{file.name}.gz")}
    headers = {"X-Content-Type-Options": "nosniff", "Access-Control-Allow-Origin": "*"}
    return Place(file, type_of(rest), keep, headers, packed)


PLACES = {"m": _stream, "f": _original, "media": _media, "static": _static}


def below(root: str | Path, folder: str, path: str) -> Path:
    """`path` inside the folder of that root: no step up, no hidden file, nothing but plain names."""
    if "\\" in path or "\x00" in path or any(not name or name[0] == "." for name in path.split("/")):
        raise Refused(404)
    return Path(root, folder, path)  # one call: pathlib's steps are the dearest part of an answer


def suffix_of(path: str) -> str:
    return splitext(path)[1].lower()


def type_of(name: str) -> str:
    suffix = suffix_of(name)
    return TYPES.get(suffix) or mimetypes.types_map.get(suffix) or "application/octet-stream"


def attachment(name: str) -> str:
    """Content-Disposition (RFC 6266): plain letters for old clients, every letter (RFC 5987) for the rest."""
    plain = "".join(each if each.isascii() and each.isprintable() and each not in '"\\%' else "_" for each in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
