"""`bouquet bench audience`: what a hit costs, how fast hits become numbers, how long a page then takes.

The processor's time is told, so that a busy machine changes little; each part has a reference in the same run.
"""

from __future__ import annotations

import asyncio
import json
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

import click
from django.db import connection, transaction
from django.utils import timezone

from bouquet.shared.audience import salts
from bouquet.shared.audience.collector import PATH, Collector
from bouquet.shared.audience.hits import Hit
from bouquet.shared.audience.models import Play, Tally
from bouquet.shared.audience.numbers import numbers_of_channel, numbers_of_site, numbers_of_work
from bouquet.shared.audience.store import store
from bouquet.shared.audience.ticket import Ticket
from bouquet.shared.network.models import Site
from bouquet.shared.works.actions import add_views
from bouquet.shared.works.bench_fill import fill, throwaway_database
from bouquet.shared.works.models import Channel, Work

AGENT = b"Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0"
HITS_A_PLAY = 4
BATCH = 20_000
DAYS = 90
TIMES = 7


@click.command("audience")
@click.option("--hits", default=1_000_000, show_default=True, help="How many hits are loaded.")
@click.option("--works", default=2000, show_default=True, help="Of how many works; the first are the most watched.")
def audience(hits: int, works: int) -> None:
    """Collector, loader and pages, in a throwaway database of the configured engine."""
    with throwaway_database():
        fill(works)
        _collector()
        _loader(hits)
        _pages()


BENCHES = [audience]


def _collector(number: int = 20_000) -> None:
    salts.forget_salt()
    salts.fetch_salt()
    with tempfile.TemporaryDirectory() as folder:
        collector = Collector(Path(folder))
        collector.gate._most = number * 10
        cost = _cpu(lambda: asyncio.run(_say(collector, number))) / number
        bare = _cpu(lambda: asyncio.run(_say(_nothing, number))) / number
    _line("collector: a hit, from request to file", f"{cost * 1e6:.1f} µs", f"{1 / cost:,.0f} a CPU second")
    _line("  reference: an empty 204 by the same road", f"{bare * 1e6:.1f} µs", f"{1 / bare:,.0f} a CPU second")


async def _say(application: Any, number: int) -> None:
    sealed = Ticket(7, 3, 2, 600, 0, "FR", int(time.time())).seal("video.example")
    words = [
        json.dumps({"t": sealed, "p": f"play{each // 4:08}", "s": each % 4 * 15, "m": "ffff", "e": 0, "r": ""}).encode()
        for each in range(number)
    ]

    async def send(_message: dict[str, Any]) -> None:
        return None

    for each, body in enumerate(words):
        headers = [
            (b"host", b"video.example"),
            (b"user-agent", AGENT),
            (b"content-length", str(len(body)).encode()),
            (b"content-type", b"text/plain;charset=UTF-8"),
        ]
        address = f"198.51.{each // 250 % 250}.{each % 250}"
        scope = {"type": "http", "method": "POST", "path": PATH, "headers": headers, "client": (address, 1)}

        async def receive(body: bytes = body) -> dict[str, Any]:
            return {"type": "http.request", "body": body}

        await application(scope, receive, send)


async def _nothing(_scope: Any, receive: Any, send: Any) -> None:
    await receive()
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def _loader(number: int) -> None:
    spent = waited = 0.0
    first: list[Hit] = []
    for batch in _batches(number):
        lines = [hit.line() for hit in batch]
        began, wall = time.process_time(), time.perf_counter()
        hits = [Hit.from_line(line) for line in lines]
        with transaction.atomic():
            add_views(store().write(hits).views)
        spent += time.process_time() - began
        waited += time.perf_counter() - wall
        first = first or hits
    name = f"loader: {number:,} hits into {Play.objects.count():,} plays"
    views = Play.objects.filter(viewed=True).count()
    bare = _cpu(lambda: _insert_bare(first)) / len(first)
    _line(name, f"{spent / number * 1e6:.0f} µs", f"{number / spent:,.0f} a CPU second")
    _line("  by the clock, the database's own work included", "", f"{number / waited:,.0f} a second")
    _line("  reference: each hit a bare INSERT, 500 together", f"{bare * 1e6:.0f} µs", f"{1 / bare:,.0f} a CPU second")
    _line(f"  which are {views:,} views in {Tally.objects.count():,} tallies", "", _size())


