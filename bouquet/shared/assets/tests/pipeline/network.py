"""A throwaway network with real worker processes, and what a test may ask of its database and its folders."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from bouquet.shared.assets.ffmpeg import ffprobe_path
from bouquet.toolkit.testing.migrated import lay_migrated_database

SEND = """
from bouquet.shared.assets.bench.door import send
from pathlib import Path
for path in {paths!r}:
    send(Path(path))
"""


@contextmanager
def throwaway_network(folder: Path, **variables: str) -> Iterator[Network]:
    made = Network(folder, variables)
    try:
        yield made
    finally:
        for worker in made.workers:
            worker.kill()
            worker.wait()
        shutil.rmtree(made.folder, ignore_errors=True)


class Network:
    """A throwaway data folder, and the workers that a test starts on it."""

    def __init__(self, folder: Path, variables: dict[str, str]) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("BOUQUET_")}
        chunks = {"BOUQUET_VIDEO_CHUNK_SECONDS": "4", "BOUQUET_VIDEO_THREADS": "1"}
        self.folder, self.environment = folder, kept | chunks | variables | {"BOUQUET_DATA": str(folder)}
        self.workers: list[subprocess.Popen[bytes]] = []
        lay_migrated_database(folder)

    def manage(self, *words: str) -> None:
        subprocess.run([*self._bouquet, "manage", *words], env=self.environment, check=True, timeout=300)

    def send(self, *paths: Path) -> None:
        """Each is received as tus leaves it."""
        self.manage("shell", "-v0", "-c", SEND.format(paths=[str(path) for path in paths]))

    def start_worker(self) -> subprocess.Popen[bytes]:
        with (self.folder / "worker.log").open("ab") as log:
            words = [*self._bouquet, "worker", "--slots", "2"]
            self.workers.append(subprocess.Popen(words, env=self.environment, stdout=log, stderr=log))
        return self.workers[-1]

    def ask(self, sql: str) -> list[Any]:
        connection = sqlite3.connect(f"file:{next(self.folder.glob('*.sqlite3'))}?mode=ro", uri=True, timeout=10)
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()

    def change(self, sql: str) -> None:
        connection = sqlite3.connect(next(self.folder.glob("*.sqlite3")), timeout=10)
        try:
            connection.executescript(sql)
        finally:
            connection.close()

    def wait_for(self, sql: str, seconds: float) -> list[Any]:
        until = time.monotonic() + seconds
        while not (found := self.ask(sql)):
            if time.monotonic() > until:
                said = (self.folder / "worker.log").read_text()[-3000:]
                pytest.fail(f"not in {seconds} s: {sql}\n{self.ask('SELECT * FROM assets_step')}\n{said}")
            time.sleep(0.1)
        return found

    _bouquet = (sys.executable, "-m", "bouquet.config.cli")


def times_of(playlist: Path) -> list[float]:
    """Of every picture (or packet of sound) of a rendition, in seconds."""
    words = ["-v", "error", "-of", "json", "-show_entries", "packet=pts_time", str(playlist)]
    done = subprocess.run([ffprobe_path(), *words], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0 and not done.stderr, done.stderr
    return sorted(float(packet["pts_time"]) for packet in json.loads(done.stdout)["packets"])
