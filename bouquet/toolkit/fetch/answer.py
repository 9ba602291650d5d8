"""Asking: redirects are followed by hand, each new address looked at as if a stranger had given it, which is so."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from urllib3.exceptions import HTTPError

from bouquet.toolkit.fetch.addresses import Target, target_of
from bouquet.toolkit.fetch.line import Leash, connect
from bouquet.toolkit.fetch.refusals import BadAnswer, TooLarge, TooSlow, Unreachable

REDIRECTS = 5
MOVED = {301, 302, 303, 307, 308}
PIECE = 128 * 1024
BROKEN = (OSError, HTTPException, HTTPError)
PASSING = {408, 425, 429, 500, 502, 503, 504}
# A line that brings less than this over a whole minute is given up.
SLOWEST, WINDOW = 4 * 1024, 60.0


@dataclass
class Answer:
    """What came back. Its body is read once, by `pieces`."""

    target: Target
    status: int
    headers: Mapping[str, str]
    _response: Any
    _leash: Leash

    @property
    def address(self) -> str:
        """Where it came from in the end, after all redirects."""
        return self.target.address

    @property
    def content_type(self) -> str:
        return self.headers.get("Content-Type", "").partition(";")[0].strip().lower()

    @property
    def length(self) -> int | None:
        """Bytes announced, or None."""
        said = self.headers.get("Content-Length", "")
        return int(said) if said.isascii() and said.isdigit() and len(said) < 19 else None

    def require_ok(self) -> None:
        if self.status in (200, 206):
            return
        if self.status in (404, 410):
            raise BadAnswer(_("Nothing is at this address any more (%(status)s).") % self._said, status=self.status)
        if self.status in (401, 403):
            raise BadAnswer(_("The other side does not let us in (%(status)s).") % self._said, status=self.status)
        passing = self.status in PASSING
        raise BadAnswer(_("The other side answered %(status)s.") % self._said, status=self.status, passing=passing)

    @property
    def _said(self) -> dict[str, int]:
        return {"status": self.status}

    def pieces(self, *, at_most: int, decode: bool = False) -> Iterator[bytes]:
        """The body, a piece at a time, `at_most` bytes of it (after decompression, where `decode`)."""
        packed = self.headers.get("Content-Encoding", "identity").strip().lower() not in ("", "identity")
        if packed and not decode:
            raise BadAnswer(_("The other side packed the file on its way, though it was asked not to."))
        if (self.length or 0) > at_most:
            raise too_large(self.length or 0, at_most)
        came, mark, marked_at = 0, 0, time.monotonic()
        while piece := self._next(decode):
            came += len(piece)
            if came > at_most:
                raise too_large(None, at_most)
            yield piece
            if time.monotonic() - marked_at > WINDOW:
                if came - mark < SLOWEST * WINDOW:
                    raise TooSlow(_("The other side sends too slowly."))
                mark, marked_at = came, time.monotonic()
        if self._leash.overdue:
            raise TooSlow(_("The other side took too long."))
        if self.length is not None and not packed and came < self.length:
            raise Unreachable(_("The connection broke before all had come."))

    def _next(self, decode: bool) -> bytes:
        with _in_words(self._leash):
            return self._response.read1(PIECE, decode_content=decode) or b""


def too_large(size: int | None, at_most: int) -> TooLarge:
    limit = {"limit": filesizeformat(at_most)}
    if size is None:
        return TooLarge(_("It is larger than the %(limit)s that are accepted.") % limit)
    words = {"size": filesizeformat(size), **limit}
    return TooLarge(_("It has %(size)s; at most %(limit)s are accepted.") % words)


@contextmanager
def opened(
    address: str,
    *,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    seconds: float = 60.0,
    redirects: int = REDIRECTS,
) -> Iterator[Answer]:
    """Ask for an address, within `seconds` for everything: names, redirects, headers, body. Raises FetchError."""
    until = time.monotonic() + seconds
    target = target_of(address)
    for _hop in range(redirects + 1):
        left = until - time.monotonic()
        if left <= 0:
            raise TooSlow(_("The other side took too long."))
        line, leash = connect(target, left)
        try:
            response = _ask(line, leash, target, method, headers or {})
            location = response.headers.get("Location", "")
            if response.status in MOVED and location:
                target = target_of(location, base=target.address)
                continue
            yield Answer(target, response.status, response.headers, response, leash)
            return
        finally:
            leash.release()
            line.close()
    raise BadAnswer(_("This address sends from one place to the next without end."))


def _ask(line: Any, leash: Leash, target: Target, method: str, headers: Mapping[str, str]) -> Any:
    ours = {
        "Host": target.authority,
        "User-Agent": f"Bouquet (+{settings.WAGTAILADMIN_BASE_URL}/)",
        "Accept": "*/*",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }
    with _in_words(leash):
        line.request(method, target.path, headers=ours | dict(headers), preload_content=False, decode_content=False)
        return line.getresponse()


@contextmanager
def _in_words(leash: Leash) -> Iterator[None]:
    """The many ways in which a line breaks, as one of two sentences."""
    try:
        yield
    except BROKEN as error:
        if leash.overdue or isinstance(error, TimeoutError) or "timed out" in str(error):
            raise TooSlow(_("The other side took too long.")) from error
        if "CERTIFICATE" in str(error).upper():
            raise Unreachable(_("The other side's certificate is not valid for its name.")) from error
        raise Unreachable(_("The connection broke.")) from error
