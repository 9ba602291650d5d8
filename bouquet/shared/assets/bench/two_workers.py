"""A long film through one worker and through two, each held to one processor: how much sooner is it whole?

And is it the film of a single pass: the same pictures at the same times in every rung, the sound without a gap and the
same to the byte, whoever encoded which piece.
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Any

import click
from django.conf import settings

from bouquet.shared.assets.actions import remove_asset
from bouquet.shared.assets.bench.by_hand import one_process
from bouquet.shared.assets.bench.door import Line, length, send, until, until_idle
from bouquet.shared.assets.bench.sources import source
from bouquet.shared.assets.ffmpeg import ffmpeg_path, ffprobe_path
from bouquet.shared.assets.models import Asset
from bouquet.shared.assets.pipeline import graph
from bouquet.shared.assets.pipeline.plan import Plan, make_plan
from bouquet.shared.assets.pipeline.probe import probe
from bouquet.shared.assets.pipeline.segments import RungFolder

LEAST_PIECES = 32
USUAL = (
    60  # seconds of a piece, as BOUQUET_VIDEO_CHUNK_SECONDS has it: a shorter film than half an hour gets shorter ones
)
STEPS = ("first", "film", "ladder")
_LOADING = 8  # seconds after which a worker has loaded what it needs
_A_LITTLE = 0.0002  # seconds: a rung's clock and the grid's round differently


def two_workers(minutes: float, size: str) -> Iterator[Line]:
    """Raises ClickException where the machine has one processor."""
    cores = sorted(os.sched_getaffinity(0))[:2]
    if len(cores) < 2:
        raise click.ClickException("Two workers cannot be measured on one processor.")
    seconds = int(minutes * 60)
    path = source("small", seconds, size)
    plan = make_plan(probe(path))
    patience = _foretell(seconds, size, plan, cores[0])
    waits, pictures, sounds = {}, {}, {}
    for count in (1, 2):
        with _workers(cores[:count], min(USUAL, max(4, seconds // LEAST_PIECES))):
            asset = send(path)
            until(asset, _is_whole, patience=patience, look=_Progress(count))
            ends = [step.finished_at for step in asset.steps.filter(name__in=STEPS) if step.finished_at]
            assert ends and asset.received_at
            waits[count] = (max(ends) - asset.received_at).total_seconds()
            pictures[count] = {row.name: _times(asset, row.name) for row in asset.renditions.filter(kind="video")}
            sounds[count] = {row.name: _Sound.of(asset, row.name) for row in asset.renditions.filter(kind="audio")}
            remove_asset(asset)
            until_idle()
    click.echo("Looking at what a single pass has", err=True)
    single = _single_pass(path, plan)
    ratio = waits[1] / waits[2]
    rungs = "-".join(str(rung.lines) for rung in plan.rungs)
    yield Line(f"{length(seconds)} of HEVC {size} ({rungs}), one worker on one processor", f"{waits[1]:.1f} s")
    yield Line("    two workers on two processors", f"{waits[2]:.1f} s")
    yield Line("    ratio", f"{ratio:.2f}", "≥ 1.8", ratio >= 1.8)
    yield from _same_pictures(pictures, single)
    yield from _same_sound(sounds)


def _is_whole(asset: Asset) -> bool:
    """Every rung from end to end: a film of one rung has no ladder to climb after its first."""
    return set(asset.steps.filter(name__in=STEPS, state="done").values_list("name", flat=True)) == set(STEPS)


# ── What is compared ─────────────────────────────────────────────────────────────────────────────────────────────────
def _same_pictures(pictures: dict[int, dict[str, list[float]]], single: list[float]) -> Iterator[Line]:
    for name in sorted(pictures[2]):
        one, two = pictures[1].get(name, []), pictures[2][name]
        same = one == two and len(two) == len(single)
        apart = max((abs(a - b) for a, b in zip(two, single, strict=False)), default=0.0)
        what = f"    {name}: pictures of one worker, of two, of a single pass; furthest from its time"
        said = f"{len(one)}, {len(two)}, {len(single)}; {apart * 1000:.2f} ms"
        yield Line(what, said, "the same", same and apart <= _A_LITTLE)


def _same_sound(sounds: dict[int, dict[str, _Sound]]) -> Iterator[Line]:
    for name in sorted(sounds[2]):
        one, two = sounds[1].get(name), sounds[2][name]
        said = f"{two.frames} frames, {two.joins} joins off, {'the same' if one == two else 'other'} bytes"
        yield Line(f"    {name}: the sound of two workers", said, "0 joins off", two.joins == 0 and one == two)


class _Sound:
    """`joins`: how many frames do not begin where the one before ends."""

    def __init__(self, frames: int, joins: int, digest: str) -> None:
        self.frames, self.joins, self.digest = frames, joins, digest

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Sound) and vars(self) == vars(other)

    __hash__ = None  # type: ignore[assignment]

    @classmethod
    def of(cls, asset: Asset, name: str) -> _Sound:
        packets = _packets(asset, name, "pts,duration")
        ends = [int(each["pts"]) + int(each["duration"]) for each in packets]
        joins = sum(int(later["pts"]) != end for later, end in zip(packets[1:], ends, strict=False))
        digest = hashlib.sha256()
        for data in RungFolder(asset.stream_folder / name).read():
            digest.update(data)
        return cls(len(packets), joins, digest.hexdigest())


def _times(asset: Asset, name: str) -> list[float]:
    return sorted(float(packet["pts_time"]) for packet in _packets(asset, name, "pts_time"))


def _packets(asset: Asset, name: str, entries: str) -> list[dict[str, Any]]:
    playlist = asset.stream_folder / name / "index.m3u8"
    words = [ffprobe_path(), "-v", "error", "-of", "json", "-show_entries", f"packet={entries}", str(playlist)]
    packets: list[dict[str, Any]] = json.loads(subprocess.run(words, capture_output=True, check=True).stdout)["packets"]
    return packets


def _single_pass(path: Path, plan: Plan) -> list[float]:
    """When each picture is shown, where one ffmpeg goes through the film once, from its start to its end."""
    picture = plan.facts.picture
    steps = ",".join([*graph.upright(picture), *graph.constant_rate(plan), "scale=16:16"])
    words = [ffmpeg_path(), "-v", "error", "-nostdin", "-i", str(path), "-map", f"0:{picture.index}", "-vf", steps]
    words += ["-fps_mode", "passthrough", "-f", "framecrc", "-"]
    said = subprocess.run(words, capture_output=True, check=True, text=True).stdout.splitlines()
    base = next(Fraction(line.partition(": ")[2]) for line in said if line.startswith("#tb 0"))
    return [float(int(line.split(",")[2]) * base) for line in said if line and not line.startswith("#")]


# ── What is said before and meanwhile ────────────────────────────────────────────────────────────────────────────────
def _foretell(seconds: int, size: str, plan: Plan, core: int) -> float:
    """Says how long it will take, from a minute of the film by hand. Gives the seconds after which to give up."""
    everything = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        minute = one_process(source("small", 60, size), plan.rungs, Path(settings.DATA) / "foretelling").wall
    finally:
        os.sched_setaffinity(0, everything)
    alone = minute * seconds / 60
    whole = alone * (1 + 1 / 1.85) + alone * 0.2 + 2 * _LOADING + 30
    busy = os.getloadavg()[0]
    click.echo(
        f"About {whole / 60:.0f} minutes on two quiet processors ({alone / 60:.0f} for one worker, "
        f"{alone / 1.85 / 60:.0f} for two, the rest for looking at what came out); the load is {busy:.1f} now.",
        err=True,
    )
    return max(3600.0, alone * 6)


class _Progress:
    """A line for each tenth of the film."""

    def __init__(self, count: int) -> None:
        self.who, self.began, self.told = f"{count} worker{'s' if count > 1 else ''}", time.monotonic(), 0
        click.echo(f"{self.who}: begun", err=True)

    def __call__(self, asset: Asset) -> None:
        shares = dict(asset.steps.filter(name__in=STEPS).values_list("name", "progress"))
        weights = {"first": 1, "film": 30, "ladder": 60}
        tenth = int(10 * sum(shares.get(name, 0.0) * weight for name, weight in weights.items()) / 91)
        if tenth > self.told:
            self.told = tenth
            click.echo(f"{self.who}: {tenth * 10} % after {time.monotonic() - self.began:.0f} s", err=True)


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
