"""Which rungs, which rate, served as it is or not: arithmetic, without ffmpeg."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from bouquet.shared.assets.pipeline.facts import Facts, Picture, Sound
from bouquet.shared.assets.pipeline.plan import can_copy_sound, chunks_of, make_plan, output_rate, why_not_as_is


def facts(duration: float = 60, **changes: object) -> Facts:
    """Of a clip that browsers play as it is."""
    picture = {
        **{"index": 0, "codec": "h264", "profile": "High", "level": 40, "pix_fmt": "yuv420p"},
        **{"width": 1920, "height": 1080, "keyframe_gap": 2.0, "frame_gap": 0.04},
    }
    return Facts("mov", duration, 8_000_000, Picture(**(picture | changes)))


def test_a_browser_ready_file_is_served_as_it_is_and_gets_the_rungs_below() -> None:
    plan = make_plan(facts())
    assert plan.as_is
    assert [rung.name for rung in plan.ladder] == ["v720", "v480", "v360", "v240"]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"codec": "hevc"}, "codec"),
        ({"profile": "High 10"}, "codec"),
        ({"level": 52}, "level"),
        ({"pix_fmt": "yuv422p"}, "pixels"),
        ({"depth": 10}, "pixels"),
        ({"field_order": "tt"}, "fields"),
        ({"turned": True, "rotation": 90}, "rotation"),
        ({"aspect": "64:45"}, "aspect"),
        ({"transfer": "smpte2084"}, "colours"),
        ({"keyframe_gap": 9.0}, "keyframes"),
        ({"keyframe_gap": None}, "keyframes"),
        ({"frame_gap": 3.0}, "timestamps"),
        ({"frame_rate": "120/1", "base_rate": "120/1"}, "timestamps"),
        ({"plain_edits": False}, "edits"),
        ({"one_header": False}, "edits"),
        ({"start": 0.5}, "start"),
    ],
)
def test_what_browsers_could_not_play_is_encoded(changes: dict[str, object], why: str) -> None:
    assert why_not_as_is(facts(**changes)) == why


def test_a_heavy_source_is_encoded() -> None:
    assert why_not_as_is(replace(facts(), bitrate=20_000_000)) == "bitrate"


@pytest.mark.parametrize(
    ("size", "names"),
    [
        ((1920, 1080), ["v240", "v360", "v480", "v720", "v1080"]),
        ((1080, 1920), ["v240", "v360", "v480", "v720", "v1080"]),
        ((3840, 2160), ["v240", "v360", "v480", "v720", "v1080", "v1440", "v2160"]),
        ((2160, 3840), ["v240", "v360", "v480", "v720", "v1080", "v1440", "v2160"]),
        ((4096, 2160), ["v240", "v360", "v480", "v720", "v1080", "v1440", "v2160"]),
        ((2560, 1440), ["v240", "v360", "v480", "v720", "v1080", "v1440"]),
        ((7680, 4320), ["v240", "v360", "v480", "v720", "v1080", "v1440", "v2160"]),
        ((1920, 1200), ["v240", "v360", "v480", "v720", "v1200"]),
        ((1280, 720), ["v240", "v360", "v480", "v720"]),
        ((720, 576), ["v240", "v360", "v576"]),
        ((960, 540), ["v240", "v360", "v540"]),
        ((511, 287), ["v286"]),
        ((176, 144), ["v144"]),
        ((40, 30), ["v30"]),
    ],
)
def test_rungs_never_pass_the_source(size: tuple[int, int], names: list[str]) -> None:
    plan = make_plan(facts(width=size[0], height=size[1]))
    assert [rung.name for rung in plan.rungs] == names
    for rung in plan.rungs:
        assert rung.width % 2 == rung.height % 2 == 0
        assert rung.width <= size[0] + 1 and rung.height <= size[1] + 1
        assert rung.width / rung.height == pytest.approx(size[0] / size[1], rel=0.08)
    assert [rung.cap for rung in plan.rungs] == sorted(rung.cap for rung in plan.rungs)


def test_the_largest_rungs_come_after_all_others() -> None:
    plan = make_plan(facts(width=3840, height=2160, codec="hevc"))
    assert [rung.name for rung in plan.ladder] == ["v1080", "v720", "v480", "v240"]
    assert [rung.name for rung in plan.largest] == ["v2160", "v1440"]
    assert make_plan(facts(width=1920, height=1200, codec="hevc")).largest == ()


def test_a_4k_film_that_browsers_play_stays_as_it_is_and_gets_the_rungs_below() -> None:
    plan = make_plan(facts(width=3840, height=2160, level=51))
    assert plan.as_is
    assert [rung.name for rung in plan.largest] == ["v1440"]
    assert [rung.name for rung in plan.ladder] == ["v1080", "v720", "v480", "v360", "v240"]


def test_an_operator_chooses_the_largest_rung_for_films_that_come_from_then_on(settings) -> None:  # type: ignore[no-untyped-def]
    settings.VIDEO_LARGEST_RUNG = 1080
    film = facts(width=3840, height=2160, codec="hevc")
    assert make_plan(film).largest == ()
    assert [rung.name for rung in make_plan(film, largest=1440).largest] == ["v1440"]
    settings.VIDEO_LARGEST_RUNG = 720
    assert make_plan(film).rungs[-1].name == "v720"


@pytest.mark.parametrize(("rate", "cap"), [("30/1", 18_000_000), ("60/1", 27_000_000), ("50/1", 27_000_000)])
def test_caps_grow_with_size_and_rate(rate: str, cap: int) -> None:
    plan = make_plan(facts(width=3840, height=2160, frame_rate=rate, base_rate=rate))
    assert plan.rungs[-1].cap == cap
    assert [rung.cap for rung in plan.rungs] == sorted(rung.cap for rung in plan.rungs)


@pytest.mark.parametrize(
    ("average", "base", "rate"),
    [
        ("25/1", "25/1", "25"),
        ("30000/1001", "30000/1001", "30000/1001"),
        ("2997/100", "30000/1001", "30000/1001"),
        ("24000/1001", "24000/1001", "24000/1001"),
        ("119/4", "90000/1", "30000/1001"),
        ("120/1", "120/1", "60"),
        ("100/1", "100/1", "50"),
        ("12/1", "12/1", "12"),
        ("1/1", "1/1", "5"),
        ("8/1", "60/1", "30"),
        ("25/1", "50/1", "25"),
    ],
)
def test_the_rate_of_rungs_is_constant_and_sane(average: str, base: str, rate: str) -> None:
    variable = average != base
    assert output_rate(Picture(0, "h264", frame_rate=average, base_rate=base, variable=variable)) == Fraction(rate)


@pytest.mark.parametrize(
    ("changes", "copied"),
    [
        ({}, True),
        ({"codec": "opus"}, False),
        ({"profile": "HE-AAC"}, False),
        ({"channels": 6}, False),
        ({"sample_rate": 32000}, False),
        ({"duration": 30.0}, False),
        ({"start": 0.4}, False),
    ],
)
def test_which_sound_is_copied(changes: dict[str, object], copied: bool) -> None:
    sound = {"codec": "aac", "profile": "LC", "channels": 2, "sample_rate": 48000, "duration": 60.0}
    assert can_copy_sound(Sound(1, **(sound | changes)), 60) is copied


@pytest.mark.parametrize("rate", ["25/1", "30000/1001", "60/1", "24000/1001"])
@pytest.mark.parametrize("duration", [3, 59, 61, 90, 91, 600, 7200.5])
def test_pieces_join_without_a_hole(rate: str, duration: float) -> None:
    plan = make_plan(facts(duration, frame_rate=rate, base_rate=rate, codec="hevc"))
    chunks = chunks_of(plan, 60)
    assert chunks[-1].is_last and not any(chunk.is_last for chunk in chunks[:-1])
    frame = segment = 0
    for chunk in chunks:
        assert (chunk.first_frame, chunk.first_segment) == (frame, segment)
        frame += (chunk.segments or 0) * plan.segment_frames
        segment += (chunk.segments or 0) + (1 if chunk.number == 0 else 0)  # the first one's time holds two
    assert float(chunks[-1].first_frame / plan.rate) < duration
    assert plan.segment_frames % plan.gop == 0
