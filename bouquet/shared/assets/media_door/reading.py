"""Bytes of a connection as requests. httptools (Node's llhttp) reads them, strictly; we take heads without bodies only.

Nothing that follows a request with a body, an error or an upgrade is ever read as a request: another server before us
cannot be made to see other requests than we do (CWE-444).
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from httptools import HttpParserError, HttpParserInvalidURLError, HttpParserUpgrade, HttpRequestParser, parse_url


@dataclass
class Request:
    """`stays`: its reader may ask for more afterwards. `fault`: the status with which it is refused unseen."""

    method: str
    target: bytes
    headers: dict[str, str]
    version: str = "1.1"
    stays: bool = True
    fault: int = 0

    @property
    def path(self) -> str:
        """Decoded, without its query. ValueError where there is none."""
        target = self.target
        if not target.startswith((b"/", b"*")):
            try:
                target = parse_url(target).path or b"/"
            except HttpParserInvalidURLError as error:
                raise ValueError(error) from None
        return unquote_to_bytes(target.partition(b"?")[0]).decode("utf-8", "replace")


class Reading:
    """One connection's. `over`: the last request has been read, whatever else comes."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._parser = HttpRequestParser(self)
        self._found: list[Request] = []
        self._target = b""
        self._headers: dict[str, str] = {}
        self._size = 0  # of the head that is being read
        self._waiting = 0  # bytes that have come since the last whole head
        self.over = False

    def feed(self, data: bytes) -> list[Request]:
        """The requests whose heads are whole by now, in the order in which they came."""
        self._found = []
        try:
            self._parser.feed_data(data)
        except HttpParserUpgrade:  # we offer none (RFC 9110 §7.8): answered as any other, and the last one
            self._end()
        except HttpParserError:
            self._refuse(400)
        self._waiting = 0 if self._found else self._waiting + len(data)
        if self._waiting > self._most:
            self._refuse(431)
        return self._found

    def _end(self) -> None:
        self.over = True
        if self._found:
            self._found[-1].stays = False

    def _refuse(self, fault: int) -> None:
        if not self.over:
            self._found.append(Request("GET", b"/", {}, stays=False, fault=fault))
        self.over = True

    # ── What httptools calls ─────────────────────────────────────────────────────────────────────────────────────────
    def on_message_begin(self) -> None:
        self._target, self._headers, self._size = b"", {}, 0

    def on_url(self, piece: bytes) -> None:
        self._target += piece
        self._size += len(piece)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._headers[name.decode("latin-1").lower()] = value.decode("latin-1")
        self._size += len(name) + len(value) + 4

    def on_headers_complete(self) -> None:
        if self.over:
            return
        parser = self._parser
        found = Request(parser.get_method().decode("latin-1"), self._target, self._headers, parser.get_http_version())
        found.fault = self._fault() if found.version in ("1.1", "1.0") else 505
        found.stays = parser.should_keep_alive() and not found.fault
        self._found.append(found)
        self.over = not found.stays

    def _fault(self) -> int:
        if self._size > self._most:
            return 431
        if "transfer-encoding" in self._headers:
            return 400
        return 413 if self._headers.get("content-length", "0").strip("0") else 0
