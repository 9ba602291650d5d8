"""A long film through one worker and through two, each held to one processor: how much sooner is it whole?

The film is as long as a session allows, its pieces are as many as a two-hour film has with the usual ones.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from django.conf import settings

from bouquet.shared.assets.actions import remove_asset
from bouquet.shared.assets.bench.door import Line, length, send, until, until_idle
from bouquet.shared.assets.bench.sources import source
from bouquet.shared.assets.ffmpeg import ffprobe_path
from bouquet.shared.assets.models import Asset

PIECES = 32
_LOADING = 8  # seconds after which a worker has loaded what it needs


def two_workers(minutes: float) -> Iterator[Line]:
    """Raises ClickException where the frames of the two runs differ, or the machine has one processor."""
    cores = sorted(os.sched_getaffinity(0))[:2]
    if len(cores) < 2:
        raise click.ClickException("Two workers cannot be measured on one processor.")
    seconds = int(minutes * 60)
    path = source("small", seconds)
    waits, times = {}, {}
    for count in (1, 2):
        with _workers(cores[:count], max(4, seconds // PIECES)):
            asset = send(path)
            until(asset, lambda row: row.steps.filter(name="ladder", state="done").exists())
            ladder = asset.steps.get(name="ladder")
            assert ladder.finished_at and asset.received_at
            waits[count] = (ladder.finished_at - asset.received_at).total_seconds()
            times[count] = {row.name: _times(asset, row.name) for row in asset.renditions.filter(kind="video")}
            until(asset, lambda row: row.ready_at)
            remove_asset(asset)
            until_idle()
    if times[1] != times[2]:
        raise click.ClickException("The frames of one worker and of two are not the same.")
    frames = ", ".join(f"{name} {len(each)}" for name, each in sorted(times[2].items()))
    ratio = waits[1] / waits[2]
    yield Line(f"{length(seconds)} of HEVC, all rungs, one worker on one processor", f"{waits[1]:.1f} s")
    yield Line("    two workers on two processors", f"{waits[2]:.1f} s")
    yield Line("    ratio", f"{ratio:.2f}", "≥ 1.8", ratio >= 1.8)
    yield Line("    the same frames at the same times", frames, "", True)


def _times(asset: Asset, name: str) -> list[str]:
    playlist = asset.stream_folder / name / "index.m3u8"
    words = [ffprobe_path(), "-v", "error", "-of", "json", "-show_entries", "packet=pts_time", str(playlist)]
    found = json.loads(subprocess.run(words, capture_output=True, check=True, text=True).stdout)
    return sorted((packet["pts_time"] for packet in found["packets"]), key=float)


@contextmanager
def _workers(cores: list[int], chunk: int) -> Iterator[None]:
    command = [sys.executable, "-m", "bouquet.config.cli", "worker", "--slots", "2"]
    held = {"BOUQUET_VIDEO_THREADS": "1", "BOUQUET_VIDEO_CHUNK_SECONDS": str(chunk)}
    log = (Path(settings.DATA) / "workers.log").open("ab")
    workers = [
        subprocess.Popen(
            command,
            env=os.environ | held,
            stdout=log,
            stderr=log,
            preexec_fn=lambda core=core: os.sched_setaffinity(0, {core}),  # type: ignore[misc]
        )
        for core in cores
    ]
    time.sleep(_LOADING)
    try:
        yield
    finally:
        for worker in workers:
            worker.send_signal(signal.SIGTERM)
        for worker in workers:
            try:
                worker.wait(timeout=30)
            except subprocess.TimeoutExpired:
                worker.kill()
        log.close()
