"""Chapters from descriptions and by hand."""

from __future__ import annotations

import pytest

from bouquet.shared.assets.actions import ChaptersRefused, chapters_in, chapters_track, keep_chapters, read_chapters
from bouquet.shared.assets.models import Asset
from bouquet.shared.assets.tests.make import ready_asset

THREE = "0:00 The start\n0:01 - The river\n00:02 The end"


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        (THREE, ["The start", "The river", "The end"]),
        (f"A film about a river.\n\n{THREE}\n\nThanks!", ["The start", "The river", "The end"]),
        ("(0:00) A\r\n[1:00] B\r\n1:02:03 C", ["A", "B", "C"]),
        ("0:00 A\n1:00 B", []),
        ("0:10 A\n1:00 B\n2:00 C", []),
        ("0:00 A\n2:00 B\n1:00 C", []),
        ("0:00 A\n1:00 B\n1:00 C", []),
        ("at 0:00 A\nat 1:00 B\nat 2:00 C", []),
        ("0:00 <b>A</b>\n1:00 <script>x</script>\n2:00 C & D", ["<b>A</b>", "x", "C & D"]),
        ("", []),
    ],
)
def test_lines_with_times_make_chapters_where_they_are_in_order(text: str, titles: list[str]) -> None:
    assert [mark.title for mark in chapters_in(text)] == titles


def test_a_chapter_behind_the_end_of_the_film_makes_none() -> None:
    assert chapters_in(THREE, duration=1.5) == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("0:00 A\n0:01 B", "A film has from 3 to 200 chapters; these are 2."),
        ("0:01 A\n0:02 B\n0:03 C", "The first chapter, “A”, begins at 0:01: it must begin at 0:00."),
        ("0:00 A\n0:02 B\n0:01 C", "“C” begins at 0:01, not after “B” at 0:02, which stands above it."),
        ("0:00 A\n0:02 B\nlater C", "Line 3, “later C”: write a time"),
        ("0:00 A\n0:02 B\n0:03", "Line 3, “0:03”: write a time"),
        ("0:00 A\n0:02 B\n1:00 C", "A chapter begins at 1:00, but the film ends at 0:04."),
        ("0:00 A\n0:02 B\n0:03 " + "x" * 150, "The title at 0:03 is longer than 120 characters."),
        ("\n".join(f"0:00.{n:03d} x" for n in range(300)), "A film has from 3 to 200 chapters; these are 300."),
    ],
)
def test_what_is_wrong_by_hand_is_said(text: str, sentence: str) -> None:
    with pytest.raises(ChaptersRefused) as refused:
        read_chapters(text, Asset(duration=4.0))
    assert str(refused.value).startswith(sentence)


@pytest.mark.django_db
def test_they_are_kept_replaced_and_taken_away() -> None:
    asset = ready_asset()
    keep_chapters(asset, read_chapters(THREE, asset))
    keep_chapters(asset, read_chapters(THREE.replace("river", "sea"), asset))
    assert [row.title for row in asset.chapters.all()] == ["The start", "The sea", "The end"]
    keep_chapters(asset, [])
    assert not asset.chapters.exists()


def test_their_track_is_webvtt_in_which_nothing_acts() -> None:
    marks = chapters_in("0:00 A\n0:01 B & <i>co</i>\n0:02 1 < 2")
    track = chapters_track(marks, 4.0)
    assert track.startswith("WEBVTT\n\n00:00:00.000 --> 00:00:01.000\nA\n")
    assert "00:00:02.000 --> 00:00:04.000\n1 &lt; 2\n" in track
