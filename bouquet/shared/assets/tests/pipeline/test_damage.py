"""Real clips with bytes changed, missing or moved: each plays or says a sentence; no process, no litter."""

from __future__ import annotations

import os
import random
import subprocess
from pathlib import Path

import pytest

from bouquet.shared.assets.models import Asset
from bouquet.shared.assets.tests.pipeline.made import leftovers, prepared
from bouquet.shared.assets.tests.pipeline.samples import clip, sample

pytestmark = pytest.mark.django_db


def _flip(data: bytes, chance: random.Random) -> bytes:
    """A few bytes anywhere."""
    damaged = bytearray(data)
    for _ in range(chance.choice([1, 10, 300])):
        damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    return bytes(damaged)


def _flip_head(data: bytes, chance: random.Random) -> bytes:
    """A few bytes where the structure is: the first kilobytes and the last."""
    damaged = bytearray(data)
    for _ in range(chance.choice([1, 5, 20])):
        near = chance.randrange(16, min(4096, len(damaged)))
        damaged[chance.choice([near, len(damaged) - near])] = chance.randrange(256)
    return bytes(damaged)


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(1, len(data))]


def _hole(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    return data[:start] + data[start + chance.randrange(1, 20_000) :]


def _doubled(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    return data[:start] + data[start : start + 5000] * 2 + data[start + 5000 :]


def _source(name: str) -> Path:
    return sample(name) if name in ("plain.mp4", "vp9.webm", "mpeg2.ts", "silent.mp4") else clip(name)


def _running() -> set[str]:
    """Processes of ours that run ffmpeg or ffprobe."""
    listed = subprocess.run(["ps", "--ppid", str(os.getpid()), "-o", "pid=,comm="], capture_output=True, text=True)
    return {line for line in listed.stdout.splitlines() if "ffm" in line or "ffp" in line}


@pytest.mark.parametrize("change", [_flip, _flip_head, _cut, _hole, _doubled])
@pytest.mark.parametrize("name", ["carphone_pristine.mp4", "b.avi", "vp9.webm", "mpeg2.ts", "silent.mp4"])
def test_a_damaged_file_ends_well(tmp_path: Path, name: str, change) -> None:
    chance = random.Random(f"{name} {change.__name__}")
    damaged = tmp_path / name
    damaged.write_bytes(change(_source(name).read_bytes(), chance))
    _ends_well(damaged)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_many_more_damaged_files_end_well(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    name = chance.choice(["carphone_pristine.mp4", "b.avi", "vp9.webm", "mpeg2.ts", "silent.mp4", "plain.mp4"])
    data = _source(name).read_bytes()
    for change in chance.choices([_flip, _flip_head, _cut, _hole, _doubled], k=chance.randint(1, 3)):
        data = change(data, chance)
    damaged = tmp_path / name
    damaged.write_bytes(data)
    _ends_well(damaged)


def _ends_well(path: Path) -> None:
    asset = prepared(path)
    assert asset.state in (Asset.State.READY, Asset.State.FAILED), [
        (step.name, step.state, step.error) for step in asset.steps.all()
    ]
    if asset.state == Asset.State.FAILED:
        assert asset.reason.endswith(".")
        assert leftovers(asset) == []
    else:
        assert asset.master_playlist.exists()
        assert asset.is_playable
    assert _running() == set()
