"""Films through two workers that are killed at random moments: all end ready, nothing is done twice or left.

Ten films, so that CI ends in time; BOUQUET_TRY_FILMS=50 is the whole of it.
"""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from bouquet.shared.assets.tests.pipeline.network import Network, throwaway_network, times_of
from bouquet.shared.assets.tests.pipeline.samples import run
from bouquet.toolkit.processes import born, is_alive

pytestmark = pytest.mark.slow
SEED = 20261122
RATE, SHORT, LONG = 12, 3, 13  # pictures a second, seconds; the long ones are made in pieces
FILMS = int(os.environ.get("BOUQUET_TRY_FILMS", "10"))
LONG_ONES, KILLS = FILMS // 8, 1 + FILMS // 16  # KILLS: of each sort, at least
# Every time a step is noted as done, and every time one that was done is something else; likewise what is announced.
LOG = """
CREATE TABLE kill_log (asset INTEGER, what TEXT, name TEXT);
CREATE TRIGGER kill_done AFTER UPDATE OF state ON assets_step WHEN NEW.state = 'done'
  BEGIN INSERT INTO kill_log VALUES (NEW.asset_id, 'done', NEW.name); END;
CREATE TRIGGER kill_undone AFTER UPDATE OF state ON assets_step WHEN OLD.state = 'done' AND NEW.state <> 'done'
  BEGIN INSERT INTO kill_log VALUES (NEW.asset_id, 'undone', NEW.name); END;
CREATE TRIGGER kill_ready AFTER UPDATE OF state ON assets_asset WHEN NEW.state IN ('ready', 'failed')
  BEGIN INSERT INTO kill_log VALUES (NEW.id, NEW.state, ''); END;
CREATE TRIGGER kill_news AFTER INSERT ON tasks_taskrow WHEN NEW.task = 'bouquet.toolkit.events.hear'
  BEGIN INSERT INTO kill_log VALUES (json_extract(NEW.args, '$[2].asset_id'), json_extract(NEW.args, '$[1]'),
                                     json_extract(NEW.args, '$[0]')); END;
"""


@pytest.fixture
def network(tmp_path: Path) -> Iterator[Network]:
    with throwaway_network(tmp_path / "data") as made:
        yield made


def test_many_films_and_a_killer(network: Network, tmp_path: Path) -> None:
    chance = random.Random(SEED)
    short, long = film(tmp_path / "short.mov", SHORT), film(tmp_path / "long.mov", LONG)
    paths = [long] * LONG_ONES + [short] * (FILMS - LONG_ONES)
    chance.shuffle(paths)
    network.change(LOG)
    for _ in range(2):
        network.start_worker()
    network.send(*paths)

    killed, seen = kill_until_all_are_over(network, chance, seconds=600)
    assert min(killed["worker"], killed["slot"], killed["encoder"]) >= KILLS, killed

    states = network.ask("SELECT state, COUNT(*) FROM assets_asset GROUP BY state")
    assert states == [("ready", FILMS)], network.ask("SELECT reason FROM assets_asset WHERE state = 'failed'")
    assert network.ask("SELECT COUNT(*) FROM assets_piece") == [(0,)]
    network.wait_for(NOTHING_WAITS, 60)
    assert network.ask("SELECT task, error FROM tasks_taskrow WHERE state = 'failed'") == []
    nothing_twice(network)
    every_rung_once_and_whole(network)
    nothing_left(network)
    for worker in network.workers:
        worker.terminate()
    for worker in network.workers:
        worker.wait(timeout=30)
    until = time.monotonic() + 10
    while orphans := [pid for pid, birth in seen if is_alive(pid, birth)]:
        assert time.monotonic() < until, f"they work on for nobody: {orphans}"
        time.sleep(0.1)


NOTHING_WAITS = """SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM tasks_taskrow WHERE state IN ('waiting', 'running')
                                             AND task LIKE '%.assets.tasks.%' AND key <> '')"""


def film(path: Path, seconds: int) -> Path:
    """HEVC, which must be encoded, in two rungs."""
    hevc = ["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none:keyint=24", "-tag:v", "hvc1"]
    picture = ["-f", "lavfi", "-i", f"testsrc2=size=640x360:rate={RATE}:duration={seconds}"]
    run(*picture, "-f", "lavfi", "-i", f"sine=duration={seconds}", *hevc, "-pix_fmt", "yuv420p", "-c:a", "aac", path)
    return path


