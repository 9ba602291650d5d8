"""The readers of `bouquet bench serve`, run by its path as a process of its own: the standard library only.

One thread, many connections (epoll). The body of an answer is thrown away in the kernel (MSG_TRUNC on a TCP socket,
tcp(7)): what is measured is the server, not how fast Python copies.
"""

from __future__ import annotations

import json
import resource
import selectors
import socket
import sys
import time

TAKEN = 1 << 22  # bytes thrown away by one call at most


class Reader:
    """One connection that asks for one file after another."""

    def __init__(self, port: int, paths: list[str], first: int) -> None:
        self.port, self.paths, self.next = port, paths, first
        self.line = socket.create_connection(("127.0.0.1", port))
        self.line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.left = 0
        self.head = b""
        self.asked_at = 0.0

    def ask(self) -> None:
        path = self.paths[self.next % len(self.paths)]
        self.next += 1
        self.left, self.head, self.asked_at = 0, b"", time.perf_counter()
        self.line.sendall(f"GET {path} HTTP/1.1\r\nHost: bench.bouquet.localhost\r\n\r\n".encode())

    def take(self, buffer: bytearray) -> int:
        """Bytes of a body that came whole, else 0."""
        if not self.left:
            return self._take_head()
        came = self.line.recv_into(buffer, min(self.left, TAKEN), socket.MSG_TRUNC)
        if not came:
            raise RuntimeError(f"The server hung up with {self.left} bytes to go.")
        self.left -= came
        return 0 if self.left else self.size

    def _take_head(self) -> int:
        piece = self.line.recv(2048)
        self.head += piece
        head, end, body = self.head.partition(b"\r\n\r\n")
        if not end:
            if not piece:
                raise RuntimeError(f"The server hung up: {self.head!r}")
            return 0
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(head.decode("latin-1"))
        lines = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:])
        self.size = int(lines[b"content-length"])
        self.left = self.size - len(body)
        return 0 if self.left else self.size


def fetch(port: int, connections: int, seconds: float, paths: list[str]) -> dict[str, float]:
    """Ask without a pause for that long; what is under way at the end does not count."""
    readers = [Reader(port, paths, number * 7) for number in range(connections)]
    chosen = selectors.DefaultSelector()
    for reader in readers:
        chosen.register(reader.line, selectors.EVENT_READ, reader)
        reader.ask()
    buffer, answers, size = bytearray(TAKEN), 0, 0
    waits: list[float] = []
    began = time.perf_counter()
    until = began + seconds
    while (now := time.perf_counter()) < until:
        for key, _events in chosen.select(1):
            if came := key.data.take(buffer):
                answers, size = answers + 1, size + came
                waits.append(time.perf_counter() - key.data.asked_at)
                key.data.ask()
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "seconds": now - began,
        "answers": answers,
        "bytes": size,
        "median_ms": sorted(waits)[len(waits) // 2] * 1000 if waits else 0,
        "cpu": used.ru_utime + used.ru_stime,
    }


if __name__ == "__main__":
    port, connections, seconds = sys.argv[1:4]
    json.dump(fetch(int(port), int(connections), float(seconds), json.load(sys.stdin)), sys.stdout)
