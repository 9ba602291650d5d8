"""One connection of the media door, in a thread of its own: requests are read, decided and answered in turn.

The socket blocks, and the kernel keeps the time (SO_RCVTIMEO, SO_SNDTIMEO): so a whole segment is one call.
"""

from __future__ import annotations

import logging
import socket
import struct
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from django.db import connections

from bouquet.shared.assets.delivery.addresses import Refused
from bouquet.shared.assets.delivery.answering import Answer
from bouquet.shared.assets.delivery.deciding import Asked, by_method, decide, refusal
from bouquet.shared.assets.media_door.limits import Limits
from bouquet.shared.assets.media_door.reading import Reading, Request
from bouquet.shared.assets.media_door.writing import PHRASES, head_of, send
from bouquet.shared.assets.store.bucket import StoreAway
from bouquet.shared.network.territory import territory_at

log = logging.getLogger("bouquet.assets")
PREFIXES = ("/m/", "/f/", "/media/")
TAKEN = 8192  # bytes received at once
LINGER = 1.0  # seconds in which who was refused may still send, so that a reset does not lose them the answer


class Line:
    """`waiting_since`: when its reader fell silent between two requests; 0 while one is read or answered."""

    def __init__(self, wire: socket.socket, client: str, limits: Limits, closing: Callable[[], bool]) -> None:
        self.wire, self.client, self.limits, self.closing = wire, client, limits, closing
        self.waiting_since = 0.0
        self._reading = Reading(limits.head_bytes)

    def run(self) -> None:
        """Until the reader leaves, is too slow, or has asked for the last time."""
        with suppress(OSError, StoreAway):
            self.wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.wire.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, _span(self.limits.send_seconds))
            self._wait_at_most(self.limits.idle_seconds)
            while requests := self._hear():
                for request in requests:
                    if not self._answer(request):
                        return self._see_out()

    def leave(self) -> None:
        """From another thread: nothing more is read. What has been asked is answered still."""
        with suppress(OSError):
            self.wire.shutdown(socket.SHUT_RD)

    def cut(self) -> None:
        """From another thread: at once."""
        with suppress(OSError):
            self.wire.shutdown(socket.SHUT_RDWR)

    # ── Hearing ──────────────────────────────────────────────────────────────────────────────────────────────────────
    def _hear(self) -> list[Request]:
        """The requests that have come whole; none: the reader has gone, or said nothing for too long."""
        self.waiting_since = time.monotonic()
        if self.closing():
            return []
        try:
            data = self.wire.recv(TAKEN)
        except BlockingIOError:
            return []
        finally:
            self.waiting_since = 0.0
        return (self._reading.feed(data) or self._hear_on()) if data else []

    def _hear_on(self) -> list[Request]:
        """The rest of a head that came in parts."""
        until = time.monotonic() + self.limits.head_seconds
        found: list[Request] = []
        while not found:
            self._wait_at_most(max(until - time.monotonic(), 0.001))
            try:
                data = self.wire.recv(TAKEN)
            except BlockingIOError:
                return [Request("GET", b"/", {}, stays=False, fault=408)]
            if not data:
                return []
            found = self._reading.feed(data)
        self._wait_at_most(self.limits.idle_seconds)
        return found

    def _wait_at_most(self, seconds: float) -> None:
        self.wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, _span(seconds))

    # ── Answering ────────────────────────────────────────────────────────────────────────────────────────────────────
    def _answer(self, request: Request) -> bool:
        """Whether the reader may ask for more."""
        answer = self._decided(request)
        stays = request.stays and answer.status < 500 and not self.closing()
        try:
            send(self.wire, head_of(answer, stays=stays, version=request.version), answer)
        finally:
            answer.close()
        return stays

    def _decided(self, request: Request) -> Answer:
        if request.fault:
            return _unread(request, request.fault)
        try:
            asked = Asked(request.method, request.path, request.headers, partial(self._here, request.headers))
            if asked.path.startswith(PREFIXES) or by_method(asked.method):
                return decide(asked)
            return refusal(Refused(404), asked)
        except ValueError:
            return _unread(request, 400)
        except Exception:
            log.exception("%s could not be answered", request.target)
            return _unread(request, 500)

    def _here(self, headers: dict[str, str]) -> str:
        """The reader's country. It may ask the database: no connection there is left open for each of our threads."""
        try:
            return territory_at(self.client, headers)
        finally:
            connections.close_all()

    def _see_out(self) -> None:
        """Our end is closed first, and what still comes is thrown away: closing over unread bytes would be a reset."""
        self.wire.shutdown(socket.SHUT_WR)
        self._wait_at_most(LINGER)
        until = time.monotonic() + LINGER
        while self.wire.recv(TAKEN) and time.monotonic() < until:
            pass


def _unread(request: Request, status: int) -> Answer:
    """For programs: nobody's browser sends what is answered so."""
    plain = by_method(request.method)
    if plain and plain.status == 405:
        return plain
    body = b"" if request.method == "HEAD" else f"{status} {PHRASES[status]}\n".encode()
    return Answer(status, {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"}, body)


def _span(seconds: float) -> bytes:
    """As the kernel takes it (struct timeval)."""
    return struct.pack("@ll", int(seconds), int(seconds % 1 * 1_000_000))
