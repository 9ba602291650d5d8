"""Small things, whole and in memory: a feed, an API's answer, a picture. And: how large is it, before it is fetched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bouquet.toolkit.fetch.answer import opened
from bouquet.toolkit.fetch.refusals import FetchError

SMALL = 8 * 1024 * 1024


@dataclass(frozen=True)
class Content:
    """What was read, and from where in the end."""

    body: bytes
    address: str
    content_type: str
    headers: Mapping[str, str]
    status: int


@dataclass(frozen=True)
class Measure:
    size: int | None
    content_type: str
    address: str


def read(
    address: str, *, at_most: int = SMALL, seconds: float = 60.0, headers: Mapping[str, str] | None = None
) -> Content:
    """The whole body, unpacked, `at_most` bytes of it. 304 comes back with an empty body. Raises FetchError."""
    wanted = {"Accept-Encoding": "gzip", **(headers or {})}
    with opened(address, seconds=seconds, headers=wanted) as answer:
        if answer.status != 304:
            answer.require_ok()
        body = b"".join(answer.pieces(at_most=at_most, decode=True)) if answer.status != 304 else b""
        return Content(body, answer.address, answer.content_type, dict(answer.headers), answer.status)


def measure(address: str, *, seconds: float = 15.0) -> Measure:
    """Size and type by HEAD; where the other side knows no HEAD, by asking for one byte. Raises FetchError."""
    try:
        with opened(address, method="HEAD", seconds=seconds) as answer:
            answer.require_ok()
            return Measure(answer.length, answer.content_type, answer.address)
    except FetchError as refusal:
        if refusal.status not in (400, 403, 405, 501):
            raise
    with opened(address, headers={"Range": "bytes=0-0"}, seconds=seconds) as answer:
        answer.require_ok()
        whole = answer.headers.get("Content-Range", "").rpartition("/")[2]
        size = int(whole) if answer.status == 206 and whole.isascii() and whole.isdigit() else answer.length
        return Measure(size if answer.status == 200 or whole else None, answer.content_type, answer.address)
