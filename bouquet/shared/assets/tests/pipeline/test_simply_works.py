"""What people send, and must not have to think about. Each is played back to its last frame."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from bouquet.shared.assets.models import Asset
from bouquet.shared.assets.pipeline.languages import bcp47
from bouquet.shared.assets.tests.pipeline.made import cuts, decoded, picture_at, prepared, streams
from bouquet.shared.assets.tests.pipeline.samples import clip, sample
from bouquet.toolkit.testing.cast import make_person

pytestmark = pytest.mark.django_db

# file: (renditions as "name widthxheight", frames, sound channels of each track, served as it is)
TABLE = {
    "plain.mp4": (["source 640x360", "v240 426x240"], 150, [1], True),
    "index-at-end.mp4": (["source 640x360", "v240 426x240"], 100, [1], True),
    "portrait.mp4": (["source 360x640", "v240 240x426"], 100, [1], True),
    "rotated.mp4": (["v360 360x640", "v240 240x426"], 100, [1], False),
    "variable.mp4": (["source 640x360", "v240 426x240"], 110, [1], True),
    "ten-bit.mkv": (["v360 640x360", "v240 426x240"], 100, [1], False),
    "pq.mp4": (["v360 640x360", "v240 426x240"], 75, [1], False),
    "hlg.mp4": (["v360 640x360", "v240 426x240"], 75, [1], False),
    "interlaced.ts": (["v576 720x576", "v360 450x360", "v240 300x240"], 100, [1], False),
    "odd.mp4": (["v286 510x286"], 100, [1], False),
    "silent.mp4": (["source 640x360", "v240 426x240"], 100, [], True),
    "mono.mp4": (["source 640x360", "v240 426x240"], 100, [1], True),
    "surround.mkv": (["source 640x360", "v240 426x240"], 100, [2], True),
    "several-sounds.mkv": (["source 640x360", "v240 426x240"], 100, [1, 1], True),
    "422.mov": (["v360 640x360", "v240 426x240"], 75, [1], False),
    "mpeg2.ts": (["v576 720x576", "v360 450x360", "v240 300x240"], 100, [1], False),
    "anamorphic.mpg": (["v576 1024x576", "v360 640x360", "v240 426x240"], 100, [1], False),
    "vp9.webm": (["v360 640x360", "v240 426x240"], 75, [1], False),
    "old.avi": (["v360 640x360", "v240 426x240"], 101, [1], False),
    "phone.mov": (["v360 640x360", "v240 426x240"], 100, [1], False),
}


def test_a_picture_that_changes_its_size_on_the_way_keeps_its_time() -> None:
    asset = prepared(sample("resized.ts"))
    assert asset.state == Asset.State.READY, asset.reason
    played = decoded(asset, "v240")
    assert (played["width"], played["height"]) == (320, 240)
    assert played["frames"] == pytest.approx(100, abs=3)
    assert {round(later - earlier, 3) for earlier, later in pairwise(played["times"])} == {0.04}


@pytest.mark.parametrize("name", ["sound-goes-on.mp4", "sound-goes-on.mkv"])
def test_where_the_sound_goes_on_the_last_picture_stands(name: str) -> None:
    """A player ends when both have ended: it would wait for ever for sound behind the end of the picture."""
    asset = prepared(sample(name))
    assert asset.state == Asset.State.READY, asset.reason
    assert decoded(asset, "v240")["duration"] == pytest.approx(9, abs=0.2)
    assert decoded(asset, "audio")["duration"] == pytest.approx(9, abs=0.2)


@pytest.mark.parametrize("name", TABLE)
def test_it_plays_to_its_last_frame(name: str) -> None:
    expected, frames, channels, as_is = TABLE[name]
    asset = prepared(sample(name))
    assert (asset.state, asset.reason) == (Asset.State.READY, "")

    pictures = sorted(asset.renditions.filter(kind="video"), key=lambda row: -(row.width or 0))
    assert [f"{row.name} {row.width}x{row.height}" for row in pictures] == expected
    assert (pictures[0].name == "source") is as_is
    for row in pictures:
        played = decoded(asset, row.name)
        assert (played["width"], played["height"], played["pix_fmt"]) == (row.width, row.height, "yuv420p")
        assert played["frames"] == frames
        assert played["start"] == 0
        assert played["duration"] == pytest.approx(asset.duration, abs=0.1)
    assert len({tuple(cuts(asset, row.name)) for row in pictures}) == 1, "rungs are cut at different places"

    sounds = sorted(asset.renditions.filter(kind="audio"), key=lambda row: row.name)
    assert [row.channels for row in sounds] == channels
    end = sum(map(float, cuts(asset, pictures[0].name)))
    for row in sounds:
        assert sum(map(float, cuts(asset, row.name)[:-1])) < end, "a segment of sound that no player would ask for"
        played = decoded(asset, row.name)
        assert (played["codec_name"], played["channels"]) == ("aac", row.channels)
        assert played["start"] == pytest.approx(0, abs=0.03)
        assert played["duration"] == pytest.approx(asset.duration, abs=0.15)
    assert asset.poster and asset.storyboard
    kinds = [each["codec_type"] for each in streams(asset)]
    assert (kinds.count("video"), kinds.count("audio")) == (len(pictures), len(sounds))


@pytest.mark.parametrize("name", ["bigbuckbunny.mp4", "bikes.mp4", "b.avi", "cityCC0.mpg", "carphone_pristine.mp4"])
def test_real_clips_play(name: str) -> None:
    asset = prepared(clip(name))
    assert asset.state == Asset.State.READY, asset.reason
    for row in asset.renditions.all():
        assert decoded(asset, row.name)["duration"] == pytest.approx(asset.duration, abs=0.3)


def test_a_film_sent_upright_by_a_phone_stands_upright() -> None:
    """The coded picture lies on its side; its sky must be on top when it is played."""
    lying, upright = prepared(sample("plain.mp4")), prepared(sample("rotated.mp4"))
    assert (upright.width, upright.height) == (360, 640)
    first = picture_at(lying, "v240", 1, "64x64")
    turned = picture_at(upright, "v240", 1, "64x64")
    rows = [[first[(y * 64 + x) * 3 : (y * 64 + x) * 3 + 3] for x in range(64)] for y in range(64)]
    counter_clockwise = [[rows[x][63 - y] for x in range(64)] for y in range(64)]
    expected = b"".join(b"".join(row) for row in counter_clockwise)
    assert sum(abs(a - b) for a, b in zip(expected, turned, strict=True)) / len(turned) < 12


@pytest.mark.parametrize("name", ["pq.mp4", "hlg.mp4"])
def test_high_dynamic_range_is_brought_to_screens_that_have_it_not(name: str) -> None:
    asset = prepared(sample(name))
    played = decoded(asset, "v360")
    assert played["color_transfer"] == "bt709"
    picture = picture_at(asset, "v360", 1)
    assert 40 < sum(picture) / len(picture) < 200, "washed out or black"


def test_an_interlaced_picture_has_no_combs() -> None:
    """testsrc2 moves: without deinterlacing every other line lies beside its neighbour."""
    asset = prepared(sample("interlaced.ts"))
    frame = picture_at(asset, "v576", 2, "720x576")
    lines = [frame[y * 720 * 3 : (y + 1) * 720 * 3] for y in range(100, 300)]
    beside = sum(sum(abs(a - b) for a, b in zip(one, two, strict=True)) for one, two in pairwise(lines))
    across = sum(
        sum(abs(a - b) for a, b in zip(one, two, strict=True)) for one, two in zip(lines, lines[2:], strict=False)
    )
    assert beside < across * 1.05


def test_sound_tracks_are_named_and_a_title_cannot_write_into_the_playlist() -> None:
    asset = prepared(sample("several-sounds.mkv"))
    master = asset.master_playlist.read_text()
    lines = [line for line in master.splitlines() if line.startswith("#EXT-X-MEDIA")]
    assert [re.findall(r'LANGUAGE="([^"]*)"', line) for line in lines] == [["fr"], ["en"]]
    assert 'NAME="Français"' in lines[0] and "DEFAULT=YES" in lines[0]
    assert "\n#EXT-X-ENDLIST" not in master


@pytest.mark.parametrize("name", ["described.mkv", "described.mp4"])
@pytest.mark.parametrize(
    ("language", "called"), [("fr", "Français, audiodescription"), ("en", "Français, audio description")]
)
def test_audio_description_is_marked_and_never_plays_by_itself(name: str, language: str, called: str) -> None:
    owner = make_person(name="Maker", email=f"{language}-{name}@bouquet.example", language=language)
    asset = prepared(sample(name), owner=owner)
    assert [(row.described, row.label) for row in asset.renditions.filter(kind="audio").order_by("name")] == [
        (False, "Français"),
        (True, called),
    ]
    plain, described = [
        line for line in asset.master_playlist.read_text().splitlines() if line.startswith("#EXT-X-MEDIA")
    ]
    assert "DEFAULT=YES" in plain and "CHARACTERISTICS" not in plain
    assert "DEFAULT=NO" in described and "AUTOSELECT=YES" in described and 'LANGUAGE="fr"' in described
    assert 'CHARACTERISTICS="public.accessibility.describes-video"' in described


def test_languages_of_tracks_are_written_as_the_web_does() -> None:
    assert [bcp47(tag) for tag in ("fre", "eng", "und", "pt-BR", "", 'x"y')] == ["fr", "en", "", "pt-BR", "", ""]


@pytest.mark.parametrize("name", ["مقطع فيديو.mp4", 'it\'s "quoted"; $(reboot) -i x.mp4', "-vf.mp4"])
def test_a_name_is_never_more_than_a_name(name: str) -> None:
    asset = prepared(sample("silent.mp4"), filename=name)
    assert (asset.state, asset.filename) == (Asset.State.READY, name)
