"""Two servers of the same sort, asked in turn by the same readers; what their processes used, from /proc."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import click

from bouquet.shared.assets.bench import fetcher
from bouquet.shared.assets.bench.network import descendants

TICKS = os.sysconf("SC_CLK_TCK")
HOST = "bench.bouquet.localhost"  # what the readers of `bouquet bench serve` ask for
PAGES = ("article", "front")


@dataclass
class Served:
    name: str
    port: int
    pid: int
    paths: dict[str, str]  # by page
    queries: dict[str, int] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    rates: dict[str, list[float]] = field(default_factory=lambda: {page: [] for page in PAGES})  # a second of CPU
    waits: dict[str, list[float]] = field(default_factory=lambda: {page: [] for page in PAGES})


@contextmanager
def server(command: list[str], environment: dict[str, str], folder: Path, port: int) -> Iterator[int]:
    process = subprocess.Popen(command, env=environment, cwd=folder)
    try:
        _wait_for(port, process)
        yield process.pid
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _try in range(600):
        if process.poll() is not None:
            raise click.ClickException("A server did not start.")
        try:
            ask(port, "/")
            return
        except OSError:
            time.sleep(0.1)
    raise click.ClickException("A server does not answer.")


def ask(port: int, path: str) -> bytes:
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Host": HOST})
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 (our own address)
        body: bytes = answer.read()
        return body


def measure(sites: list[Served], rounds: int, seconds: float, connections: int) -> list[Served]:
    """The first turn warms up: its figures are thrown away."""
    for turn in range(rounds + 1):
        for site in sites[turn % len(sites) :] + sites[: turn % len(sites)]:
            for page in PAGES:
                rate, wait = _ask_for(site, page, connections, seconds if turn else 1.5)
                if turn:
                    site.rates[page].append(rate)
                    site.waits[page].append(wait)
    for site in sites:
        site.sizes = {page: len(ask(site.port, site.paths[page])) for page in PAGES}
    return sites


def _ask_for(site: Served, page: str, connections: int, seconds: float) -> tuple[float, float]:
    before = _cpu(site.pid)
    command = [sys.executable, fetcher.__file__, str(site.port), str(connections), str(seconds)]
    done = subprocess.run(command, input=json.dumps([site.paths[page]]), check=True, stdout=subprocess.PIPE, text=True)
    found = json.loads(done.stdout)
    return found["answers"] / max(0.01, _cpu(site.pid) - before), found["median_ms"]


def _cpu(pid: int) -> float:
    """Seconds that a server and its children have used so far."""
    fields = [Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split() for each in descendants(pid)]
    return sum(int(each[11]) + int(each[12]) for each in fields) / TICKS


def table_of_pages(sites: list[Served]) -> str:
    plain = sites[0]
    heads = "| requests a second of CPU | article | of plain | queries | front page | of plain | queries |"
    lines = [heads, "|---" * 7 + "|"]
    for site in sites:
        cells = [site.name]
        for page in PAGES:
            ratios = sorted(mine / theirs for mine, theirs in zip(site.rates[page], plain.rates[page], strict=True))
            spread = f"{median(ratios):.2f} ({ratios[0]:.2f} – {ratios[-1]:.2f})" if site is not plain else "1"
            cells += [f"{median(site.rates[page]):,.0f}", spread, str(site.queries.get(page, "–"))]
        lines.append("| " + " | ".join(cells) + " |")
    sizes = "; ".join(f"{site.name}: {site.sizes['article']:,} and {site.sizes['front']:,}" for site in sites)
    return "\n".join(lines) + f"\n\nBytes of HTML, article and front page. {sizes}."
