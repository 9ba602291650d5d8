"""Rungs above 1080 lines: made last, named rightly, left out by a setting."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bouquet.shared.assets.models import Asset
from bouquet.shared.assets.pipeline import advance
from bouquet.shared.assets.tasks import prepare_asset
from bouquet.shared.assets.tests.pipeline.made import decoded, prepared, received
from bouquet.shared.assets.tests.pipeline.samples import run
from bouquet.toolkit.tasks.testing import run_all_tasks

pytestmark = pytest.mark.django_db


def film(folder: Path, size: str, rate: int, *options: str, frames: int = 12) -> Path:
    path = folder / "film.mov"
    picture = ["-f", "lavfi", "-i", f"testsrc2=size={size}:rate={rate}", "-frames:v", str(frames)]
    hevc = ["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none", "-tag:v", "hvc1"]
    run(*picture, *hevc, "-pix_fmt", "yuv420p", *options, path)
    return path


@pytest.mark.slow
@pytest.mark.parametrize(("rate", "level"), [(60, "34"), (30, "33")])
def test_a_4k_film_has_every_rung_and_says_its_level(tmp_path: Path, rate: int, level: str) -> None:
    """H.264 needs level 5.2 for 2160p60 and 5.1 for 2160p30 (ITU-T H.264 table A-1); a phone reads it in CODECS."""
    asset = prepared(film(tmp_path, "3840x2160", rate))
    assert asset.state == Asset.State.READY, asset.reason
    rows = {row.name: row for row in asset.renditions.filter(kind="video")}
    assert set(rows) == {"v240", "v360", "v480", "v720", "v1080", "v1440", "v2160"}
    assert rows["v2160"].codecs == f"avc1.6400{level}"
    assert (rows["v2160"].width, rows["v2160"].height, rows["v2160"].frame_rate) == (3840, 2160, rate)
    assert {decoded(asset, name)["frames"] for name in rows} == {12}
    master = asset.master_playlist.read_text()
    assert f'CODECS="avc1.6400{level}",RESOLUTION=3840x2160,FRAME-RATE={rate}.000' in master
    assert re.findall(r"RESOLUTION=\d+x(\d+)", master)[0] == "720", "a player begins with a middle rung"


def test_the_largest_rungs_wait_for_everything_else(tmp_path: Path) -> None:
    asset = received(film(tmp_path, "2560x1440", 25, frames=6))
    assert advance(asset.pk, "first") == "ladder"
    assert advance(asset.pk, "ladder") == "extras"
    assert {row.name for row in asset.renditions.all()} == {"v240", "v360", "v480", "v720", "v1080"}
    assert advance(asset.pk, "extras") == "largest"
    asset.refresh_from_db()
    assert asset.storyboard and asset.state == Asset.State.PROCESSING
    assert advance(asset.pk, "largest") == "extras"
    assert asset.renditions.filter(name="v1440").exists()
    prepare_asset.enqueue(asset.pk)
    run_all_tasks(later=True)
    asset.refresh_from_db()
    assert asset.state == Asset.State.READY


def test_an_operator_leaves_the_largest_rungs_out(tmp_path: Path, settings) -> None:  # type: ignore[no-untyped-def]
    settings.VIDEO_LARGEST_RUNG = 720
    asset = prepared(film(tmp_path, "2560x1440", 25, frames=6))
    assert asset.state == Asset.State.READY
    assert max(row.height or 0 for row in asset.renditions.all()) == 720
