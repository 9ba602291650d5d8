"""`bouquet bench pages`: an article and a front page beside a plain Wagtail site with the same content, and lists with
many articles. Every figure has its reference in the same run.
"""

from __future__ import annotations

import os
import platform
import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path

import click
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from bouquet.kinds.articles.bench.beside_ghost import ghost_site
from bouquet.kinds.articles.bench.content import write_content
from bouquet.kinds.articles.bench.many import measure_lists, table_of_lists
from bouquet.kinds.articles.bench.ours import our_site
from bouquet.kinds.articles.bench.plain import plain_site
from bouquet.kinds.articles.bench.serving import Served, measure, table_of_pages
from bouquet.kinds.articles.bench.wordpress import wordpress

BEGIN, END = "<!-- measured -->", "<!-- /measured -->"


@click.command("pages")
@click.option("--rounds", default=3, show_default=True, help="Turns: each site is asked in each, one after another.")
@click.option("--seconds", default=4.0, show_default=True, help="How long each page is asked for in a turn.")
@click.option("--connections", default=4, show_default=True, help="Readers at once.")
@click.option(
    "--articles", default="2000,200000", show_default=True, help="Lists: with how many articles; 0: no lists."
)
@click.option("--lists-only", is_flag=True, help="No servers: only the lists.")
@click.option(
    "--ghost",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Ghost, too: the folder where you have installed it (docs/running/measurements/pages.md says how).",
)
@click.option("--write", is_flag=True, help="Keep the tables in docs/running/measurements/pages.md.")
def pages(
    rounds: int, seconds: float, connections: int, articles: str, lists_only: bool, ghost: Path | None, write: bool
) -> None:
    """Requests for each second of a processor: uncached, from the cache, and of plain Wagtail (SQLite, granian, one
    process each). Then the time of lists with few and with many articles, in the configured engine."""
    parts = [_circumstances()]
    if not lists_only:
        parts.append(table_of_pages(_served(rounds, seconds, connections, ghost)))
    if numbers := [int(each) for each in articles.split(",") if int(each)]:
        call_command("collectstatic", interactive=False, verbosity=0)  # pages name their files by what lies there
        parts.append(table_of_lists(numbers, [measure_lists(number) for number in numbers]))
    text = "\n\n".join(parts)
    click.echo(text)
    if write:
        _keep(text)


BENCHES = [pages, wordpress]


def _served(rounds: int, seconds: float, connections: int, ghost: Path | None) -> list[Served]:
    folder = Path(tempfile.mkdtemp(prefix="bouquet-bench-pages-"))
    try:
        write_content(folder)
        with ExitStack() as open_ones:
            plain = open_ones.enter_context(plain_site(folder / "plain"))
            sites = [plain, *open_ones.enter_context(our_site(folder / "ours"))]
            if ghost is not None:
                sites.append(open_ones.enter_context(ghost_site(folder / "ghost", ghost.resolve())))
            return measure(sites, rounds, seconds, connections)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _circumstances() -> str:
    now, load = timezone.localtime(), os.getloadavg()[0]
    return (
        f"Measured on {now:%d %B %Y, %H:%M}: Python {platform.python_version()}, {os.cpu_count()} processors, load of"
        f" the machine at the beginning {load:.1f}; lists in {connection.vendor}."
    )


def _keep(text: str) -> None:
    path = Path(settings.ROOT) / "docs" / "running" / "measurements" / "pages.md"
    before, _begin, rest = path.read_text().partition(BEGIN)
    _old, _end, after = rest.partition(END)
    path.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}")
