"""Loudness is measured once, in the lane for spare time; no file is altered, the player is told what to add."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from bouquet.shared.assets.ffmpeg import EncoderFailed
from bouquet.shared.assets.models import Asset
from bouquet.shared.assets.pipeline import loudness
from bouquet.shared.assets.tests.make import make_asset
from bouquet.shared.assets.tests.pipeline.made import prepared
from bouquet.shared.assets.tests.pipeline.samples import AAC, run, sample


def film(folder: Path, sound: str) -> Path:
    path = folder / "film.mp4"
    picture = ["-f", "lavfi", "-i", "testsrc2=size=160x120:rate=10:duration=6", "-f", "lavfi", "-i", sound]
    run(*picture, "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", *AAC, "-b:a", "192k", path)
    return path


@pytest.mark.django_db
@pytest.mark.parametrize("channels", ["stereo", "mono"])
def test_a_tone_is_as_loud_as_the_standard_says(tmp_path: Path, channels: str) -> None:
    """EBU Tech 3341, case 1: 1 kHz at −23 dBFS in two channels is −23 LUFS; one channel is heard from two as well."""
    tone = "0.070795*sin(1000*2*PI*t)"
    one = tone if channels == "mono" else f"{tone}|{tone}"
    asset = prepared(film(tmp_path, f"aevalsrc='{one}':c={channels}:s=48000:d=6"))
    assert asset.state == Asset.State.READY, asset.reason
    assert asset.loudness == pytest.approx(-23, abs=0.3)
    assert asset.true_peak == pytest.approx(-23, abs=1.5)  # the tone begins with a click
    assert asset.gain_db == 6.0
    assert asset.steps.get(name="loudness").progress == 1


@pytest.mark.django_db
def test_no_file_is_altered_by_being_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: dict[Path, str] = {}
    measure = loudness._measured

    def measured(job):  # type: ignore[no-untyped-def]
        kept.update({path: _sum(path) for path in job.asset.stream_folder.rglob("*") if path.is_file()})
        return measure(job)

    monkeypatch.setattr(loudness, "_measured", measured)
    asset = prepared(sample("plain.mp4"))
    assert kept and asset.loudness is not None
    assert {path: _sum(path) for path in kept} == kept


def _sum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.django_db
def test_a_film_without_sound_or_with_silence_has_no_loudness(tmp_path: Path) -> None:
    silent = prepared(sample("silent.mp4"))
    still = prepared(film(tmp_path, "anullsrc=r=48000:cl=stereo:d=6"))
    for asset in (silent, still):
        assert (asset.state, asset.loudness, asset.true_peak, asset.gain_db) == ("ready", None, None, 0.0)


@pytest.mark.parametrize(
    ("measured", "peak", "gain"),
    [
        (None, None, 0.0),
        (-16.0, -3.0, 0.0),
        (-20.0, -8.0, 4.0),
        (-20.0, -2.5, 1.5),  # louder would clip
        (-9.0, 0.3, -7.0),
        (-40.0, -30.0, 6.0),
        (-2.0, 3.0, -12.0),
        (-20.0, None, 4.0),
        (-16.0, 0.5, -1.5),
    ],
)
@pytest.mark.django_db
def test_what_a_player_adds(measured: float | None, peak: float | None, gain: float) -> None:
    asset = make_asset(loudness=measured, true_peak=peak)
    assert asset.gain_db == gain


def test_the_last_summary_counts_and_none_is_an_error() -> None:
    said = "  Integrated loudness:\n    I:         -18.3 LUFS\n  True peak:\n    Peak:       -1.2 dBFS\n"
    assert loudness.read_summary("    I: -70.0 LUFS Peak: -3.0 dBFS\n" + said) == (-18.3, -1.2)
    assert loudness.read_summary(said.replace("-18.3", "-70.0")) == (None, None)
    assert loudness.read_summary(said.replace("-1.2", "-inf")) == (-18.3, None)
    with pytest.raises(EncoderFailed):
        loudness.read_summary("Conversion failed!")
