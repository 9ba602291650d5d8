"""A whole `bouquet serve` of its own on a throwaway data folder, for benches that measure it from outside."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from bouquet.toolkit.testing.migrated import lay_migrated_database

HOST = "bench.bouquet.localhost"


@dataclass
class BenchNetwork:
    """`pids`: the server's processes. `token`: a member's. `media`: the media door's port, where there is one."""

    data: Path
    port: int
    environment: dict[str, str]
    token: str = ""
    server: int = 0
    media: int = 0

    @property
    def pids(self) -> list[int]:
        return [pid for pid in descendants(self.server) if pid not in self.media_pids]

    @property
    def media_pids(self) -> list[int]:
        named = {pid: Path(f"/proc/{pid}/comm").read_text().strip() for pid in descendants(self.server)}
        return [pid for pid, name in named.items() if name == "bq media door"]

    def bouquet(self, *arguments: str) -> str:
        command = [sys.executable, "-m", "bouquet.config.cli", *arguments]
        return subprocess.run(command, env=self.environment, check=True, capture_output=True, text=True).stdout


@contextmanager
def a_network(folder: Path, processes: int = 1, *, with_media_door: bool = False) -> Iterator[BenchNetwork]:
    port, media = free_port(), free_port() if with_media_door else 0
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("BOUQUET_", "PORT"))}
    environment = kept | {"BOUQUET_DATA": str(folder / "data"), "BOUQUET_PORT": str(port)}
    network = BenchNetwork(folder / "data", port, environment, media=media)
    lay_migrated_database(network.data)
    network.bouquet("site", "add", HOST, "--name", "Bench", "--kinds", "videos", "--main")
    network.bouquet("person", "add", "bench@bouquet.example", "--name", "Bench")
    network.token = network.bouquet("token", "bench@bouquet.example").strip()
    command = [sys.executable, "-m", "bouquet.config.cli", "serve", "--port", str(port), "--processes", str(processes)]
    command += ["--media-port", str(media)] if media else []
    server = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    network.server = server.pid
    try:
        if not any("is ready" in line for line in server.stdout or []):
            raise click.ClickException("The server did not start.")
        yield network
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def descendants(pid: int) -> list[int]:
    children = [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return [pid, *(each for child in children for each in descendants(child))]
