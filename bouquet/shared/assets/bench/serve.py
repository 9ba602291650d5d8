"""`bouquet bench serve`: segments by signed address, from the embedded server, from the media door and through nginx,
beside an nginx that gives the same files to anybody.

All stand at once; readers ask one after the other in alternating rounds, so that what else the machine does
falls on each of them alike. What counts is the ratio within a round.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import click
from django.conf import settings

from bouquet.shared.assets.bench.network import BenchNetwork, a_network, descendants, free_port
from bouquet.toolkit.ids import long_id

SIGN = """
from bouquet.shared.assets.delivery.addresses import stream_prefix
from bouquet.shared.assets.models import Asset
print(stream_prefix(Asset(uid="{uid}")))
"""
TICKS = os.sysconf("SC_CLK_TCK")
MEGABYTE = 1024**2


@dataclass
class Way:
    """One way to the files, and what was measured on it, a number for each round."""

    name: str
    port: int
    paths: list[str]
    pids: list[int]
    rates: list[float] = field(default_factory=list)  # answers a second
    bytes: list[float] = field(default_factory=list)  # MiB a second
    waits: list[float] = field(default_factory=list)  # milliseconds
    cpu: list[float] = field(default_factory=list)  # of the server, milliseconds for 100 MiB
    reading: list[float] = field(default_factory=list)  # share of one processor that the readers used


@click.command("serve")
@click.option("--kilobytes", default=1024, show_default=True, help="Size of a segment: 4 s at 2 Mbit/s are 1024.")
@click.option("--files", default=64, show_default=True, help="How many segments are asked for in turn.")
@click.option("--connections", default=16, show_default=True, help="Readers at the same time.")
@click.option("--seconds", default=5.0, show_default=True, help="Of each round on each way.")
@click.option("--rounds", default=7, show_default=True)
@click.option("--processes", default=1, show_default=True, help="Of the embedded server; nginx has one worker.")
def serve(kilobytes: int, files: int, connections: int, seconds: float, rounds: int, processes: int) -> None:
    """Fetch segments by signed address from the embedded server, the media door and nginx, and from a plain nginx."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if not program:
        raise click.ClickException("This compares with nginx, which is not installed.")
    settings.DATA.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="bench-serve-", dir=settings.DATA))
    folder.chmod(0o755)
    try:
        click.echo("Preparing a throwaway network (half a minute)")
        with a_network(folder, processes, with_media_door=True) as network:
            uid, names = _segments(network, kilobytes * 1024, files)
            prefix = network.bouquet("manage", "shell", "--no-imports", "-v0", "-c", SIGN.format(uid=uid)).strip()
            with _nginx(program, folder, network) as (plain, signed, nginx):
                ways = [
                    Way("nginx, unsigned", plain, [f"/{uid}/{name}" for name in names], []),
                    Way("nginx, signed", signed, [prefix + name for name in names], []),
                    Way(
                        f"embedded server, signed, {processes}",
                        network.port,
                        [prefix + name for name in names],
                        network.pids,
                    ),
                    Way("media door, signed", network.media, [prefix + name for name in names], network.media_pids),
                ]
                _look(ways, network.data / "streams" / uid / names[0])
                for way in ways[:2]:
                    way.pids = descendants(nginx)  # now that it has answered: its worker is a fork that comes late
                for each in range(rounds + 1):
                    first = each % len(ways)
                    for way in ways[first:] + ways[:first]:
                        _measure(way, connections, seconds if each else 1.0)
                    if not each:  # the first round only warms up
                        for way in ways:
                            way.rates, way.bytes, way.waits, way.cpu, way.reading = [], [], [], [], []
        _print(ways, kilobytes, files, connections, rounds, seconds)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _segments(network: BenchNetwork, size: int, files: int) -> tuple[str, list[str]]:
    uid = long_id()
    folder = network.data / "streams" / uid / "v720"
    folder.mkdir(parents=True)
    names = [f"seg_{number:05}.m4s" for number in range(files)]
    for name in names:
        (folder / name).write_bytes(os.urandom(size))
    return uid, [f"v720/{name}" for name in names]


