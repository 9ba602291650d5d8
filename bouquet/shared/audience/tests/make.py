"""Hits for tests: a film of a hundred seconds, watched for half a minute by somebody, unless told otherwise."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any

from django.test import RequestFactory

from bouquet.shared.audience.actions import ticket_for
from bouquet.shared.audience.collector import PATH, Collector
from bouquet.shared.audience.hits import Hit
from bouquet.shared.audience.loader import Loaded, load_spool
from bouquet.shared.audience.store import store
from bouquet.shared.works.actions import add_views
from bouquet.shared.works.models import Work

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0"
PHONE = "Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 Chrome/143.0.0.0 Mobile Safari/537.36"
HOST = "video.bouquet.localhost"


def parts(first: int, last: int) -> int:
    """The hundredths from `first` up to `last`."""
    return sum(1 << part for part in range(first, last))


def make_hit(work: Work, **changes: Any) -> Hit:
    fields: dict[str, Any] = {
        "at": time.time(),
        "play": 1,
        "work": work.pk,
        "channel": work.channel_id or 0,
        "site": work.site_id,
        "duration": 100.0,
        "seconds": 0.0,
        "parts": 0,
        "ended": False,
        "visitor": 1,
        "origin": 1,
        "country": "FR",
        "device": 1,
        "source": "",
        "embed": "",
        "marks": 0,
    }
    return Hit(**fields | changes)


def make_play(work: Work, *, seconds: float = 30.0, **changes: Any) -> list[Hit]:
    """Its beginning and its end, `seconds` of the clock later."""
    at = changes.pop("at", time.time() - seconds)
    seen = changes.pop("parts", parts(0, int(seconds)))
    first = make_hit(work, at=at, **changes)
    return [first, make_hit(work, at=at + seconds, seconds=seconds, parts=seen, **changes)]


def write(*hits: Hit) -> int:
    """As the loader does; gives the number of new views."""
    written = store().write(hits)
    add_views(written.views)
    return written.views.total()


def ticket(work: Work, *, person: Any = None, host: str = HOST, territory: str = "FR", embedded: bool = False) -> str:
    """What the page of this work gives its player."""
    from django.contrib.auth.models import AnonymousUser

    request = RequestFactory().get("/", headers={"host": host})
    request.user = person or AnonymousUser()
    request.territory = territory  # type: ignore[attr-defined]
    return ticket_for(request, work, duration=100, embedded=embedded)


def word(sealed: str, **changes: Any) -> dict[str, Any]:
    """What a player says."""
    return {"t": sealed, "p": "abcdefgh01", "s": 0, "m": "0", "e": 0, "r": ""} | changes


class Door:
    """The collector, called as the server calls it; each visit may come at another hour."""

    def __init__(self, folder: Any, clock: Any) -> None:
        self.folder = folder
        self.clock = clock
        self.collector = Collector(folder)

    def say(
        self, said: Any, *, agent: str = BROWSER, address: str = "192.0.2.1", host: str = HOST, **headers: str
    ) -> int:
        body = said if isinstance(said, bytes) else json.dumps(said).encode()
        return self.request("POST", body, {"user-agent": agent, "host": host} | headers, address)

    def request(self, method: str, body: bytes, headers: dict[str, str], address: str = "192.0.2.1") -> int:
        return asyncio.run(self._request(method, body, headers, address))

    async def _request(self, method: str, body: bytes, headers: dict[str, str], address: str) -> int:
        sent: list[dict[str, Any]] = []
        lines = {"content-length": str(len(body))} | {name.replace("_", "-"): value for name, value in headers.items()}
        scope = {
            "type": "http",
            "method": method,
            "path": PATH,
            "client": (address, 1234),
            "headers": [(name.encode(), value.encode()) for name, value in lines.items()],
        }

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        await self.collector(scope, receive, send)
        return sent[0]["status"]

    def load(self) -> Loaded:
        """The spool's turn, then the loader's."""
        self.collector._turning = None
        if taken := self.collector.spool.turn():
            from bouquet.shared.audience.spool import seal

            seal(*taken)
        return load_spool(self.folder)
