"""From the socket to the disk: what has come is written, whatever happens to the connection afterwards."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

from django.utils.translation import gettext as _

from bouquet.shared.assets.tus.part import Part
from bouquet.shared.assets.tus.protocol import Digest, Refusal

Receive = Callable[[], Awaitable[dict[str, Any]]]

GATHER = 256 * 1024  # bytes held in memory for one upload before they are written: what a killed server can lose
FLUSH_AFTER = 1.0  # seconds without news after which they are written anyway
SILENCE = 30.0  # seconds without a byte after which the connection is given up and the upload is free for another
DRAIN_BYTES = 64 * 1024**2  # of a refused body: read off, so that its sender comes to hear the answer
DRAIN_SECONDS = 10.0
# Disk threads: writes of all uploads together; more would only queue at the disk.
disk = ThreadPoolExecutor(max_workers=8, thread_name_prefix="disk")


class Broken(Exception):
    """The connection ended before the body did. What came is on the disk."""


async def on_disk(call: Callable[..., Any], *arguments: Any) -> Any:
    return await asyncio.get_running_loop().run_in_executor(disk, call, *arguments)


async def take_body(receive: Receive, part: Part, room: int, digest: Digest | None = None) -> None:
    """Append the request's body to the part, of `room` bytes at most.

    Writing one piece and waiting for the next happen at the same time; never more than two pieces are in memory.
    Raises Broken when the sender went away, Refusal when more came than was promised or the disk is full.
    """
    reader = Reader(receive)
    writing: asyncio.Future[None] | None = None
    broken = False
    try:
        while not reader.ended and not broken:
            try:
                piece = await reader.piece()
            except Broken:
                piece, broken = reader.rest(), True
            if len(piece) > room:
                raise Refusal(413, _("More bytes than were announced"), _("This upload was made for a smaller file."))
            room -= len(piece)
            if writing:
                await writing
            writing = asyncio.ensure_future(on_disk(_append, part, piece, digest))
    finally:
        reader.close()
        if writing:
            await writing
    if broken:
        raise Broken


def _append(part: Part, piece: bytes, digest: Digest | None) -> None:
    part.write(piece)
    if digest:
        digest.update(piece)


class Reader:
    """Gathers the small pieces that a slow line brings, without making them wait for long."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._held = bytearray()
        self._news: asyncio.Task[dict[str, Any]] | None = None
        self.ended = False

    async def piece(self) -> bytes:
        """The next bytes: at once when there are many, after a second when there are few. Raises Broken."""
        waited = 0.0
        while not self.ended and len(self._held) < GATHER:
            message = await self._next(FLUSH_AFTER)
            if message is None:
                waited += FLUSH_AFTER
                if self._held:
                    break
                if waited >= SILENCE:
                    raise Broken
                continue
            waited = 0.0
            if message["type"] == "http.disconnect":
                raise Broken
            body = message.get("body", b"")
            self.ended = not message.get("more_body", False)
            if not self._held and len(body) >= GATHER:
                return body
            self._held += body
        return self.rest()

    def rest(self) -> bytes:
        held, self._held = bytes(self._held), bytearray()
        return held

    def close(self) -> None:
        if self._news and not self._news.done():
            self._news.cancel()

    async def _next(self, patience: float) -> dict[str, Any] | None:
        """The next message, or None when it does not come in time (it is awaited on, never lost)."""
        if self._news is None:
            self._news = asyncio.ensure_future(_awaited(self._receive))
        done, _waiting = await asyncio.wait({self._news}, timeout=patience)
        if not done:
            return None
        news, self._news = self._news, None
        try:
            return news.result()
        except Exception:
            raise Broken from None


class Line:
    """A request's `receive` that knows whether its body has ended: nothing may be asked of it after that."""

    def __init__(self, receive: Receive, *, has_body: bool) -> None:
        self._receive = receive
        self.ended = not has_body

    async def __call__(self) -> dict[str, Any]:
        message = await self._receive()
        self.ended = message["type"] == "http.disconnect" or not message.get("more_body", False)
        return message

    async def drain(self) -> None:
        """Read off what a refused sender still sends, within limits. A connection that is closed while bytes are on
        their way is reset, and the sender loses the sentence that says what was wrong."""
        with suppress(Exception):
            await asyncio.wait_for(self._drain(), DRAIN_SECONDS)

    async def _drain(self) -> None:
        left = DRAIN_BYTES
        while not self.ended and left > 0:
            left -= len((await self()).get("body", b""))


async def _awaited(receive: Receive) -> dict[str, Any]:
    return await receive()  # granian's receive() gives a future, and a task wants a coroutine
