"""`bouquet bench video`: from the last byte to the first picture, and what the ladder costs beside ffmpeg by hand.

Everything goes through the real parts on a throwaway data folder: rows, tasks, a worker in processes of its own. CPU is
compared within one run, ours and the reference in turn, because a machine is never twice the same.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from statistics import median

import click
from django.conf import settings

from bouquet.shared.assets.actions import remove_asset
from bouquet.shared.assets.bench.by_hand import Spent, one_process, one_process_each
from bouquet.shared.assets.bench.door import Line, length, send, until, until_idle
from bouquet.shared.assets.bench.sources import source
from bouquet.shared.assets.bench.two_workers import two_workers
from bouquet.shared.assets.models import Asset
from bouquet.shared.assets.pipeline.facts import Facts
from bouquet.shared.assets.pipeline.plan import Plan, make_plan

_INSIDE = "BOUQUET_BENCH_INSIDE"


_SHORT = """Source: Big Buck Bunny (Blender Foundation, CC BY 3.0) in a loop at 1920 × 1080, 25 pictures a second,
with light grain. The waits go through the real rows, tasks and worker processes;
CPU is of our steps and of the reference in one run."""
_LONG = """Source: Big Buck Bunny (Blender Foundation, CC BY 3.0) in a loop, 25 pictures a second, with light grain.
From the last byte until every rung is whole, through the real rows, tasks and worker processes, each worker held to one
processor and one thread. The pictures are compared with those of one ffmpeg that goes through the film once."""


def _read_size(_context: object, _option: object, text: str) -> str:
    width, _x, height = text.partition("x")
    if not (width.isdigit() and height.isdigit() and 64 <= int(width) <= 7680 and 64 <= int(height) <= 4320):
        raise click.BadParameter("a size is written 640x360.")
    return text


@click.command("video")
@click.option("--quick", is_flag=True, help="Clips of 12 seconds and one round: says that it works, not how fast.")
@click.option("--rounds", default=3, show_default=True, help="How often each wait is measured; the median counts.")
@click.option("--two-workers", "share", is_flag=True, help="Only this: a long film through one worker and through two.")
@click.option("--minutes", type=click.FloatRange(1, 600), default=8.0, show_default=True, help="With --two-workers.")
@click.option("--size", callback=_read_size, default="640x360", show_default=True, help="With --two-workers.")
@click.option("--write", is_flag=True, help="Keep the table in docs/running/measurements/video.md.")
def video(quick: bool, rounds: int, share: bool, minutes: float, size: str, write: bool) -> None:
    """Measure how soon a file plays and what its ladder costs.

    With --two-workers: how much sooner a long film is whole through two workers than through one. It says first how
    long that takes; two hours of film are --minutes 120.
    """
    if not os.environ.get(_INSIDE):
        _run_inside(sys.argv[sys.argv.index("video") :])
        return
    lines = []
    with nullcontext() if share else _worker():
        for line in two_workers(minutes, size) if share else _measure(quick, 1 if quick else rounds):
            click.echo(f"{line.what}: {line.value}", err=True)
            lines.append(line)
    table = _table(lines)
    click.echo(table)
    if write:
        name = "two-workers.md" if share else "video.md"
        path = settings.ROOT / "docs" / "running" / "measurements" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_document(table, _LONG if share else _SHORT))
        click.echo(f"Written to {path}.")
    sys.exit(1 if any(line.good is False for line in lines) else 0)


# ── What is measured ─────────────────────────────────────────────────────────────────────────────────────────────────
def _measure(quick: bool, rounds: int) -> Iterator[Line]:
    short, long = (12, 60) if quick else (60, 600)
    yield _wait("h264", short, 2, rounds)
    yield _wait("h264", long, 9, rounds)
    for codec in ("hevc", "mpeg2"):
        yield _wait(codec, short, 6, rounds)
        if not quick:
            yield _wait(codec, long, 6, rounds)
    yield from _beside_copy(short)
    yield from _encoded(short)


def _wait(codec: str, seconds: int, limit: float, rounds: int) -> Line:
    """Last byte to first playable, as the rows say; the asset is removed as soon as it plays."""
    waits = []
    for _round in range(rounds):
        asset = send(source(codec, seconds))
        until(asset, lambda row: row.playable_at)
        waits.append(asset.timings["first_playable"])
        remove_asset(asset)
        until_idle()
    wait = median(waits)
    each = " ".join(f"{value:.2f}" for value in sorted(waits))
    what = f"last byte → playable, {codec} 1080p, {length(seconds)}"
    return Line(what, f"{wait:.2f} s ({each})", f"≤ {limit:g} s", wait <= limit)


def _beside_copy(seconds: int) -> list[Line]:
    """A source served as it is: its ladder beside the same rungs by hand with the source copied."""
    path = source("h264", seconds)
    asset, plan, cpu = _through(path)
    hand = _by_hand(path, plan, copy=True)
    names = "-".join(str(rung.lines) for rung in reversed(plan.ladder))
    ratio = cpu["ladder"] / hand.cpu
    minute = cpu["storyboard"] * 60 / seconds
    lines = [
        Line(f"ladder beside a copied source ({names}), CPU", f"{cpu['ladder']:.1f} s"),
        Line("    one bare ffmpeg, the same rungs and the copy, CPU", f"{hand.cpu:.1f} s"),
        Line("    ratio", f"{ratio:.3f}", "≤ 1.05", ratio <= 1.05),
        Line("all steps together, CPU", f"{sum(cpu.values()):.1f} s"),
        Line("storyboard, CPU for a minute of 1080p", f"{minute:.2f} s", "≤ 3 s", minute <= 3),
    ]
    remove_asset(asset)
    return lines


def _encoded(seconds: int) -> list[Line]:
    """A source that must be encoded: the first rung alone, then the others from one decode."""
    path = source("hevc", seconds)
    asset, plan, cpu = _through(path)
    hand = _by_hand(path, plan, copy=False)
    remove_asset(asset)
    folder = Path(tempfile.mkdtemp(dir=settings.DATA))
    whole = one_process(path, plan.rungs, folder)
    each = one_process_each(path, plan.rungs, folder)
    shutil.rmtree(folder)
    names = "-".join(str(rung.lines) for rung in reversed(plan.ladder))
    ours = cpu["first"] + cpu.get("film", 0.0) + cpu["ladder"]
    ratio = cpu["ladder"] / hand.cpu
    return [
        Line(f"ladder of a HEVC source ({names}), CPU", f"{cpu['ladder']:.1f} s"),
        Line("    one bare ffmpeg, the same rungs, CPU", f"{hand.cpu:.1f} s"),
        Line("    ratio", f"{ratio:.3f}", "≤ 1.05", ratio <= 1.05),
        Line("first rung and ladder, all five rungs and sound, CPU", f"{ours:.1f} s"),
        Line("    one bare ffmpeg, all five and sound, CPU", f"{whole.cpu:.1f} s"),
        Line("    ratio (the first rung is decoded for itself, to be soon)", f"{ours / whole.cpu:.3f}"),
        Line("    one ffmpeg for each rung, CPU", f"{each.cpu:.1f} s"),
        Line("    wait if published only when whole (bare ffmpeg, wall)", f"{whole.wall:.1f} s"),
    ]


def _by_hand(path: Path, plan: Plan, *, copy: bool) -> Spent:
    folder = Path(tempfile.mkdtemp(dir=settings.DATA))
    try:
        return one_process(path, plan.ladder, folder, copy=copy, sound=copy)
    finally:
        shutil.rmtree(folder)


def _through(path: Path) -> tuple[Asset, Plan, dict[str, float]]:
    asset = send(path)
    until(asset, lambda row: row.ready_at)
    facts = Facts.from_json(asset.facts["probe"])
    cpu = {step.name: step.cpu_seconds or 0.0 for step in asset.steps.all()}
    return asset, make_plan(facts, as_is=asset.facts.get("as_is")), cpu


# ── A network of its own ─────────────────────────────────────────────────────────────────────────────────────────────
def _run_inside(arguments: list[str]) -> None:
    settings.DATA.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="bench-video-", dir=settings.DATA))
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("BOUQUET_", "PORT"))}
    environment = kept | {"BOUQUET_DATA": str(folder), _INSIDE: "1"}
    bouquet = [sys.executable, "-m", "bouquet.config.cli"]
    try:
        click.echo("Preparing a throwaway network (half a minute)")
        subprocess.run([*bouquet, "manage", "migrate", "-v0"], env=environment, check=True)
        code = subprocess.run([*bouquet, "bench", *arguments], env=environment).returncode
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    sys.exit(code)


@contextmanager
def _worker() -> Iterator[None]:
    command = [sys.executable, "-m", "bouquet.config.cli", "worker", "--slots", "2"]
    worker = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    time.sleep(8)  # it has loaded what it needs, as a worker that has been running has
    try:
        yield
    finally:
        worker.send_signal(signal.SIGTERM)
        try:
            worker.wait(timeout=60)
        except subprocess.TimeoutExpired:
            worker.kill()


# ── The table ────────────────────────────────────────────────────────────────────────────────────────────────────────
def _table(lines: list[Line]) -> str:
    signs = {True: "yes", False: "NO", None: ""}
    rows = [("", "measured", "limit", "kept"), ("---", "---:", "---:", "---")]
    rows += [(line.what.replace("    ", "· "), line.value, line.limit, signs[line.good]) for line in lines]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    return "\n".join("| " + " | ".join(cell.ljust(widths[n]) for n, cell in enumerate(row)) + " |" for row in rows)


def _document(table: str, about: str) -> str:
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return f"""# Video: measurements

Made by `bouquet bench video` on {time.strftime("%d %B %Y")}: {os.cpu_count()} processors, load when it ended {load}.
{about}

{table}
"""
