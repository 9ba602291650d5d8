"""Django's pages over WSGI inside an ASGI server: one thread for a request, one hop in and one out.

Whole responses go back in one piece; streamed ones piece by piece, and a reader who hung up ends the thread that
writes. (a2wsgi takes four hops for a page, and a thread of it waits for ever when a reader of a long answer hangs up.)
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from bouquet.toolkit.page_cache.notes import NOTES

Scope = dict[str, Any]
Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
SILENCE = 30.0  # seconds without a byte of a body after which its thread is wanted for others


class Pages:
    """An ASGI application made of a WSGI one. `threads`: how many requests are worked on at once."""

    def __init__(self, wsgi: Callable[..., Iterable[bytes]], threads: int) -> None:
        self._wsgi = wsgi
        self._threads = ThreadPoolExecutor(max_workers=threads, thread_name_prefix="pages")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        exchange = Exchange(asyncio.get_running_loop(), receive, send)
        rest = await exchange.loop.run_in_executor(self._threads, exchange.run, self._wsgi, environ_of(scope, exchange))
        for message in rest:
            await send(message)


class Exchange:
    """One request and its answer, seen from the thread that works on it."""

    def __init__(self, loop: asyncio.AbstractEventLoop, receive: Receive, send: Send) -> None:
        self.loop = loop
        self._receive = receive
        self._send = send
        self._held = b""
        self._more = True
        self._start: Message = {}

    def run(self, wsgi: Callable[..., Iterable[bytes]], environ: dict[str, Any]) -> list[Message]:
        """Run the request. Gives the messages that are left to send: all of them, for a response that was whole."""
        body = wsgi(environ, self.start_response)
        try:
            if not getattr(body, "streaming", True):
                return [self._start, {"type": "http.response.body", "body": b"".join(body)}]
            self._tell(self._start)
            for piece in body:
                if piece:
                    self._tell({"type": "http.response.body", "body": piece, "more_body": True})
            return [{"type": "http.response.body", "body": b""}]
        finally:
            getattr(body, "close", lambda: None)()

    def start_response(self, status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
        raw = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        self._start = {"type": "http.response.start", "status": int(status[:3]), "headers": raw}

    def read(self, size: int = -1) -> bytes:
        """The request's body, `size` bytes at most; what Django asks of wsgi.input."""
        pieces, have = [self._held], len(self._held)
        while self._more and (size < 0 or have < size):
            pieces.append(self._hear())
            have += len(pieces[-1])
        held = b"".join(pieces)
        size = len(held) if size < 0 else size
        self._held = held[size:]
        return held[:size]

    def readline(self, size: int = -1) -> bytes:
        while self._more and b"\n" not in self._held and (size < 0 or len(self._held) < size):
            self._held += self._hear()
        end = self._held.find(b"\n") + 1 or len(self._held)
        return self.read(end if size < 0 else min(end, size))

    def _hear(self) -> bytes:
        coming = asyncio.run_coroutine_threadsafe(_awaited(self._receive), self.loop)
        try:
            message = coming.result(SILENCE)
        except TimeoutError:
            coming.cancel()
            message = {"type": "http.disconnect"}
        if message["type"] == "http.disconnect":
            raise ConnectionResetError("the sender went away")
        self._more = message.get("more_body", False)
        return message.get("body", b"")

    def _tell(self, message: Message) -> None:
        asyncio.run_coroutine_threadsafe(_awaited(self._send, message), self.loop).result()


async def _awaited(call: Callable[..., Awaitable[Any]], *arguments: Any) -> Any:
    return await call(*arguments)  # granian gives futures, and another thread may only hand in coroutines


def environ_of(scope: Scope, body: Any) -> dict[str, Any]:
    host, port = scope.get("server") or ("localhost", 80)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode("utf-8", "surrogateescape").decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": str(host),
        "SERVER_PORT": str(port or 0),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": (scope.get("client") or ("", 0))[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    if NOTES in scope:  # the page cache's door stands before us and asks what may be kept
        environ[NOTES] = scope[NOTES]
    for raw_name, raw_value in scope["headers"]:
        if b"_" in raw_name:
            continue  # X_Forwarded_For would pass for X-Forwarded-For, which only our own proxy may say
        name, value = raw_name.decode("latin-1").upper().replace("-", "_"), raw_value.decode("latin-1")
        key = name if name in ("CONTENT_LENGTH", "CONTENT_TYPE") else f"HTTP_{name}"
        joint = "; " if key == "HTTP_COOKIE" else ","
        environ[key] = f"{environ[key]}{joint}{value}" if key in environ else value
    return environ
