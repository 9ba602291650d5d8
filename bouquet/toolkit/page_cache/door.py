"""The door: an ASGI application before Django's pages. What it kept it hands out; what it may keep it keeps.

    request → who asks (key_of: None for somebody in particular) → kept? → hand out, 304 where the reader has it
                                                                  └ no → Django makes it; keep what its view allows

What is known of changes is at most LOOKS seconds old when a page is handed out. One reader makes a page that was kept
before, the others wait for it, or get the old one where that is only a little old and nothing on it was changed.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from django.conf import settings

from bouquet.toolkit.page_cache.asked import Asked
from bouquet.toolkit.page_cache.memory import Headers, KeptPage, Key, PageMemory, start_of
from bouquet.toolkit.page_cache.notes import NOTES, Notes

log = logging.getLogger(__name__)

Scope = dict[str, Any]
Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Pages = Callable[[Scope, Receive, Send], Awaitable[None]]

LOOKS = 0.5  # seconds: so old may be what the door knows of changes
STALE = 30.0  # seconds after its time that a page without a change is still handed out while it is made anew
PATIENCE = 5.0  # seconds that a reader waits for another's page before asking for their own
VARIES = {"cookie", "accept-encoding", "accept-language"}  # what the key, or the door itself, knows of
HIT, MISS = (b"server-timing", b'pages;desc="kept"'), (b"server-timing", b'pages;desc="made"')
# A browser keeps it and asks each time: what was changed shows at once, what was not costs a 304.
ASK_EACH_TIME = (b"cache-control", b"private, no-cache")


@dataclass(frozen=True, slots=True)
class Sort:
    """Which page a request asks for, in the words that make pages differ; and whether its own may be kept."""

    key: Key
    may_make: bool = True


class PageDoor:
    """`look` runs in a thread: gives what `key_of` needs to know, and the marks cleared since the last look."""

    def __init__(
        self,
        pages: Pages,
        *,
        look: Callable[[], tuple[Any, list[list[str]]]],
        key_of: Callable[[Asked, Any, Scope], Sort | None],
        most_bytes: int,
    ) -> None:
        self._pages = pages
        self._look_now, self._key_of = look, key_of
        self.memory = PageMemory(most_bytes)
        self._known: Any = None
        self._looked_at = 0.0
        self._looking: asyncio.Future[None] | None = None
        self._making: dict[Key, asyncio.Future[None]] = {}
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="page-door")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] not in ("GET", "HEAD") or not settings.PAGE_CACHE_SECONDS:
            return await self._pages(scope, receive, send)
        asked = Asked.of(scope)
        await self._look()
        sort = self._key_of(asked, self._known, scope) if self._known is not None else None
        if sort is None:
            return await self._pages(scope, receive, send)
        page = await self._page_for(sort)
        if page is not None:
            return await _hand_out(page, asked, send, HIT)
        scope = scope | {"query_string": asked.query}
        if asked.method == "HEAD" or not sort.may_make:
            return await self._pages(scope, receive, send)
        await self._make(sort.key, asked, scope, receive, send)

    async def _page_for(self, sort: Sort) -> KeptPage | None:
        page, now = self.memory.find(sort.key), time.time()
        if page is not None:
            if now < page.fresh_until:
                return page
            if now >= page.stale_until:
                self.memory.drop(sort.key)
            elif sort.key in self._making:
                return page
            else:
                return None
        if (making := self._making.get(sort.key)) is not None:
            await asyncio.wait([making], timeout=PATIENCE)
            page = self.memory.find(sort.key)
            return page if page is not None and time.time() < page.stale_until else None
        return None

    # ── Making ───────────────────────────────────────────────────────────────────────────────────────────────────────
    async def _make(self, key: Key, asked: Asked, scope: Scope, receive: Receive, send: Send) -> None:
        """Others wait only where a page with this key was kept before: most addresses can never be kept."""
        mine: asyncio.Future[None] | None = None
        if self.memory.was_kept(key) and key not in self._making:
            mine = self._making[key] = asyncio.get_running_loop().create_future()
        try:
            await self._make_and_keep(key, asked, scope, receive, send)
        finally:
            if mine is not None:
                self._making.pop(key, None)
                mine.set_result(None)

    async def _make_and_keep(self, key: Key, asked: Asked, scope: Scope, receive: Receive, send: Send) -> None:
        notes, since, began = Notes(), self.memory.moment, time.time()
        answer = _Answer(send, notes)
        await self._pages(scope | {NOTES: notes}, receive, answer.hear)
        if not answer.is_held:
            return
        page = None
        if _may_be_kept(answer, notes, asked):
            page = await asyncio.get_running_loop().run_in_executor(self._thread, _kept, answer, notes, began)
        if page is None:
            return await answer.let_go()
        self.memory.put(key, page, since=since)
        await _hand_out(page, asked, send, MISS)

    # ── What has changed ─────────────────────────────────────────────────────────────────────────────────────────────
    async def _look(self) -> None:
        if time.monotonic() - self._looked_at < LOOKS and not settings.TESTING:
            return
        if self._looking is not None:
            await asyncio.shield(self._looking)
            return
        loop = asyncio.get_running_loop()
        self._looking = loop.create_future()
        try:
            began = time.monotonic()
            known, cleared = await loop.run_in_executor(self._thread, self._look_now)
            for marks in cleared:
                self.memory.clear(marks)
            self._known, self._looked_at = known, began
        except Exception:  # the database is away: nobody knows what is still true, and Django says what is the matter
            log.exception("it cannot be asked which pages have changed")
            self._known = None
        finally:
            self._looking.set_result(None)
            self._looking = None


class _Answer:
    """Holds a whole answer back where its view said that it may be kept; lets everything else through as it comes."""

    def __init__(self, send: Send, notes: Notes) -> None:
        self._send, self._notes = send, notes
        self.start: Message = {}
        self.body = b""
        self.is_held = False

    async def hear(self, message: Message) -> None:
        if message["type"] == "http.response.start" and self._notes.keep and message["status"] == 200:
            self.start, self.is_held = message, True
        elif self.is_held and not message.get("more_body", False):
            self.body = message.get("body", b"")
        else:
            if self.is_held:  # it comes in pieces after all
                self.is_held = False
                await self._send(self.start)
            await self._send(message)

    async def let_go(self) -> None:
        await self._send(self.start)
        await self._send({"type": "http.response.body", "body": self.body})

    def header(self, name: bytes) -> str:
        return ",".join(value.decode("latin-1") for each, value in self.start["headers"] if each == name)


def _may_be_kept(answer: _Answer, notes: Notes, asked: Asked) -> bool:
    """The view said yes; does the whole answer?"""
    if answer.header(b"set-cookie") or "no-store" in answer.header(b"cache-control"):
        return False
    varies = {word.strip().lower() for word in answer.header(b"vary").split(",")} - {""}
    if not varies <= VARIES or answer.header(b"content-encoding"):
        return False
    names = [name for name, _value in parse_qsl(asked.query.decode("latin-1"), keep_blank_values=True)]
    return set(names) <= notes.query and len(names) == len(set(names))


def _kept(answer: _Answer, notes: Notes, began: float) -> KeptPage | None:
    fresh = began + notes.seconds
    stale = fresh + STALE
    if notes.until is not None:
        fresh, stale = min(fresh, notes.until), min(stale, notes.until)
    if fresh <= time.time():
        return None
    dropped = (b"content-length", b"cache-control", b"vary", b"server-timing")
    headers: Headers = [(name, value) for name, value in answer.start["headers"] if name not in dropped]
    headers += [ASK_EACH_TIME, (b"vary", b"Cookie, Accept-Encoding")]
    return KeptPage.of(headers, answer.body, notes.marks, fresh, stale)


async def _hand_out(page: KeptPage, asked: Asked, send: Send, said: tuple[bytes, bytes]) -> None:
    encoding = b"gzip" if b"gzip" in page.bodies and _takes_gzip(asked.headers.get(b"accept-encoding", b"")) else b""
    if _has_it(asked.headers.get(b"if-none-match", b""), page.etag):
        await send(start_of(page, b"", 304, [said]))
        return await send({"type": "http.response.body", "body": b""})
    await send(start_of(page, encoding, 200, [said]))
    await send({"type": "http.response.body", "body": page.bodies[encoding] if asked.method == "GET" else b""})


def _takes_gzip(accepts: bytes) -> bool:
    if b"gzip" not in accepts:
        return False
    for each in accepts.split(b","):
        name, _mark, more = each.partition(b";")
        if name.strip() == b"gzip":
            return more.replace(b" ", b"") not in (b"q=0", b"q=0.0", b"q=0.00", b"q=0.000")
    return False


def _has_it(said: bytes, etag: bytes) -> bool:
    """RFC 9110: compared weakly."""
    if not said:
        return False
    bare = etag.removeprefix(b"W/")
    return any(each.strip().removeprefix(b"W/") == bare or each.strip() == b"*" for each in said.split(b","))
