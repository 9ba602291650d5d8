"""`bouquet bench upload`: a large file by tus over loopback, beside the same bytes written by the same client.

The server is a whole `bouquet serve` of its own on a throwaway data folder, the sender a process of its own, so that
the server's memory holds nothing but the server.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from django.conf import settings

from bouquet.shared.assets.bench.network import HOST, a_network

MEGABYTE = 1024**2


@click.command("upload")
@click.option("--gigabytes", default=4.0, show_default=True, help="Size of the file.")
@click.option("--chunk", default=0, help="Megabytes of each PATCH; 0: the whole file in one.")
def upload(gigabytes: float, chunk: int) -> None:
    """Send one large file; print the speed, the server's memory and how long the last byte waits for its answer."""
    size = int(gigabytes * 1024**3)
    settings.DATA.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="bench-upload-", dir=settings.DATA))
    try:
        reference = _in_a_process("write", folder / "reference", size)
        (folder / "reference").unlink()
        click.echo("Preparing a throwaway network (half a minute)")
        with a_network(folder) as network:
            with _memory(network.pids) as memory:
                sent = _in_a_process("send", network.port, HOST, network.token, size, chunk * MEGABYTE)
        _print(size, chunk, reference, sent, memory)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _print(size: int, chunk: int, reference: dict[str, float], sent: dict[str, float], memory: dict[str, int]) -> None:
    way = f"{chunk} MB in each PATCH" if chunk else "one PATCH"
    click.echo(f"{size / 1024**3:g} GiB, {way}, {os.cpu_count()} processors")
    rows = [
        ("plain file by the same client", f"{size / MEGABYTE / reference['seconds']:,.0f} MiB/s"),
        ("tus upload", f"{size / MEGABYTE / sent['seconds']:,.0f} MiB/s"),
        ("    of the plain file", f"{reference['seconds'] / sent['seconds']:.2f}"),
        ("last byte to its answer", f"{sent['last_ms']:.0f} ms"),
        ("last byte alone in a PATCH, whole request", f"{sent['alone_ms']:.0f} ms"),
        ("HEAD afterwards", f"{sent['head_ms']:.0f} ms"),
        ("server's memory before", f"{memory['before'] / MEGABYTE:.1f} MiB"),
        ("server's memory at its peak", f"{memory['peak'] / MEGABYTE:.1f} MiB"),
        ("    growth", f"{(memory['peak'] - memory['before']) / MEGABYTE:.1f} MiB"),
    ]
    for name, value in rows:
        click.echo(f"{name:44}{value:>16}")


def _in_a_process(*arguments: object) -> dict[str, float]:
    """sender.py by its own path: a process that has loaded neither Django nor this package."""
    command = [sys.executable, str(Path(__file__).with_name("sender.py")), *map(str, arguments)]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


# ── The server's memory ──────────────────────────────────────────────────────────────────────────────────────────────
@contextmanager
def _memory(pids: list[int]) -> Iterator[dict[str, int]]:
    """Resident memory of the server's processes together, looked at twenty times a second."""
    seen = {"before": _resident(pids), "peak": 0}
    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.05):
            seen["peak"] = max(seen["peak"], _resident(pids))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield seen
    finally:
        over.set()
        watcher.join()


def _resident(pids: list[int]) -> int:
    pages = sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in pids)
    return pages * os.sysconf("SC_PAGE_SIZE")
