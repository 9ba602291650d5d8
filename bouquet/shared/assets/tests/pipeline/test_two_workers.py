"""Real worker processes at one film, on a database and a folder that they share; one of them is killed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from bouquet.shared.assets.ffmpeg import ffprobe_path
from bouquet.shared.assets.tests.pipeline.samples import run
from bouquet.toolkit.testing.migrated import lay_migrated_database

pytestmark = pytest.mark.slow
SECONDS = 40
SEND = """
from bouquet.shared.assets.bench.door import send
from pathlib import Path
send(Path({path!r}))
"""
# SQLite keeps a task's id as 32 digits; the piece has it as people write it.
AT_ONCE = """
SELECT n FROM (SELECT COUNT(DISTINCT t.worker) AS n FROM assets_piece p
                 JOIN tasks_taskrow t ON t.id = replace(p.task, '-', '') WHERE p.state = 'running') WHERE n > 1
"""


class Network:
    """A throwaway data folder, and the workers that a test starts on it."""

    def __init__(self, folder: Path) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("BOUQUET_")}
        chunks = {"BOUQUET_VIDEO_CHUNK_SECONDS": "4", "BOUQUET_VIDEO_THREADS": "1"}
        self.folder, self.environment = folder, kept | chunks | {"BOUQUET_DATA": str(folder)}
        self.workers: list[subprocess.Popen[bytes]] = []
        lay_migrated_database(folder)

    def manage(self, *words: str) -> None:
        subprocess.run([*self._bouquet, "manage", *words], env=self.environment, check=True, timeout=300)

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

    def wait_for(self, sql: str, seconds: float) -> list[Any]:
        until = time.monotonic() + seconds
        while not (found := self.ask(sql)):
            if time.monotonic() > until:
                said = (self.folder / "worker.log").read_text()[-3000:]
                pytest.fail(f"not in {seconds} s: {sql}\n{self.ask('SELECT * FROM assets_step')}\n{said}")
            time.sleep(0.1)
        return found

    _bouquet = (sys.executable, "-m", "bouquet.config.cli")


@pytest.fixture
def network(tmp_path: Path) -> Iterator[Network]:
    made = Network(tmp_path / "data")
    yield made
    for worker in made.workers:
        worker.kill()
        worker.wait()
    shutil.rmtree(made.folder, ignore_errors=True)


def test_two_workers_share_a_film_and_a_killed_one_loses_its_piece_only(network: Network, tmp_path: Path) -> None:
    path = tmp_path / "film.mov"
    hevc = ["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none:keyint=50", "-tag:v", "hvc1"]
    picture = ["-f", "lavfi", "-i", f"testsrc2=size=640x480:rate=25:duration={SECONDS}"]
    run(*picture, "-f", "lavfi", "-i", f"sine=duration={SECONDS}", *hevc, "-pix_fmt", "yuv420p", "-c:a", "aac", path)
    network.start_worker()
    network.start_worker()
    network.manage("shell", "-c", SEND.format(path=str(path)))

    network.wait_for(AT_ONCE, 120)
    network.wait_for("SELECT 1 FROM assets_piece WHERE step = 'film' AND state = 'published' AND number > 2", 120)
    os.kill(network.workers[0].pid, signal.SIGKILL)
    network.workers[0].wait()
    network.start_worker()
    most: dict[tuple[str, int], int] = {}
    until = time.monotonic() + 240
    while not network.ask("SELECT 1 FROM assets_asset WHERE state = 'ready'"):
        for step, number, attempts in network.ask("SELECT step, number, attempts FROM assets_piece"):
            most[step, number] = max(attempts, most.get((step, number), 0))
        assert time.monotonic() < until, network.ask("SELECT name, state, progress, error FROM assets_step")
        assert not network.ask("SELECT 1 FROM assets_asset WHERE state = 'failed'")
        time.sleep(0.1)

    assert len(most) > 10
    assert sum(attempts - 1 for attempts in most.values()) <= 1, f"more than one piece was made again: {most}"
    assert network.ask("SELECT COUNT(*) FROM assets_piece") == [(0,)]
    rungs = network.ask("SELECT name FROM assets_rendition WHERE kind = 'video' ORDER BY name")
    assert rungs == [("v240",), ("v360",), ("v480",)]
    streams = next((network.folder / "streams").iterdir())
    assert not (streams / ".pieces").exists()
    for (rung,) in rungs:
        times = _times(streams / rung / "index.m3u8")
        assert len(times) == SECONDS * 25
        assert {round(later - earlier, 4) for earlier, later in pairwise(times)} == {0.04}


def _times(playlist: Path) -> list[float]:
    words = ["-v", "error", "-of", "json", "-show_entries", "packet=pts_time", str(playlist)]
    done = subprocess.run([ffprobe_path(), *words], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0 and not done.stderr, done.stderr
    return sorted(float(packet["pts_time"]) for packet in json.loads(done.stdout)["packets"])