def _batches(number: int) -> Iterator[list[Hit]]:
    """Works by Zipf, the days one after another, four words a play."""
    dice = Random(1)  # noqa: S311 (a bench that is the same each time)
    works = list(Work.objects.order_by("pk").values_list("pk", "channel_id", "site_id"))
    weights = list(accumulate(1 / (rank + 1) for rank in range(len(works))))
    noon = timezone.localtime().replace(hour=12, minute=0, second=0).timestamp()
    plays = number // HITS_A_PLAY
    batch: list[Hit] = []
    for each in range(plays):
        work, channel, site = dice.choices(works, cum_weights=weights)[0]
        at = noon - (DAYS - 1 - each * DAYS // plays) * 86400 + dice.uniform(-30_000, 30_000)
        batch += _play(each, (work, channel or 0, site), at, dice)
        if len(batch) >= BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _play(number: int, place: tuple[int, int, int], at: float, dice: Random) -> list[Hit]:
    visitor = dice.randrange(10**6)
    same: dict[str, Any] = {
        "play": number + 1, "work": place[0], "channel": place[1], "site": place[2], "duration": 300.0,
        "visitor": visitor, "origin": visitor // 2, "country": dice.choice(["FR", "FR", "FR", "BE", "CH", "CA", "MA"]),
        "device": dice.choice([1, 2, 2, 3]), "source": dice.choice(["", "", "=", f"site{dice.randrange(300)}.example"]),
        "embed": "", "marks": 0,
    }  # fmt: skip
    step = dice.choice([5, 15, 15, 40])
    return [
        Hit(at=at + part * step, seconds=part * step, parts=(1 << (part * step // 3)) - 1, ended=False, **same)
        for part in range(HITS_A_PLAY)
    ]


def _insert_bare(hits: list[Hit]) -> None:
    rows = [
        Play(
            number=-number - 1, day=timezone.localdate(), work_id=hit.work, channel_id=hit.channel, site_id=hit.site,
            visitor=hit.visitor, origin=hit.origin, began_at=hit.at, last_at=hit.at, seconds=hit.seconds, parts=b"",
        )
        for number, hit in enumerate(hits)
    ]  # fmt: skip
    with transaction.atomic():
        Play.objects.bulk_create(rows, batch_size=500)


def _pages() -> None:
    work, channel = Work.objects.order_by("-views")[0], Channel.objects.order_by("pk")[0]
    site = Site.objects.get(pk=work.site_id)
    pages: dict[str, Callable[[int], Any]] = {
        "the most watched work": lambda days: numbers_of_work(work, days),
        "a channel": lambda days: numbers_of_channel(channel, days),
        "a site": lambda days: numbers_of_site(site, days),
    }
    for name, read in pages.items():
        best = [min(_wall(lambda read=read, days=days: read(days)) for _ in range(TIMES)) for days in (28, 90, 365)]  # type: ignore[misc]
        _line(f"numbers of {name}: 28, 90, 365 days", "", ", ".join(f"{each * 1000:.0f}" for each in best) + " ms")


def _cpu(do: Callable[[], Any]) -> float:
    began = time.process_time()
    do()
    return time.process_time() - began


def _wall(do: Callable[[], Any]) -> float:
    began = time.perf_counter()
    do()
    return time.perf_counter() - began


def _size() -> str:
    if connection.vendor != "sqlite":
        return ""
    return f"{os.path.getsize(connection.settings_dict['NAME']) / 1e6:,.0f} MB with the works"


def _line(name: str, cost: str, rate: str) -> None:
    click.echo(f"{name:<60}{cost:>12}{rate:>28}")
