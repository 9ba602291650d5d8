"""A film that is ready gets AV1 beside what plays, or rungs that it has not; nothing that plays is touched."""

from __future__ import annotations

import re
import subprocess
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest

from bouquet.shared.assets.actions import CannotReencode, reencode_asset
from bouquet.shared.assets.ffmpeg import ffmpeg_path
from bouquet.shared.assets.models import Asset, Step
from bouquet.shared.assets.pipeline.boxes import _av1_codec
from bouquet.shared.assets.tasks import resume_stalled_assets
from bouquet.shared.assets.tests.make import make_asset
from bouquet.shared.assets.tests.pipeline.made import cuts, decoded, prepared
from bouquet.shared.assets.tests.pipeline.samples import sample
from bouquet.toolkit.tasks.models import TaskRow
from bouquet.toolkit.tasks.testing import run_all_tasks

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.long]


def shown(asset: Asset, name: str) -> list[float]:
    """The times of every picture of an AV1 rendition, decoded (the packaged ffprobe has no decoder for it)."""
    playlist = asset.stream_folder / name / "index.m3u8"
    words = ["-v", "error", "-i", str(playlist), "-map", "0:v", "-fps_mode", "passthrough", "-f", "framecrc", "-"]
    done = subprocess.run([ffmpeg_path(), *words], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0 and not done.stderr, done.stderr
    base = Fraction(re.search(r"#tb 0: (\S+)", done.stdout)[1])  # type: ignore[index]
    return [float(int(line.split(",")[2]) * base) for line in done.stdout.splitlines() if not line.startswith("#")]


@pytest.mark.parametrize(("name", "expected"), [("plain.mp4", "source"), ("phone.mov", "v360")])
def test_av1_is_added_beside_what_plays(name: str, expected: str) -> None:
    """Of a copied source and of an encoded one: the same cuts, the same frames, H.264 listed first and untouched."""
    asset = prepared(sample(name))
    before = {path: path.read_bytes() for path in asset.stream_folder.rglob("*.m4s")}
    assert reencode_asset(asset, codec="av1") == ["av1-360", "av1-240"]
    run_all_tasks(later=True)
    asset.refresh_from_db()
    assert asset.state == Asset.State.READY
    assert asset.steps.get(name="av1").state == Step.State.DONE, asset.steps.get(name="av1").error
    assert {path: path.read_bytes() for path in before} == before
    for rung in ("av1-360", "av1-240"):
        assert shown(asset, rung) == pytest.approx(decoded(asset, expected)["times"], abs=0.001)
        assert cuts(asset, rung) == cuts(asset, expected)
    master = asset.master_playlist.read_text()
    assert re.findall(r'CODECS="(....)', master) == ["avc1", "avc1", "av01", "av01"]
    assert re.search(r'CODECS="av01\.0\.0\dM\.08,mp4a\.40\.2",RESOLUTION=640x360', master)
    assert re.findall(r"SCORE=([0-9.]+)", master) == ["360.0", "240.0", "360.5", "240.5"]
    assert not asset.pieces.exists() and not list(asset.stream_folder.rglob(".*"))


def test_av1_in_pieces_joins_without_a_seam(settings) -> None:  # type: ignore[no-untyped-def]
    settings.VIDEO_CHUNK_SECONDS = 1
    asset = prepared(sample("plain.mp4"))
    reencode_asset(asset)
    assert TaskRow.objects.waiting().get().priority == -20, "after everything else"
    run_all_tasks(later=True)
    times = shown(asset, "av1-360")
    assert len(times) == 150
    assert {round(later - earlier, 3) for earlier, later in pairwise(times)} == {0.04}


def test_rungs_that_are_missing_are_added_when_larger_ones_are_allowed(settings) -> None:  # type: ignore[no-untyped-def]
    settings.VIDEO_LARGEST_RUNG = 240
    asset = prepared(sample("phone.mov"))
    assert [row.name for row in asset.renditions.filter(kind="video")] == ["v240"]
    with pytest.raises(CannotReencode):
        reencode_asset(asset, codec="h264")
    settings.VIDEO_LARGEST_RUNG = 2160
    asset.refresh_from_db()
    assert reencode_asset(asset, codec="h264", dry_run=True) == ["v360"]
    assert not TaskRow.objects.waiting().exists()
    asset.refresh_from_db()
    assert reencode_asset(asset, codec="h264") == ["v360"]
    run_all_tasks(later=True)
    assert "v360/index.m3u8" in asset.master_playlist.read_text()
    assert decoded(asset, "v360")["frames"] == 100


def test_what_cannot_be_encoded_again_says_why(tmp_path: Path) -> None:
    waiting = make_asset(state="processing")
    gone = make_asset(state="ready", source="nowhere/source")
    for asset, why in ((waiting, "not ready"), (gone, "not kept any more")):
        with pytest.raises(CannotReencode, match=why):
            reencode_asset(asset)
    asset = prepared(sample("silent.mp4"))
    reencode_asset(asset)
    with pytest.raises(CannotReencode, match="being encoded"):
        reencode_asset(asset)
    run_all_tasks(later=True)
    with pytest.raises(CannotReencode, match="already"):
        reencode_asset(Asset.objects.get(pk=asset.pk))


def test_an_order_whose_task_was_lost_is_taken_up_again() -> None:
    asset = prepared(sample("silent.mp4"))
    reencode_asset(asset)
    TaskRow.objects.all().delete()
    resume_stalled_assets.call()
    run_all_tasks(later=True)
    assert asset.steps.get(name="av1").state == Step.State.DONE


@pytest.mark.parametrize(
    ("profile", "depth", "codec"),
    [(0x08, 0x0C, "av01.0.08M.08"), (0x0D, 0x4C, "av01.0.13M.10"), (0x2D, 0xCC, "av01.1.13H.10")],
)
def test_the_codec_string_of_av1(profile: int, depth: int, codec: str) -> None:
    assert _av1_codec(profile, depth) == codec
