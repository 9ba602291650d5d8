"""The page cache's door before the whole of Django, in the test's own thread: so that both see the test's rows."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from queue import Queue
from threading import Thread
from typing import Any
from unittest.mock import patch

from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections

from bouquet.config.bridge import Pages
from bouquet.config.page_key import Look, key_of
from bouquet.shared.assets.tests.caller import Caller, Reply
from bouquet.toolkit.page_cache.door import PageDoor


class Here(Executor):
    """Work that the event loop hands over is done by the thread of the test, which waits for the loop's end."""

    def __init__(self) -> None:
        self.jobs: Queue[Callable[[], None] | None] = Queue()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()

        def work() -> None:
            try:
                future.set_result(fn(*args, **kwargs))
            except BaseException as error:
                future.set_exception(error)

        self.jobs.put(work)
        return future

    def call(self, loop: Callable[[], Any]) -> Any:
        """`loop` runs an event loop in a thread of its own; gives what it gives, or raises what it raises."""
        answer: Future[Any] = Future()

        def run() -> None:
            try:
                answer.set_result(loop())
            except BaseException as error:
                answer.set_exception(error)
            self.jobs.put(None)

        thread = Thread(target=run)
        thread.start()
        while (job := self.jobs.get()) is not None:
            job()
        thread.join()
        return answer.result()


@contextmanager
def the_tests_connection() -> Iterator[None]:
    """A server closes its connection to the database when that is old or broken; a test goes on with its own."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        with patch("bouquet.config.page_key.close_old_connections"):
            yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


class Door:
    def __init__(self) -> None:
        self.here = Here()
        pages = Pages(get_wsgi_application(), threads=1)
        pages._threads = self.here  # type: ignore[assignment]
        self.door = PageDoor(pages, look=Look(), key_of=key_of, most_bytes=8 * 1024**2)
        self.door._thread = self.here  # type: ignore[assignment]

    def __call__(self, path: str, host: str, method: str = "GET", **headers: str) -> Reply:
        caller = Caller(self.door, host=host)
        with the_tests_connection():
            return self.here.call(lambda: caller(method, path, **headers))

    def kept(self, path: str, host: str, **headers: str) -> bool:
        """Whether this reader gets it out of the cache. (Who does not gets a page that was made for them.)"""
        return said(self(path, host, **headers)) == "kept"


def said(reply: Reply) -> str:
    """kept, made (and kept from now on), or nothing: made for this reader alone."""
    return reply.headers.get("server-timing", "").removeprefix('pages;desc="').removesuffix('"')


def at_once(door: PageDoor, paths: list[str], host: str) -> list[Reply]:
    """Readers who come in the same moment."""
    caller = Caller(door, host=host)

    async def all_of_them() -> list[Reply]:
        return await asyncio.gather(*(caller._call("GET", path, [b""], {}) for path in paths))

    return asyncio.run(all_of_them())
