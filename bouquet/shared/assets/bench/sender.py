"""The sender of `bouquet bench upload`, run by its path as a process of its own: the standard library only."""

from __future__ import annotations

import http.client
import json
import os
import sys
import time
from typing import Any

MEGABYTE = 1024**2


def write_file(path: str, size: int) -> dict[str, float]:
    block, began = os.urandom(MEGABYTE), time.perf_counter()
    with open(path, "wb", buffering=0) as file:
        left = size
        while left:
            left -= file.write(block[:left])
        os.fsync(file.fileno())
    return {"seconds": time.perf_counter() - began}


def send(port: int, host: str, token: str, size: int, chunk: int) -> dict[str, float]:
    sender = Sender(port, host, token)
    sender.head_ms()  # the server's first request loads what later ones find loaded
    small = sender.create(2)
    sender.patch(small, 0, 1)
    alone = sender.patch(small, 1, 1)
    large, began = sender.create(size), time.perf_counter()
    offset = 0
    while offset < size:
        length = min(chunk or size, size - offset)
        last = sender.patch(large, offset, length)
        offset += length
    return {
        "seconds": time.perf_counter() - began,
        "last_ms": last[0],
        "alone_ms": alone[1],
        "head_ms": sender.head_ms(large),
    }


class Sender:
    def __init__(self, port: int, host: str, token: str) -> None:
        self.port, self.block = port, os.urandom(MEGABYTE)
        self.headers = {"Host": f"{host}:{port}", "Tus-Resumable": "1.0.0", "Authorization": f"Bearer {token}"}

    def create(self, size: int) -> str:
        return self._ask("POST", "/tus/", {"Upload-Length": str(size)}).headers["Location"]

    def head_ms(self, path: str = "/tus/1111111111111111111111") -> float:
        began = time.perf_counter()
        self._ask("HEAD", path)
        return (time.perf_counter() - began) * 1000

    def patch(self, path: str, offset: int, length: int) -> tuple[float, float]:
        """Milliseconds from the last byte (given to the kernel) to the answer, and of the whole request."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
        began = time.perf_counter()
        connection.putrequest("PATCH", path, skip_host=True)
        own = {
            "Content-Type": "application/offset+octet-stream",
            "Upload-Offset": str(offset),
            "Content-Length": str(length),
        }
        for name, value in (self.headers | own).items():
            connection.putheader(name, value)
        connection.endheaders()
        left = length - 1
        while left:
            piece = min(left, MEGABYTE)
            connection.sock.sendall(memoryview(self.block)[:piece])
            left -= piece
        last = time.perf_counter()
        connection.sock.sendall(b"!")
        answer = connection.getresponse()
        ended = time.perf_counter()
        if answer.status != 204:
            raise RuntimeError(f"PATCH: {answer.status} {answer.read()!r}")
        connection.close()
        return (ended - last) * 1000, (ended - began) * 1000

    def _ask(self, method: str, path: str, more: dict[str, str] | None = None) -> Any:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, path, headers=self.headers | (more or {}))
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer


if __name__ == "__main__":
    if sys.argv[1] == "write":
        result = write_file(sys.argv[2], int(sys.argv[3]))
    else:
        port, host, token, size, chunk = sys.argv[2:]
        result = send(int(port), host, token, int(size), int(chunk))
    json.dump(result, sys.stdout)
