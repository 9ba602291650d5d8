"""Headers of tus 1.0, read with suspicion, and the words in which a request is refused."""

from __future__ import annotations

import hashlib
import re
import zlib
from base64 import b64decode
from binascii import Error as NotBase64
from typing import Any, Protocol

from django.utils.translation import gettext as _

VERSION = "1.0.0"
EXTENSIONS = "creation,creation-with-upload,expiration,checksum,termination"
METADATA_MAX = 8 * 1024
CHECKSUM_MISMATCH = 460

Headers = dict[str, str]


class Refusal(Exception):
    """A request that is answered with problem+json. `detail` is a sentence that an uploader can show."""

    def __init__(self, status: int, title: str, detail: str = "", **headers: str) -> None:
        super().__init__(detail or title)
        self.status = status
        self.title = title
        self.detail = detail or title
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


class Digest(Protocol):
    def update(self, data: bytes, /) -> None: ...
    def digest(self) -> bytes: ...


class Crc32:
    """zlib's CRC-32 with the manners of hashlib; four bytes, the highest first."""

    def __init__(self) -> None:
        self._value = 0

    def update(self, data: bytes, /) -> None:
        self._value = zlib.crc32(data, self._value)

    def digest(self) -> bytes:
        return self._value.to_bytes(4, "big")


DIGESTS: dict[str, Any] = {
    "sha1": lambda: hashlib.sha1(usedforsecurity=False),
    "md5": lambda: hashlib.md5(usedforsecurity=False),
    "sha256": hashlib.sha256,
    "sha512": hashlib.sha512,
    "crc32": Crc32,
}


def headers_of(scope: dict[str, Any]) -> Headers:
    return {name.decode("latin-1").lower(): value.decode("latin-1").strip() for name, value in scope["headers"]}


def require_version(headers: Headers) -> None:
    if headers.get("tus-resumable") != VERSION:
        raise Refusal(
            412,
            _("Another version of the upload protocol"),
            _("Send the header “Tus-Resumable: %(version)s”.") % {"version": VERSION},
            Tus_Version=VERSION,
        )


def require_octets(headers: Headers) -> None:
    if headers.get("content-type", "").partition(";")[0].strip().lower() != "application/offset+octet-stream":
        raise Refusal(
            415, _("Not the body of an upload"), _("Send the bytes as “Content-Type: application/offset+octet-stream”.")
        )


def number(headers: Headers, name: str) -> int | None:
    """A header that holds a whole number of bytes, or None where it is missing. Raises Refusal 400 for nonsense."""
    value = headers.get(name.lower())
    if value is None:
        return None
    if not re.fullmatch(r"[0-9]{1,18}", value, re.ASCII):
        raise Refusal(400, _("A header is not valid"), _("“%(name)s” must be a number of bytes.") % {"name": name})
    return int(value)


def metadata_of(headers: Headers) -> dict[str, str]:
    """Upload-Metadata: pairs of a key and base64 of UTF-8, parted by commas."""
    text = headers.get("upload-metadata", "")
    if len(text) > METADATA_MAX:
        raise _bad_metadata()
    pairs: dict[str, str] = {}
    for pair in filter(None, (each.strip() for each in text.split(","))):
        key, _space, value = pair.partition(" ")
        if not re.fullmatch(r"[!-+\--~]{1,64}", key, re.ASCII) or key in pairs:
            raise _bad_metadata()
        try:
            pairs[key] = b64decode(value, validate=True).decode("utf-8")
        except (NotBase64, ValueError):
            raise _bad_metadata() from None
    return pairs


def checksum_of(headers: Headers) -> tuple[Digest, bytes] | None:
    """Upload-Checksum: the digest to feed and what it should come to, or None where no checksum was sent."""
    text = headers.get("upload-checksum")
    if text is None:
        return None
    name, _space, value = text.partition(" ")
    if name not in DIGESTS:
        raise Refusal(
            400,
            _("An unknown kind of checksum"),
            _("“%(name)s” is not offered; take one of %(offered)s.")
            % {"name": name[:20], "offered": ", ".join(DIGESTS)},
        )
    digest = DIGESTS[name]()
    try:
        wanted = b64decode(value, validate=True)
    except (NotBase64, ValueError):
        wanted = b""
    if len(wanted) != len(DIGESTS[name]().digest()):
        raise Refusal(
            400, _("A header is not valid"), _("“Upload-Checksum” must be the checksum's name and its base64.")
        )
    return digest, wanted


def _bad_metadata() -> Refusal:
    return Refusal(
        400,
        _("A header is not valid"),
        _("“Upload-Metadata” must be pairs of a key and base64 text, parted by commas, %(limit)s bytes at most.")
        % {"limit": METADATA_MAX},
    )