@contextmanager
def _nginx(program: str, folder: Path, network: BenchNetwork) -> Iterator[tuple[int, int, int]]:
    """One nginx, one worker, both ways: one program, the same caches and settings. Gives two ports and its pid."""
    plain, signed = free_port(), free_port()
    place = folder / "nginx"
    place.mkdir()
    (place / "signed.conf").write_text(
        network.bouquet("nginx", "--pages", f"127.0.0.1:{network.port}", "--listen", f"127.0.0.1:{signed}")
    )
    places = "".join(
        f"{name}_temp_path {place}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (place / "nginx.conf").write_text(
        f"{'user root;' if os.geteuid() == 0 else ''} daemon off; worker_processes 1; pid {place}/pid;"
        f"error_log {place}/error.log; events {{ worker_connections 256; }}"
        f"http {{ include /etc/nginx/mime.types; access_log off; keepalive_requests 1000000; {places}"
        f"include {place}/signed.conf;"
        f"server {{ listen 127.0.0.1:{plain}; sendfile on; tcp_nopush on; root {network.data}/streams; }} }}"
    )
    server = subprocess.Popen([program, "-p", str(place), "-c", str(place / "nginx.conf")])
    try:
        _wait_for(plain)
        yield plain, signed, server.pid
    finally:
        server.terminate()
        server.wait(timeout=10)


def _wait_for(port: int) -> None:
    for _try in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise click.ClickException("nginx did not start.")


def _look(ways: list[Way], file: Path) -> None:
    """All give the same bytes, before anything is measured."""
    for way in ways:
        with urllib.request.urlopen(f"http://127.0.0.1:{way.port}{way.paths[0]}", timeout=30) as answer:
            if answer.read() != file.read_bytes():
                raise click.ClickException(f"{way.name} gives other bytes.")


def _measure(way: Way, connections: int, seconds: float) -> None:
    command = [
        sys.executable,
        str(Path(__file__).with_name("fetcher.py")),
        str(way.port),
        str(connections),
        str(seconds),
    ]
    before = _cpu(way.pids)
    done = subprocess.run(command, input=json.dumps(way.paths), check=True, stdout=subprocess.PIPE, text=True)
    used = _cpu(way.pids) - before
    found = json.loads(done.stdout)
    way.rates.append(found["answers"] / found["seconds"])
    way.bytes.append(found["bytes"] / MEGABYTE / found["seconds"])
    way.waits.append(found["median_ms"])
    way.cpu.append(used * 1000 / (found["bytes"] / MEGABYTE) * 100)
    way.reading.append(found["cpu"] / found["seconds"])


def _cpu(pids: list[int]) -> float:
    """Seconds that these processes have used so far."""
    fields = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in pids]
    return sum(int(each[11]) + int(each[12]) for each in fields) / TICKS


def _print(ways: list[Way], kilobytes: int, files: int, connections: int, rounds: int, seconds: float) -> None:
    click.echo(
        f"{files} segments of {kilobytes} KiB, {connections} connections, {rounds} rounds of {seconds:g} s on each way,"
        f" {os.cpu_count()} processors"
    )
    click.echo(
        f"{'':28}{'segments/s':>12}{'MiB/s':>9}{'wait, ms':>10}{'CPU ms/100 MiB':>16}{'ratio':>8}  lowest – highest"
    )
    plain = ways[0]
    for way in ways:
        ratios = sorted(mine / theirs for mine, theirs in zip(way.rates, plain.rates, strict=True))
        spread = "" if way is plain else f"{median(ratios):>8.2f}  {ratios[0]:.2f} – {ratios[-1]:.2f}"
        click.echo(
            f"{way.name:28}{median(way.rates):>12,.0f}{median(way.bytes):>9,.0f}{median(way.waits):>10.1f}"
            f"{median(way.cpu):>16.1f}{spread}"
        )
    click.echo(f"The readers used {median([each for way in ways for each in way.reading]):.2f} of one processor.")
