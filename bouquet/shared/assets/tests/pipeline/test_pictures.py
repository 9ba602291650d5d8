"""Poster, storyboard, playlist: what the pages and the player take from an asset."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

from bouquet.shared.assets.events import AssetFailed, AssetPlayable, AssetReady, PosterMade
from bouquet.shared.assets.ffmpeg import EncoderFailed
from bouquet.shared.assets.models import Asset
from bouquet.shared.assets.pipeline.advance import advance, stalled_assets
from bouquet.shared.assets.tasks import resume_stalled_assets
from bouquet.shared.assets.tests.pipeline.made import cuts, prepared, received
from bouquet.shared.assets.tests.pipeline.samples import clip, sample
from bouquet.toolkit.events import LISTENERS, on
from bouquet.toolkit.tasks.testing import run_all_tasks

pytestmark = pytest.mark.django_db


def test_the_poster_is_there_in_three_widths_and_for_other_networks() -> None:
    asset = prepared(clip("bigbuckbunny.mp4"))
    folder = Path(settings.MEDIA_ROOT) / "posters" / asset.poster
    assert asset.poster.startswith(f"{asset.uid}-")
    assert [Image.open(folder / f"{width}.webp").size for width in (320, 640, 1280)] == [
        (320, 180), (640, 360), (1280, 720),
    ]  # fmt: skip
    assert Image.open(folder / "og.jpg").size == (1200, 630)
    assert re.fullmatch("#[0-9a-f]{6}", asset.tint)


def test_the_storyboard_covers_the_film_with_tiles_that_exist() -> None:
    asset = prepared(clip("world.mp4"))
    folder = asset.stream_folder / "storyboard"
    text = (folder / "index.vtt").read_text()
    spans = re.findall(r"(\S+) --> (\S+)\n(\S+)#xywh=(\d+),(\d+),(\d+),(\d+)", text)
    assert text.startswith("WEBVTT\n\n") and len(spans) == 30
    assert [span[1] for span in spans[:-1]] == [span[0] for span in spans[1:]]
    assert spans[0][0] == "00:00:00.000" and spans[-1][1].startswith("00:00:30.")
    for _start, _end, sheet, *place in spans:
        x, y, width, height = map(int, place)
        with Image.open(folder / sheet) as image:
            assert x + width <= image.width and y + height <= image.height
    with Image.open(folder / "sprite_01.jpg") as image:
        first, last = image.crop((0, 0, 160, 90)), image.crop((0, 180, 160, 270))
    assert first.tobytes() != last.tobytes()


def test_the_multivariant_playlist_says_what_is_true() -> None:
    asset = prepared(clip("bigbuckbunny.mp4"))
    master = asset.master_playlist.read_text()
    variants = re.findall(r"#EXT-X-STREAM-INF:(.*)\n(\S+)/index.m3u8", master)
    sound = asset.renditions.get(kind="audio")
    assert [name for _, name in variants] == ["source", "v480", "v360", "v240"]
    for text, name in variants:
        row = asset.renditions.get(name=name)
        folder = asset.stream_folder / name
        lengths = [float(length) for length in cuts(asset, name)]
        sizes = [(folder / f"seg_{n + 1:05d}.m4s").stat().st_size for n in range(len(lengths))]
        assert int(re.search(r"\bBANDWIDTH=(\d+)", text)[1]) == row.bandwidth + sound.bandwidth
        assert row.average_bandwidth == pytest.approx(sum(sizes) * 8 / sum(lengths), rel=0.01)
        assert row.bandwidth >= row.average_bandwidth
        assert f"RESOLUTION={row.width}x{row.height}" in text and "FRAME-RATE=25.000" in text
        assert f'CODECS="{row.codecs},mp4a.40.2"' in text and re.fullmatch(r"avc1\.[0-9a-f]{6}", row.codecs)
        assert 'AUDIO="sound"' in text
    assert "#EXT-X-START" not in master
    for name in ("source", "v240", "audio"):
        playlist = (asset.stream_folder / name / "index.m3u8").read_text()
        assert "#EXT-X-PLAYLIST-TYPE:VOD" in playlist and playlist.endswith("#EXT-X-ENDLIST\n")
        assert int(re.search(r"TARGETDURATION:(\d+)", playlist)[1]) >= max(map(float, cuts(asset, name))) - 0.5


def test_a_growing_film_is_an_event_that_starts_at_its_beginning(settings) -> None:
    settings.VIDEO_CHUNK_SECONDS = 4
    asset = received(clip("cityCC0.mpg"))
    advance(asset.pk, "first")
    asset.refresh_from_db()
    assert asset.playable_at and asset.public_state == "playable"
    assert "#EXT-X-START:TIME-OFFSET=0,PRECISE=YES" in asset.master_playlist.read_text()
    playlist = (asset.stream_folder / "v404" / "index.m3u8").read_text()
    assert "#EXT-X-PLAYLIST-TYPE:EVENT" in playlist and "ENDLIST" not in playlist


def test_news_comes_in_order_and_once() -> None:
    heard: list[str] = []
    kept = {event: list(LISTENERS.get(event, [])) for event in (PosterMade, AssetPlayable, AssetReady, AssetFailed)}

    def hear(event) -> None:
        heard.append(type(event).__name__)

    try:
        for event in kept:
            on(event)(hear)
        prepared(sample("silent.mp4"))
        assert heard == ["AssetPlayable", "PosterMade", "AssetReady"]
        heard.clear()
        prepared(clip("sax.wav"))
        assert heard == ["AssetFailed"]
    finally:
        for event, listeners in kept.items():
            LISTENERS[event] = listeners


def test_a_stalled_asset_is_taken_up_again() -> None:
    asset = received(sample("silent.mp4"))
    assert not stalled_assets().exists()
    Asset.objects.filter(pk=asset.pk).update(received_at=asset.received_at - timedelta(hours=1))
    resume_stalled_assets.call()
    run_all_tasks(later=True)
    asset.refresh_from_db()
    assert asset.state == Asset.State.READY


def test_timings_and_cpu_of_every_step_are_kept() -> None:
    asset = prepared(sample("silent.mp4"))
    timings = asset.timings
    assert 0 < timings["probed"] < timings["first_playable"] < timings["ready"]
    assert set(timings["cpu"]) == {"probe", "poster", "first", "ladder", "storyboard", "loudness", "finish"}
    assert timings["cpu"]["ladder"] > 0.05


def test_a_full_disk_is_no_fault_of_the_file(settings) -> None:
    from bouquet.shared.assets.pipeline.job import DiskFull

    asset = received(sample("silent.mp4"))
    kept = settings.DISK_RESERVE_BYTES
    settings.DISK_RESERVE_BYTES = 10**18
    with pytest.raises(DiskFull):
        advance(asset.pk, "first")
    settings.DISK_RESERVE_BYTES = kept
    assert advance(asset.pk, "first") == "ladder"
    assert asset.steps.get(name="first").attempts == 1


@pytest.mark.parametrize("room", ["poster.run_ffmpeg", "probe.run_ffprobe"])
def test_who_is_killed_while_reading_a_film_says_nothing_about_it(monkeypatch: pytest.MonkeyPatch, room: str) -> None:
    asset = received(clip("bigbuckbunny.mp4"))

    def killed(*_given: object, **_named: object) -> None:
        raise EncoderFailed("SIGKILL", code=-9)

    with monkeypatch.context() as patched, suppress(EncoderFailed):
        patched.setattr(f"bouquet.shared.assets.pipeline.{room}", killed)
        advance(asset.pk, "first")
    asset.refresh_from_db()
    assert asset.state != Asset.State.FAILED, asset.reason
    assert advance(asset.pk, "first") == "ladder"
