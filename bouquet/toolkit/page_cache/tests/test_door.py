"""The door by itself, before pages that say of themselves what they like."""

from __future__ import annotations

import asyncio
from typing import Any

from bouquet.config.tests.page_door import at_once, said
from bouquet.shared.assets.tests.caller import Caller
from bouquet.toolkit.page_cache.door import PageDoor, Sort
from bouquet.toolkit.page_cache.memory import KeptPage, PageMemory
from bouquet.toolkit.page_cache.notes import EVERYTHING, NOTES, Notes

HOST = "any.example"


class Ground:
    """Pages that can be kept; what they answer, and what is cleared, is for a test to say."""

    def __init__(self, most_bytes: int = 1_000_000) -> None:
        self.made: list[str] = []
        self.news: list[list[str]] = []
        self.headers: list[tuple[bytes, bytes]] = [(b"content-type", b"text/html")]
        self.status, self.keeps, self.while_making = 200, True, lambda: None
        self.door = PageDoor(
            self.page, look=self.look, key_of=lambda asked, _known, _scope: Sort(asked.path), most_bytes=most_bytes
        )

    def look(self) -> Any:
        news, self.news = self.news, []
        return "known", news

    async def page(self, scope: Any, receive: Any, send: Any) -> None:
        self.made.append(scope["path"])
        notes = scope.get(NOTES) or Notes()
        notes.keep, notes.seconds = self.keeps, 60
        notes.marks.add("thing:1")
        body = f"page {len(self.made)}".encode()
        await asyncio.sleep(0.01)
        self.while_making()
        await send({"type": "http.response.start", "status": self.status, "headers": list(self.headers)})
        await send({"type": "http.response.body", "body": body})

    def ask(self, path: str = "/") -> Any:
        return Caller(self.door, host=HOST)("GET", path)


def test_an_answer_that_is_for_one_reader_is_kept_for_none() -> None:
    ground = Ground()
    for header in ((b"set-cookie", b"a=1"), (b"cache-control", b"private, no-store"), (b"vary", b"User-Agent")):
        ground.headers = [header]
        assert said(ground.ask()) == said(ground.ask()) == "", header
    ground.headers, ground.status = [], 404
    assert said(ground.ask()) == said(ground.ask()) == ""
    ground.status, ground.keeps = 200, False
    assert said(ground.ask()) == said(ground.ask()) == ""
    assert len(ground.door.memory) == 0


def test_what_was_cleared_while_it_was_made_is_not_kept() -> None:
    ground = Ground()
    ground.while_making = lambda: ground.door.memory.clear(["thing:1"])
    assert said(ground.ask()) == "made"
    ground.while_making = lambda: ground.door.memory.clear(["thing:2"])
    assert said(ground.ask()) == "made" and said(ground.ask()) == "kept"


def test_one_makes_it_and_the_others_wait() -> None:
    ground = Ground()
    ground.ask()
    ground.news = [["thing:1"]]
    replies = at_once(ground.door, ["/"] * 20, HOST)
    assert len(ground.made) == 2 and {reply.body for reply in replies} == {b"page 2"}
    assert sorted(map(said, replies)) == ["kept"] * 19 + ["made"]


def test_who_waits_for_a_page_that_breaks_is_answered() -> None:
    ground = Ground()
    ground.ask()
    ground.news, ground.keeps = [["thing:1"]], False
    assert [reply.status for reply in at_once(ground.door, ["/"] * 3, HOST)] == [200] * 3


def test_a_little_old_is_good_enough_while_it_is_made_anew(monkeypatch: Any) -> None:
    ground = Ground()
    ground.ask()
    page = ground.door.memory.find("/")
    assert page is not None
    page.fresh_until -= 61
    replies = at_once(ground.door, ["/"] * 4, HOST)
    assert len(ground.made) == 2 and sorted(reply.body for reply in replies) == [b"page 1"] * 3 + [b"page 2"]
    page = ground.door.memory.find("/")
    assert page is not None
    page.fresh_until -= 61
    page.stale_until -= 200
    assert ground.ask().body == b"page 3"


def test_when_nobody_knows_what_is_true_nothing_is_handed_out() -> None:
    ground = Ground()
    ground.ask()
    ground.door._look_now = lambda: 1 / 0  # type: ignore[assignment, return-value]
    assert said(ground.ask()) == "" and len(ground.made) == 2


def test_memory_has_an_end_and_newcomers_push_out_no_favourites() -> None:
    memory = PageMemory(most_bytes=100_000)

    def put(name: str, marks: Any = ()) -> None:
        memory.put(name, KeptPage([], {b"": b"x" * 3000}, b"", frozenset(marks), 1, 1, size=5000), since=memory.moment)

    put("favourite", ["a"])
    memory.find("favourite")
    for number in range(500):
        put(f"flood {number}", ["b"])
    assert len(memory) <= 6 and memory.find("favourite") and not memory.find("flood 1")
    for number in range(50):
        put(f"good {number}")
        memory.find(f"good {number}")
    assert len(memory) <= 20
    memory.clear([EVERYTHING])
    assert len(memory) == 0
    assert not memory.put("too large", KeptPage([], {}, b"", frozenset(), 1, 1, size=99_000), since=memory.moment)
