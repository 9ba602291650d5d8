"""The requests for bytes, as a plain ASGI application: GET, HEAD and OPTIONS, no cookie, no query, no Django request.

config/asgi.py mounts it at /m/, /f/, /media/ and /static/. In front of a large network nginx does the same from the
same folders, by the same signatures (docs/running/production.md).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.utils.translation import override

from bouquet.shared.assets.delivery.addresses import Refused
from bouquet.shared.assets.delivery.answering import Answer, answer_for
from bouquet.shared.assets.delivery.places import ANY_PAGE, Place, place_of
from bouquet.shared.assets.delivery.stored import StoredAnswer, answer_from_store
from bouquet.shared.assets.language import language_of
from bouquet.shared.network.territory import territory_at

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
PREFIXES = ("/m/", "/f/", "/media/", "/static/")
PREFLIGHT = ANY_PAGE | {
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "Range, If-None-Match, If-Modified-Since",
    "Access-Control-Max-Age": "86400",
}
SENDS_FILES = "http.response.pathsend"  # https://asgi.readthedocs.io/en/latest/extensions.html#path-send
threads = ThreadPoolExecutor(max_workers=8, thread_name_prefix="files")
# A store that is slow keeps its own threads waiting, never those that read the disk.
store_threads = ThreadPoolExecutor(max_workers=32, thread_name_prefix="stored")


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    method = scope["method"]
    if method == "OPTIONS":
        return await _send_head(send, 204, PREFLIGHT)
    if method not in ("GET", "HEAD"):
        return await _send_head(send, 405, {"Allow": "GET, HEAD, OPTIONS", "Content-Length": "0"})
    asked = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
    loop = asyncio.get_running_loop()
    try:
        found = await loop.run_in_executor(threads, _look_up, scope, asked, method == "GET")
        if isinstance(found, Place):
            answer = await loop.run_in_executor(store_threads, _look_there, found, asked, method == "GET")
        else:
            answer = found
    except Refused as refused:
        return await _refuse(send, refused, asked, with_body=method == "GET")
    if answer.whole:
        return await _send_whole(send, answer)
    await _send(loop, send, answer)


def _look_up(scope: Scope, asked: dict[str, str], with_body: bool) -> Answer | Place:
    """The answer from the disk, or the place of what is not there and may be in the object store."""

    def here() -> str:
        return territory_at((scope.get("client") or ("", 0))[0], asked)

    by_name = SENDS_FILES in (scope.get("extensions") or ())
    place = place_of(scope["path"], here)
    try:
        return answer_for(place, asked, with_body=with_body, by_name=by_name)
    except Refused:
        if place.stored:
            return place
        raise


def _look_there(place: Place, asked: dict[str, str], with_body: bool) -> Answer:
    return answer_from_store(place, asked, with_body=with_body)


async def _send_whole(send: Send, answer: Answer) -> None:
    """The server reads and sends it, without Python (ASGI's path send): half of the processor time of our pieces."""
    await send({"type": "http.response.start", "status": answer.status, "headers": _raw(answer.headers)})
    await send({"type": SENDS_FILES, "path": answer.whole})


async def _send(loop: asyncio.AbstractEventLoop, send: Send, answer: Answer) -> None:
    """Piece by piece: the next is read while this one goes out, and a slow reader holds two at most."""
    pool = store_threads if isinstance(answer, StoredAnswer) else threads
    try:
        if not answer.left:
            return await _send_head(send, answer.status, answer.headers, answer.first)
        await send({"type": "http.response.start", "status": answer.status, "headers": _raw(answer.headers)})
        piece = answer.first
        while piece:
            reading = loop.run_in_executor(pool, answer.next_piece) if answer.left else None
            await send({"type": "http.response.body", "body": piece, "more_body": True})
            piece = await reading if reading else b""
        await send({"type": "http.response.body", "body": b""})
    finally:
        if answer.is_open:
            await loop.run_in_executor(pool, answer.close)


async def _refuse(send: Send, refused: Refused, asked: dict[str, str], *, with_body: bool) -> None:
    with override(language_of(asked)):
        body = f"{refused.reason}\n".encode()
    headers = {
        "Content-Type": "text/plain; charset=utf-8",
        "Cache-Control": "no-store",
        "Content-Length": str(len(body)),
    }
    if refused.again:
        headers["Retry-After"] = str(refused.again)
    await _send_head(send, refused.status, headers | ANY_PAGE, body if with_body else b"")


async def _send_head(send: Send, status: int, headers: dict[str, str], body: bytes = b"") -> None:
    await send({"type": "http.response.start", "status": status, "headers": _raw(headers)})
    await send({"type": "http.response.body", "body": body})


def _raw(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
