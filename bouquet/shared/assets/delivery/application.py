"""The requests for bytes, as a plain ASGI application: GET, HEAD and OPTIONS, no cookie, no query, no Django request.

config/asgi.py mounts it at /m/, /f/, /media/ and /static/. In front of a large network nginx does the same from the
same folders, by the same signatures (docs/running/production.md); the media door does it on a port of its own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from bouquet.shared.assets.delivery.addresses import Refused
from bouquet.shared.assets.delivery.answering import Answer
from bouquet.shared.assets.delivery.deciding import Asked, by_method, look_here, look_there, refusal
from bouquet.shared.assets.delivery.places import Place
from bouquet.shared.assets.delivery.stored import StoredAnswer
from bouquet.shared.network.territory import territory_at

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
PREFIXES = ("/m/", "/f/", "/media/", "/static/")
SENDS_FILES = "http.response.pathsend"  # https://asgi.readthedocs.io/en/latest/extensions.html#path-send
SMALL = 64 * 1024  # below, one read here is cheaper than a task of the server's
threads = ThreadPoolExecutor(max_workers=8, thread_name_prefix="files")
# A store that is slow keeps its own threads waiting, never those that read the disk.
store_threads = ThreadPoolExecutor(max_workers=32, thread_name_prefix="stored")


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    asked = _asked(scope)
    if plain := by_method(asked.method):
        return await _send_head(send, plain)
    by_name = SENDS_FILES in (scope.get("extensions") or ())
    loop = asyncio.get_running_loop()
    try:
        answer = await loop.run_in_executor(threads, _look_up, asked, by_name)
        if isinstance(answer, Place):
            answer = await loop.run_in_executor(store_threads, look_there, answer, asked)
    except Refused as refused:
        return await _send_head(send, refusal(refused, asked))
    if by_name and _can_be_named(answer):
        return await _send_whole(send, answer)
    await _send(loop, send, answer)


def _asked(scope: Scope) -> Asked:
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}

    def here() -> str:
        return territory_at((scope.get("client") or ("", 0))[0], headers)

    return Asked(scope["method"], scope["path"], headers, here)


def _look_up(asked: Asked, by_name: bool) -> Answer | Place:
    """Reads the first piece too, as long as we are in a thread, where the server does not send the file itself."""
    found = look_here(asked)
    if isinstance(found, Answer) and found.left:
        if by_name and _can_be_named(found):
            found.close()
        else:
            _read_on(found)
    return found


def _can_be_named(answer: Answer) -> bool:
    return bool(answer.file) and answer.status == 200 and answer.left > SMALL


def _read_on(answer: Answer) -> None:
    try:
        answer.first = answer.next_piece()
    except OSError:
        answer.close()
        raise
    if not answer.left:
        answer.close()


async def _send_whole(send: Send, answer: Answer) -> None:
    """The server reads and sends it, without Python (ASGI's path send): half of the processor time of our pieces."""
    await send({"type": "http.response.start", "status": answer.status, "headers": _raw(answer.headers)})
    await send({"type": SENDS_FILES, "path": answer.file})


async def _send(loop: asyncio.AbstractEventLoop, send: Send, answer: Answer) -> None:
    """Piece by piece: the next is read while this one goes out, and a slow reader holds two at most."""
    pool = store_threads if isinstance(answer, StoredAnswer) else threads
    try:
        if not answer.left:
            return await _send_head(send, answer)
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


async def _send_head(send: Send, answer: Answer) -> None:
    await send({"type": "http.response.start", "status": answer.status, "headers": _raw(answer.headers)})
    await send({"type": "http.response.body", "body": answer.first})


def _raw(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
