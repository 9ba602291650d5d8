"""What must be refused: with a sentence for its sender, and nothing left behind."""

from __future__ import annotations

import os
import struct
import zipfile
from pathlib import Path
from unittest.mock import patch

import pytest

from bouquet.shared.assets.models import Asset, Rendition
from bouquet.shared.assets.pipeline import probe as probing
from bouquet.shared.assets.tests.pipeline.made import leftovers, prepared
from bouquet.shared.assets.tests.pipeline.samples import clip, pattern, run, sample

pytestmark = pytest.mark.django_db


def refused(path: Path) -> str:
    """The sentence; and nothing may be left of the file."""
    asset = prepared(path)
    assert asset.state == Asset.State.FAILED, f"{path.name} became {asset.state}"
    assert asset.reason.endswith(".") and len(asset.reason) > 20
    assert leftovers(asset) == []
    assert (asset.source, asset.poster) == ("", "")
    assert not Rendition.objects.filter(asset=asset).exists()
    return asset.reason


def written(tmp_path: Path, name: str, data: bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def test_an_empty_file(tmp_path: Path) -> None:
    assert "empty" in refused(written(tmp_path, "a.mp4", b""))


@pytest.mark.parametrize("share", [0.3, 0.9])
@pytest.mark.parametrize("name", ["plain.mp4", "index-at-end.mp4", "old.avi"])
def test_a_truncated_file(tmp_path: Path, name: str, share: float) -> None:
    data = sample(name).read_bytes()
    assert "end of this file is missing" in refused(written(tmp_path, name, data[: int(len(data) * share)]))


def test_text_with_another_name(tmp_path: Path) -> None:
    assert "text" in refused(written(tmp_path, "film.mp4", b"Dear Sir,\nplease find attached nothing at all.\n" * 50))


LISTS = {
    "local.m3u8": b"#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n",
    "far.m3u8": b"#EXTM3U\n#EXTINF:4,\nhttp://169.254.169.254/latest/meta-data/\n",
    "late.m3u8": b"\n\n  #EXTM3U\n#EXTINF:4,\nconcat:/etc/passwd|/etc/hosts\n",
    "concat.mp4": b"ffconcat version 1.0\nfile '/etc/passwd'\n",
    "plain-concat.mp4": b"file '/etc/passwd'\nfile '/etc/hosts'\n",
    "list.pls": b"[playlist]\nFile1=file:///etc/passwd\n",
    "manifest.mpd": b'<?xml version="1.0"?>\n<MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><BaseURL>http://x/</BaseURL></MPD>',
    "session.sdp": b"v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 10.0.0.1\nm=video 5004 RTP/AVP 96\n",
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_that_points_elsewhere_is_never_opened(tmp_path: Path, name: str) -> None:
    with patch.object(probing, "run_ffprobe", side_effect=AssertionError("a demuxer saw it")):
        assert "list" in refused(written(tmp_path, name, LISTS[name]))


def test_an_svg(tmp_path: Path) -> None:
    svg = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'
    assert "picture" in refused(written(tmp_path, "film.mp4", svg))


@pytest.mark.parametrize("start", [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"GIF89a", b"\x00\x00\x00\x18ftypheic"])
def test_a_picture(tmp_path: Path, start: bytes) -> None:
    assert "picture" in refused(written(tmp_path, "film.mp4", start + b"\x00" * 500))


def test_a_zip(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(sample("plain.mp4"), "film.mp4")
    assert "archive" in refused(path)


def test_noise_and_zeroes(tmp_path: Path) -> None:
    assert refused(written(tmp_path, "noise.mp4", b"\x01\x02\x03\x04" + os.urandom(200_000)))
    assert refused(written(tmp_path, "zeroes.mp4", bytes(200_000)))
    assert refused(written(tmp_path, "claims.mp4", b"\x00\x00\x00\x18ftypmp42" + os.urandom(200_000)))
    assert refused(written(tmp_path, "claims.mkv", b"\x1a\x45\xdf\xa3" + os.urandom(200_000)))
    assert refused(written(tmp_path, "claims.avi", b"RIFF\x00\x00\x00\x00AVI " + os.urandom(200_000)))


def test_a_hundred_thousand_frames_of_one_pixel(tmp_path: Path) -> None:
    path = tmp_path / "dust.mkv"
    run("-f", "lavfi", "-i", "color=size=1x1:rate=1000:duration=100", "-c:v", "ffv1", path)
    assert "1 × 1" in refused(path)


def test_a_picture_of_sixteen_thousand_pixels(tmp_path: Path) -> None:
    path = tmp_path / "wall.mkv"
    run("-f", "lavfi", "-i", "color=size=16384x8192:rate=1:duration=1", "-c:v", "ffv1", "-frames:v", "1", path)
    assert "16384" in refused(path)
    wide = tmp_path / "wide.mkv"
    run("-f", "lavfi", "-i", "color=size=16384x64:rate=1:duration=1", "-c:v", "ffv1", "-frames:v", "1", wide)
    assert "16384" in refused(wide)


def test_a_picture_that_grows_after_its_first_frame_does_not_fill_memory(tmp_path: Path) -> None:
    """The header says 64 × 64; the frames behind it are 16384 × 8192 of one colour, a few kilobytes each."""
    small, large, both = tmp_path / "small.mpg", tmp_path / "large.ts", tmp_path / "both.ts"
    run("-f", "lavfi", "-i", "color=size=64x64:rate=25:duration=0.2", "-c:v", "mjpeg", "-f", "mpegts", small)
    run("-f", "lavfi", "-i", "color=size=16384x8192:rate=25:duration=0.08", "-c:v", "mjpeg", "-f", "mpegts", large)
    both.write_bytes(small.read_bytes() + large.read_bytes())
    asset = prepared(both)
    assert asset.state in (Asset.State.READY, Asset.State.FAILED)
    assert asset.state == Asset.State.READY or asset.reason


def test_a_film_that_claims_to_last_for_ever(tmp_path: Path) -> None:
    """One frame, shown for a week: made constant it would be fifteen million."""
    path = tmp_path / "for-ever.mkv"
    run(
        *("-f", "lavfi", "-i", "color=size=64x64:rate=25:duration=0.08", "-vf", "setpts=N*604800/TB"),
        *("-fps_mode", "passthrough", "-c:v", "libx264", path),
    )
    assert "too long" in refused(path)


def test_sound_without_a_picture(tmp_path: Path) -> None:
    run("-f", "lavfi", "-i", "sine=duration=2", "-c:a", "aac", tmp_path / "song.mp4")
    assert "only sound" in refused(tmp_path / "song.mp4")
    assert "only sound" in refused(clip("sax.wav"))


def test_a_cover_picture_is_not_a_film(tmp_path: Path) -> None:
    run("-f", "lavfi", "-i", "color=size=64x64:duration=1", "-frames:v", "1", tmp_path / "cover.png")
    run(
        *("-f", "lavfi", "-i", "sine=duration=2", "-i", tmp_path / "cover.png", "-map", "0", "-map", "1"),
        *("-c:a", "aac", "-c:v", "png", "-disposition:v:0", "attached_pic", tmp_path / "song.m4a"),
    )
    assert "only sound" in refused(tmp_path / "song.m4a")


def test_a_file_with_nothing_but_an_index(tmp_path: Path) -> None:
    data = sample("plain.mp4").read_bytes()
    moov = data.index(b"moov") - 4
    size = struct.unpack_from(">I", data, moov)[0]
    assert refused(written(tmp_path, "index.mp4", data[: moov + size]))


def test_too_many_tracks(tmp_path: Path) -> None:
    tracks = ["-map", "0"] + ["-map", "1"] * 40
    source = ["-f", "lavfi", "-i", "testsrc2=size=64x64:duration=1", "-f", "lavfi", "-i", "sine=duration=1"]
    run(*source, *tracks, "-c:v", "libx264", "-c:a", "aac", tmp_path / "babel.mkv")
    assert "too many tracks" in refused(tmp_path / "babel.mkv")


def test_a_codec_that_is_not_opened_here(tmp_path: Path) -> None:
    run("-f", "lavfi", "-i", "testsrc2=size=64x64:duration=1", "-c:v", "smc", "-pix_fmt", "pal8", tmp_path / "old.mov")
    assert "smc" in refused(tmp_path / "old.mov")


def test_a_reference_to_another_file_is_not_followed(tmp_path: Path) -> None:
    """QuickTime can point at media elsewhere (dref, alias): the demuxer is told not to follow."""
    secret = tmp_path / "secret.mov"
    pattern(secret, "-c:v", "libx264", "-pix_fmt", "yuv420p", sound="", seconds=1)
    data = bytearray(secret.read_bytes())
    at = data.index(b"url \x00\x00\x00\x01")
    data[at + 4 : at + 8] = b"\x00\x00\x00\x00"  # no longer "in this file"
    start = data.index(b"mdat")
    data[start + 4 : start + 2000] = bytes(1996)
    asset = prepared(written(tmp_path, "pointer.mov", bytes(data)))
    assert asset.state in (Asset.State.FAILED, Asset.State.READY)


def test_the_sentence_is_in_the_language_of_its_owner(chloe, tmp_path: Path) -> None:
    from django.utils import translation

    seen = []
    chloe.language = "fr"
    chloe.save()
    with patch.object(probing, "recognise", side_effect=lambda path: seen.append(translation.get_language()) or "mov"):
        prepared(sample("silent.mp4"), owner=chloe)
    assert seen == ["fr"]
