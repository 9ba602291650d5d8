"""Listens, gives each connection a thread, makes room where all are taken, and closes without breaking off what is
under way."""

from __future__ import annotations

import logging
import selectors
import socket
import threading
import time
from contextlib import suppress

from bouquet.shared.assets.media_door.limits import Limits
from bouquet.shared.assets.media_door.line import Line

log = logging.getLogger("bouquet.assets")
FULL = (
    b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 2\r\nCache-Control: no-store\r\n"
    b"Access-Control-Allow-Origin: *\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
)


class Door:
    """`run()` blocks until somebody calls `stop()`: another thread, or a signal."""

    def __init__(self, host: str, port: int, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._listening = _listen(host, port)
        self.port: int = self._listening.getsockname()[1]
        self._bell, self._rung = socket.socketpair()
        self._closing = False
        self._lines: set[Line] = set()
        self._lock = threading.Lock()  # of the set; and no line's socket is closed while another thread means it
        self._room = threading.Semaphore(self.limits.connections)

    @property
    def readers(self) -> int:
        return len(self._lines)

    def run(self) -> None:
        with selectors.DefaultSelector() as chosen:
            chosen.register(self._listening, selectors.EVENT_READ)
            chosen.register(self._rung, selectors.EVENT_READ)
            while not self._closing:
                if any(key.fileobj is self._listening for key, _events in chosen.select()):
                    self._let_in()
        self._close()

    def stop(self) -> None:
        self._closing = True
        with suppress(OSError):
            self._bell.send(b"!")

    # ── Coming ───────────────────────────────────────────────────────────────────────────────────────────────────────
    def _let_in(self) -> None:
        try:
            wire, address = self._listening.accept()
        except BlockingIOError:  # somebody who left before we looked
            return
        except OSError as error:
            log.error("A reader could not be let in: %s", error)
            return time.sleep(0.1)  # too many open files, mostly: some are closed soon
        wire.setblocking(True)
        if not (self._room.acquire(blocking=False) or self._make_room()):
            return _turn_away(wire)
        line = Line(wire, address[0], self.limits, lambda: self._closing)
        with self._lock:
            self._lines.add(line)
        try:
            threading.Thread(target=self._serve, args=(line,), name="reader", daemon=True).start()
        except RuntimeError as error:  # the system gives no more threads
            log.error("A reader could not be let in: %s", error)
            self._forget(line)

    def _make_room(self) -> bool:
        """Who has been silent longest between two requests leaves for the newcomer."""
        with self._lock:
            silent = min((line for line in self._lines if line.waiting_since), key=_since, default=None)
            if silent is None:
                return False
            silent.leave()
        return self._room.acquire(timeout=self.limits.room_seconds)

    def _serve(self, line: Line) -> None:
        try:
            line.run()
        finally:
            self._forget(line)

    def _forget(self, line: Line) -> None:
        with self._lock:
            self._lines.discard(line)
            line.wire.close()
        self._room.release()

    # ── Closing ──────────────────────────────────────────────────────────────────────────────────────────────────────
    def _close(self) -> None:
        self._listening.close()
        with self._lock:
            for line in self._lines:
                if line.waiting_since:
                    line.leave()
        until = time.monotonic() + self.limits.leaving_seconds
        while self._lines and time.monotonic() < until:
            time.sleep(0.02)
        with self._lock:
            for line in self._lines:
                line.cut()
        self._bell.close()
        self._rung.close()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    both = host == "::" and socket.has_dualstack_ipv6()
    listening = socket.create_server((host, port), family=family, backlog=1024, dualstack_ipv6=both)
    listening.setblocking(False)
    return listening


def _since(line: Line) -> float:
    return line.waiting_since


def _turn_away(wire: socket.socket) -> None:
    with wire, suppress(OSError):
        wire.setblocking(False)
        wire.send(FULL)
        wire.shutdown(socket.SHUT_WR)
        wire.recv(8192)  # what has been asked already: closing over it would be a reset
