"""Calls an ASGI application as a server would, message by message; for what a test client cannot do."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

HANG_UP = {"type": "http.disconnect"}


@dataclass
class Reply:
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def problem(self) -> dict[str, Any]:
        assert self.headers["content-type"] == "application/problem+json", self
        return json.loads(self.body)


@dataclass
class Caller:
    """`pieces` of a body come one by one; HANG_UP among them is the connection that breaks; a function is called."""

    application: Callable[..., Any]
    host: str = "video.bouquet.localhost"
    headers: dict[str, str] = field(default_factory=dict)

    def __call__(self, method: str, path: str, pieces: Iterable[Any] = (b"",), **headers: str) -> Reply:
        return asyncio.run(self._call(method, path, list(pieces), headers))

    async def _call(self, method: str, path: str, pieces: list[Any], headers: dict[str, str]) -> Reply:
        reply = Reply()
        waiting = iter(pieces)
        left = len(pieces)

        async def receive() -> dict[str, Any]:
            nonlocal left
            await asyncio.sleep(0)
            piece = next(waiting, HANG_UP)
            left -= 1
            if callable(piece):
                piece = await asyncio.to_thread(piece) or b""
            if piece is HANG_UP:
                return HANG_UP
            return {"type": "http.request", "body": piece, "more_body": left > 0}

        async def send(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                reply.status = message["status"]
                reply.headers = {name.decode(): value.decode("latin-1") for name, value in message["headers"]}
            else:
                reply.body += message.get("body", b"")

        await self.application(self._scope(method, path, headers), receive, send)
        return reply

    def _scope(self, method: str, path: str, headers: dict[str, str]) -> dict[str, Any]:
        lines = (
            {"host": self.host}
            | self.headers
            | {name.replace("_", "-").lower(): value for name, value in headers.items()}
        )
        path, _mark, query = path.partition("?")
        return {
            "type": "http",
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": unquote(path),
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "headers": [(name.encode("latin-1"), value.encode("latin-1", "replace")) for name, value in lines.items()],
            "server": ("127.0.0.1", 8000),
            "client": ("127.0.0.1", 50000),
        }
