"""A media door in a thread of the test, and readers who speak to it byte by byte."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from bouquet.shared.assets.media_door.door import Door
from bouquet.shared.assets.media_door.limits import Limits
from bouquet.shared.assets.tests.caller import Reply


@contextmanager
def opened(limits: Limits | None = None) -> Iterator[Door]:
    door = Door("127.0.0.1", 0, limits)
    running = threading.Thread(target=door.run)
    running.start()
    try:
        yield door
    finally:
        door.stop()
        running.join(timeout=10)
        assert not running.is_alive()


class Reader:
    """One connection. `raw` sends as it is; `ask` sends a request; `hear` reads one answer."""

    def __init__(self, door: Door, *, receives: int = 0) -> None:
        self.wire = socket.socket()
        if receives:
            self.wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receives)
        self.wire.settimeout(10)
        self.wire.connect(("127.0.0.1", door.port))
        self._came = bytearray()

    def raw(self, data: bytes) -> Reader:
        self.wire.sendall(data)
        return self

    def ask(self, method: str, path: str, **headers: str) -> Reader:
        lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
        return self.raw(f"{method} {path} HTTP/1.1\r\nHost: video.bouquet.localhost\r\n{lines}\r\n".encode())

    def hear(self, *, body: bool = True) -> Reply:
        while b"\r\n\r\n" not in self._came:
            self._take()
        head, _end, self._came = self._came.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, _colon, value in (line.partition(": ") for line in lines)}
        reply = Reply(int(first.split()[1]), headers)
        size = int(headers.get("content-length", 0)) if body and reply.status != 304 else 0
        while len(self._came) < size:
            self._take()
        reply.body = bytes(self._came[:size])
        del self._came[:size]
        return reply

    def has_ended(self) -> bool:
        """The door has closed, and nothing more came."""
        return not self._came and not self.wire.recv(1)

    def close(self) -> None:
        self.wire.close()

    def _take(self) -> None:
        piece = self.wire.recv(65536)
        assert piece, f"the door hung up after {self._came!r}"
        self._came += piece


def nobody_left(door: Door, seconds: float = 5) -> bool:
    until = time.monotonic() + seconds
    while door.readers and time.monotonic() < until:
        time.sleep(0.01)
    return not door.readers