def kill_until_all_are_over(
    network: Network, chance: random.Random, *, seconds: float
) -> tuple[Counter[str], set[tuple[int, str]]]:
    """About once a second a worker, one of its slots or what it runs, as far as films come on meanwhile: on a slow
    machine nobody dies more often. Gives what was killed, and all who ever ran."""
    next_at = 0
    killed: Counter[str] = Counter()
    seen: set[tuple[int, str]] = set()
    until = time.monotonic() + seconds
    kinds = ["encoder", "slot", "encoder", "worker", "encoder", "slot"]
    while True:
        over = network.ask("SELECT COUNT(*) FROM assets_asset WHERE state IN ('ready', 'failed')")[0][0]
        if over >= FILMS:
            return killed, seen
        assert time.monotonic() < until, network.ask(STANDING)
        network.change(AT_ONCE)
        done = network.ask("SELECT COUNT(*) FROM kill_log WHERE what = 'done'")[0][0]
        family = descendants(network)
        seen |= {(pid, born(pid)) for pids in family.values() for pid in pids}
        kind = kinds[killed.total() % len(kinds)]
        if family[kind] and done >= next_at:
            victim = chance.choice(family[kind])
            kill(network, kind, victim)
            killed[kind] += 1
            next_at = done + chance.randint(1, 14)
            time.sleep(chance.uniform(0.2, 0.8))
        else:
            time.sleep(0.02)


# Whoever was killed twice would wait for a minute.
AT_ONCE = """UPDATE tasks_taskrow SET run_after = strftime('%Y-%m-%d %H:%M:%f', 'now')
              WHERE state = 'waiting' AND attempts > 0 AND run_after > strftime('%Y-%m-%d %H:%M:%f', 'now')"""
STANDING = """SELECT a.id, s.name, s.state, s.attempts, s.error FROM assets_asset a
                JOIN assets_step s ON s.asset_id = a.id WHERE a.state = 'processing' AND s.state <> 'done'"""


def kill(network: Network, kind: str, victim: int) -> None:
    if kind != "worker":
        try:
            os.kill(victim, signal.SIGKILL)
        except ProcessLookupError:
            pass  # it ended by itself at that very moment
        return
    worker = next(each for each in network.workers if each.pid == victim)
    worker.kill()
    worker.wait()
    network.workers.remove(worker)
    network.start_worker()


def descendants(network: Network) -> dict[str, list[int]]:
    """Workers that have been up for a moment, their slots, and what those run."""
    children: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if words[0] != "Z":
            children.setdefault(int(words[1]), []).append(int(path.parent.name))
    workers = [worker.pid for worker in network.workers if children.get(worker.pid)]
    slots = [slot for worker in workers for slot in children.get(worker, [])]
    return {"worker": workers, "slot": slots, "encoder": [each for slot in slots for each in children.get(slot, [])]}


def nothing_twice(network: Network) -> None:
    twice = network.ask("SELECT asset, what, name, COUNT(*) AS n FROM kill_log GROUP BY asset, what, name HAVING n > 1")
    assert twice == []
    assert network.ask("SELECT * FROM kill_log WHERE what IN ('undone', 'failed')") == []
    done = network.ask("SELECT name, COUNT(*) FROM kill_log WHERE what = 'done' GROUP BY name ORDER BY name")
    steps = ["finish", "film", "first", "ladder", "largest", "loudness", "poster", "probe", "storyboard"]
    assert dict(done) == dict.fromkeys(steps, FILMS)
    news = network.ask("SELECT what, COUNT(DISTINCT asset) FROM kill_log WHERE what LIKE '%.Asset%' GROUP BY what")
    told = ["AssetPlayable", "AssetReady", "PosterMade"]
    assert {what.rpartition(".")[2]: count for what, count in news} == dict.fromkeys(told, FILMS)


def every_rung_once_and_whole(network: Network) -> None:
    rungs = network.ask("SELECT name, growing, COUNT(*) FROM assets_rendition GROUP BY name, growing ORDER BY name")
    assert rungs == [("audio", 0, FILMS), ("v240", 0, FILMS), ("v360", 0, FILMS)]
    for uid, seconds in network.ask("SELECT uid, round(duration) FROM assets_asset"):
        folder = network.folder / "streams" / uid
        listed = [line for line in (folder / "master.m3u8").read_text().splitlines() if line.endswith("index.m3u8")]
        assert sorted(listed) == ["v240/index.m3u8", "v360/index.m3u8"]
        for rung in ("v240", "v360"):
            text = (folder / rung / "index.m3u8").read_text()
            names = [line for line in text.splitlines() if line.endswith(".m4s")]
            assert "#EXT-X-ENDLIST" in text and sorted(set(names)) == names
            assert sorted(path.name for path in (folder / rung).glob("*.m4s")) == names
        frames = times_of(folder / "v360" / "index.m3u8")
        assert frames == pytest.approx([number / RATE for number in range(int(seconds) * RATE)], abs=0.001)


def nothing_left(network: Network) -> None:
    streams, uploads = network.folder / "streams", network.folder / "uploads"
    half = [path for root in (streams, uploads) for path in root.rglob("*") if path.name.endswith("part")]
    assert half == []
    assert list(streams.glob("*/.*")) == []
    assert {path.name for path in uploads.glob("*/*")} == {"source", "lock"}
