"""POST /a/hit: a player's word, as a plain ASGI application beside Django (config/asgi.py mounts it).

It costs some dozens of microseconds: no session, no database, no cookie set. The answer is always an empty 204,
whatever becomes of the word, but for a body that is too large (413) and another method (405).
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.conf import settings
from django.db import close_old_connections

from bouquet.shared.audience import salts
from bouquet.shared.audience.flood import Gate
from bouquet.shared.audience.pipeline import Draft, understand
from bouquet.shared.audience.refusal import refuses
from bouquet.shared.audience.spool import TURN_SECONDS, Spool, seal, spool_folder
from bouquet.shared.audience.ticket import bare_host

log = logging.getLogger(__name__)

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
PATH = "/a/hit"
LARGEST = 2048  # bytes; a word has about 200
PATIENCE = 10.0  # seconds for its body
NOTED = [(b"cache-control", b"no-store")]


class Collector:
    """One for each server process, in its event loop."""

    def __init__(self, folder: Any = None) -> None:
        self.spool = Spool(folder or spool_folder())
        self.gate = Gate()
        self._threads = ThreadPoolExecutor(max_workers=1, thread_name_prefix="audience")
        self._turning: asyncio.TimerHandle | None = None

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        status = 204 if scope["method"] == "POST" else 405
        if status == 204:
            headers = _headers(scope)
            body = await _body(headers, receive)
            status = 413 if body is None else 204
        await _answer(send, status)
        if scope["method"] == "POST":
            await self._keep(scope, headers, body)

    async def _keep(self, scope: dict[str, Any], headers: dict[bytes, str], body: bytes | None) -> None:
        outcome: Any = "too_large"
        if body is not None:
            try:
                outcome = understand(await self._draft(scope, headers, body))
            except Exception:  # the database is away and the day is new
                log.exception("a hit could not be understood")
                outcome = "failed"
        if not isinstance(outcome, str) and not self.spool.write(outcome.line()):
            outcome = "no_room"
        if isinstance(outcome, str):
            self.spool.drops[outcome] += 1
        self._turn_later()

    async def _draft(self, scope: dict[str, Any], headers: dict[bytes, str], body: bytes) -> Draft:
        now = time.time()
        salt = salts.known_salt(now)
        if salt is None:
            salt = await asyncio.get_running_loop().run_in_executor(self._threads, _fetch_salt)
        return Draft(
            at=now,
            host=bare_host(headers.get(b"host", "")),
            address=_address(scope, headers),
            agent=headers.get(b"user-agent", ""),
            body=body,
            refuses=refuses(headers),
            salt=salt,
            gate=self.gate,
        )

    def _turn_later(self) -> None:
        loop = asyncio.get_running_loop()
        if self.spool.is_full:
            self._turn()
        elif self._turning is None or self._turning.when() < loop.time() - TURN_SECONDS:
            self._turning = loop.call_later(TURN_SECONDS, self._turn)

    def _turn(self) -> None:
        if self._turning is not None:
            self._turning.cancel()
        self._turning = None
        if taken := self.spool.turn():
            self._threads.submit(_seal, *taken)


application = Collector()


def _headers(scope: dict[str, Any]) -> dict[bytes, str]:
    """Cookies may come in several lines (HTTP/2); of anything else the last line counts."""
    headers: dict[bytes, str] = {}
    for name, value in scope["headers"]:
        text = value.decode("latin-1")
        headers[name] = f"{headers[name]}; {text}" if name == b"cookie" and name in headers else text
    return headers


async def _body(headers: dict[bytes, str], receive: Receive) -> bytes | None:
    """None where it is too large or does not come."""
    said = headers.get(b"content-length", "0")
    if not said.isdigit() or int(said) > LARGEST:
        return None
    body = b""
    try:
        async with asyncio.timeout(PATIENCE):
            while True:
                message = await receive()
                body += message.get("body", b"")
                if len(body) > LARGEST or message["type"] == "http.disconnect":
                    return None
                if not message.get("more_body", False):
                    return body
    except TimeoutError:
        return None


async def _answer(send: Send, status: int) -> None:
    headers = [*NOTED, (b"allow", b"POST")] if status == 405 else NOTED
    if status != 204:
        headers = [*headers, (b"content-length", b"0")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


def _address(scope: dict[str, Any], headers: dict[bytes, str]) -> str:
    """Behind our own proxy: the last address of X-Forwarded-For, the one that proxy wrote."""
    if settings.BEHIND_PROXY and (chain := headers.get(b"x-forwarded-for")):
        return chain.rsplit(",", 1)[-1].strip()
    return (scope.get("client") or ("", 0))[0]


def _fetch_salt() -> bytes:
    close_old_connections()
    return salts.fetch_salt()


def _seal(fd: int, path: Any) -> None:
    try:
        seal(fd, path)
    except OSError:
        log.exception("a spool file could not be put away; a loader takes it up as it is")
