"""`bouquet bench feed`: do lists keep their speed when there are a million works?

The best of 15 runs is told, not the mean: it says what the work costs, also on a machine that is busy with other
things. SQLite works inside this process, so there the processor's time is measured; of a server, the waiting.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import click
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bouquet.shared.accounts.models import Person
from bouquet.shared.network.models import Site
from bouquet.shared.works.bench_fill import fill, throwaway_database
from bouquet.shared.works.feed import LATEST, followed_page
from bouquet.shared.works.models import Channel, Work
from bouquet.shared.works.viewer import Viewer
from bouquet.toolkit.pages import keyset_page

SIZE = 24
DEEP_PAGE = 500
TIMES = 15
SEEN = ("-views_lately", "-pk")


# What rooms above measure on the same works: functions that prepare their rows and give lists by name.
MORE_LISTS: list[Callable[[], dict[str, Callable[[], Any]]]] = []


@dataclass
class Figure:
    milliseconds: float
    queries: int


@click.command("feed")
@click.option("--works", default="2000,1000000", show_default=True, help="How many works: one or more numbers.")
def feed(works: str) -> None:
    """Time of each list with few and with many works, in one run, in a throwaway database of the configured engine."""
    numbers = [int(each) for each in works.split(",")]
    columns = []
    for number in numbers:
        with throwaway_database():
            started = time.perf_counter()
            follower = fill(number)
            click.echo(
                f"{connection.vendor}: {number:,} works written in {time.perf_counter() - started:.0f} s", err=True
            )
            columns.append(measure(follower))
    _print(numbers, columns)


BENCHES = [feed]


def measure(follower: Person) -> dict[str, Figure]:
    viewer = Viewer(person=follower, territory="FR", age=30)
    stranger = Viewer(territory="FR")
    site = Site.objects.order_by("pk")[0]
    busy, quiet = Channel.objects.order_by("pk").first(), Channel.objects.order_by("pk").last()
    listed = Work.objects.listed_for
    cursor, depth = _deep_cursor(stranger)
    lists: dict[str, Callable[[], Any]] = {
        "newest, network": lambda: keyset_page(listed(stranger).cards()),
        "newest, network, as a member": lambda: keyset_page(listed(viewer).cards()),
        "newest, one site": lambda: keyset_page(listed(stranger).on(site).cards()),
        "newest, one site and kind": lambda: keyset_page(listed(stranger).on(site).filter(kind="videos").cards()),
        "newest, a busy channel": lambda: keyset_page(listed(stranger).filter(channel=busy).cards()),
        "newest, a quiet channel": lambda: keyset_page(listed(stranger).filter(channel=quiet).cards()),
        "most seen, network": lambda: keyset_page(listed(stranger).most_seen().cards(), by=SEEN),
        "most seen, one site": lambda: keyset_page(listed(stranger).on(site).most_seen().cards(), by=SEEN),
        "followed (500 channels)": lambda: followed_page(follower, viewer),
        "  reference: the same by one plain query": lambda: keyset_page(listed(viewer).followed_by(follower).cards()),
        f"page {DEEP_PAGE} by cursor": lambda: keyset_page(listed(stranger).cards(), cursor),
        f"  reference: page {DEEP_PAGE} by OFFSET": lambda: list(
            listed(stranger).latest().cards()[depth : depth + SIZE]
        ),
    }
    for more in MORE_LISTS:
        lists |= more()
    for make in lists.values():
        make()  # the first call of each pays for imports and caches
    return {name: _time(make) for name, make in lists.items()}


def _deep_cursor(viewer: Viewer) -> tuple[str, int]:
    """The cursor of page 500 (or of the last page), and how many works are before it."""
    cursor, pages = "", 0
    ids = Work.objects.listed_for(viewer).only("published_at")
    while pages < DEEP_PAGE - 1:
        page = keyset_page(ids, cursor, SIZE, LATEST)
        if page.next_cursor is None:
            break
        cursor, pages = page.next_cursor, pages + 1
    return cursor, pages * SIZE


def _time(make: Callable[[], Any]) -> Figure:
    with CaptureQueriesContext(connection) as captured:
        make()
    questions = len(captured)  # a later request empties the log
    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    taken = []
    for _n in range(TIMES):
        started = clock()
        make()
        taken.append((clock() - started) * 1000)
    return Figure(min(taken), questions)


def _print(numbers: list[int], columns: list[dict[str, Figure]]) -> None:
    heads = "".join(f"{number:>13,}" for number in numbers)
    click.echo(f"{'milliseconds a page of 24, best of 15':<44}{heads}{'ratio':>8}{'queries':>9}")
    for name in columns[0]:
        figures = [column[name] for column in columns]
        ratio = figures[-1].milliseconds / figures[0].milliseconds
        values = "".join(f"{figure.milliseconds:>13.1f}" for figure in figures)
        click.echo(f"{name:<44}{values}{ratio:>8.2f}{figures[-1].queries:>9}")
