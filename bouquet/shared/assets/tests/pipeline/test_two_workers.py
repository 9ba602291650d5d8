"""Real worker processes at one film, on a database and a folder that they share; one of them is killed."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from bouquet.shared.assets.tests.pipeline.network import Network, throwaway_network, times_of
from bouquet.shared.assets.tests.pipeline.samples import run

pytestmark = [pytest.mark.slow, pytest.mark.long]
SECONDS = 40
# SQLite keeps a task's id as 32 digits; the piece has it as people write it.
AT_ONCE = """
SELECT n FROM (SELECT COUNT(DISTINCT t.worker) AS n FROM assets_piece p
                 JOIN tasks_taskrow t ON t.id = replace(p.task, '-', '') WHERE p.state = 'running') WHERE n > 1
"""


@pytest.fixture
def network(tmp_path: Path) -> Iterator[Network]:
    with throwaway_network(tmp_path / "data") as made:
        yield made


def test_two_workers_share_a_film_and_a_killed_one_loses_its_piece_only(network: Network, tmp_path: Path) -> None:
    path = tmp_path / "film.mov"
    hevc = ["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none:keyint=50", "-tag:v", "hvc1"]
    picture = ["-f", "lavfi", "-i", f"testsrc2=size=640x480:rate=25:duration={SECONDS}"]
    run(*picture, "-f", "lavfi", "-i", f"sine=duration={SECONDS}", *hevc, "-pix_fmt", "yuv420p", "-c:a", "aac", path)
    network.start_worker()
    network.start_worker()
    network.send(path)

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
        times = times_of(streams / rung / "index.m3u8")
        assert len(times) == SECONDS * 25
        assert {round(later - earlier, 4) for earlier, later in pairwise(times)} == {0.04}
