"""A real server on this machine that plays the rest of the world: well-behaved, slow, hostile."""

from __future__ import annotations

import gzip
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Route = Callable[["Door"], None]


class Door(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Elsewhere  # type: ignore[assignment]

    def do_GET(self) -> None:
        self.close_connection = True
        self.server.asked.append((self.command, self.path, dict(self.headers)))
        route = self.server.routes.get(self.path) or self.server.routes.get(self.path.partition("?")[0])
        try:
            if route is None:
                self.say(404, b"nothing here", "text/plain")
            else:
                route(self)
        except (BrokenPipeError, ConnectionResetError):
            return

    do_HEAD = do_GET

    def say(self, status: int, body: bytes = b"", kind: str = "text/html", **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if "Content_Length" not in headers and "Transfer_Encoding" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_words: Any) -> None:
        return


class Elsewhere(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Door)
        self.routes: dict[str, Route] = {}
        self.asked: list[tuple[str, str, dict[str, str]]] = []

    @property
    def place(self) -> str:
        """Its name as an operator would allow it."""
        return f"127.0.0.1:{self.server_address[1]}"

    @property
    def url(self) -> str:
        return f"http://{self.place}"

    def paths(self, method: str = "GET") -> list[str]:
        return [path for verb, path, _headers in self.asked if verb == method]

    def gives(self, path: str, body: bytes, kind: str = "text/html", status: int = 200, **headers: str) -> None:
        self.routes[path] = lambda door: door.say(status, body, kind, **headers)

    def sends_on(self, path: str, to: str, status: int = 302) -> None:
        self.routes[path] = lambda door: door.say(status, b"", Location=to)

    def gives_film(
        self, path: str, body: bytes, *, kind: str = "video/mp4", etag: str = '"one"', **faults: Any
    ) -> None:
        """A file with ranges, as good servers do. breaks_at=N: the first answer ends there; lengths=False: not said."""
        faults.setdefault("lengths", True)

        def film(door: Door) -> None:
            start = _start_of(door.headers.get("Range", ""))
            if start is not None and door.headers.get("If-Range") not in (None, etag):
                start = None
            part = body[start or 0 :]
            headers = {"ETag": etag, "Accept_Ranges": "bytes"}
            if not faults["lengths"]:
                door.send_response(200)
                door.send_header("Content-Type", kind)
                door.end_headers()
                if door.command != "HEAD":
                    door.wfile.write(body)
                return
            if start is not None and start >= len(body):
                return door.say(416, b"", kind, Content_Range=f"bytes */{len(body)}")
            if start is not None:
                headers["Content_Range"] = f"bytes {start}-{len(body) - 1}/{len(body)}"
            headers["Content_Length"] = str(len(part))
            stop = faults.pop("breaks_at", None) if door.command == "GET" else None
            door.say(206 if start is not None else 200, part if stop is None else part[:stop], kind, **headers)

        self.routes[path] = film


def _start_of(asked: str) -> int | None:
    found = re.fullmatch(r"bytes=(\d+)-\d*", asked)
    return int(found[1]) if found else None


@contextmanager
def elsewhere() -> Iterator[Elsewhere]:
    server = Elsewhere()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def bomb(size: int) -> bytes:
    """A gzip that unpacks to `size` zeros."""
    return gzip.compress(b"\x00" * size)
