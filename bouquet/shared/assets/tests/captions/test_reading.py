"""Caption files as people and machines send them."""

from __future__ import annotations

import random
import time

import pytest

from bouquet.shared.assets.captions.cues import MOST_CUES, CaptionsRefused, Cue
from bouquet.shared.assets.captions.reading import read_file
from bouquet.shared.assets.captions.writing import srt_of, vtt_of

VTT = """WEBVTT - Le réveil

STYLE
::cue { background: url(https://elsewhere.example/x.png) }

NOTE what is in a note is for nobody

intro
00:00:01.000 --> 00:00:04.000 line:10% align:start region:top
<v Ada>Bonjour à <i>tous</i></v> &amp; à toutes

00:03.500 --> 00:06.000
Ils se chevauchent.
"""
SRT = """1
00:00:01,000 --> 00:00:04,000
<font color="red">Bonjour</font> à <i>tous</i> & <3

2
00:00:05,000 --> 00:00:06,500
{\\an8}Le cœur
"""


def test_a_webvtt_file_is_read() -> None:
    first, second = read_file(VTT.encode())
    assert first == Cue(1000, 4000, "<v Ada>Bonjour à <i>tous</i></v> & à toutes", "line:10% align:start")
    assert second == Cue(3500, 6000, "Ils se chevauchent.", "")


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_a_subrip_file_is_read_in_every_usual_encoding(encoding: str, ends: str) -> None:
    cues = read_file(SRT.replace("\n", ends).encode(encoding))
    assert cues == [Cue(1000, 4000, "Bonjour à <i>tous</i> & <3"), Cue(5000, 6500, "Le cœur")]


def test_windows_1252_is_told_from_its_neighbours_by_its_french() -> None:
    text = "Où est passé l’été ? « Là-bas », répondit-elle : c’était déjà Noël à Besançon."
    data = f"1\n00:00:01,000 --> 00:00:04,000\n{text}\n".encode("cp1252")
    assert read_file(data)[0].text == text


def test_a_doubtful_encoding_is_decided_by_the_language() -> None:
    text = "1\n00:00:01,000 --> 00:00:04,000\nCześć, świecie! Łódź.\n"
    assert read_file(text.encode("cp1250"), "pl")[0].text == "Cześć, świecie! Łódź."
    russian = "Привет, мир! Это длинное предложение о фильме."
    assert read_file(f"1\n00:01,0 --> 00:02,0\n{russian}\n".encode("cp1251"), "ru")[0].text == russian


def test_subrip_as_hands_write_it() -> None:
    """Points for commas, no hours, no numbers, no empty line between two, an empty text."""
    text = "00:01.5 --> 00:02,000\none\n2\n00:00:03.000 --> 00:00:04.000\ntwo\n\n00:00:05,000 --> 00:00:06,000\n\n"
    assert read_file(text.encode()) == [Cue(1500, 2000, "one"), Cue(3000, 4000, "two")]


def test_what_is_written_is_read_again() -> None:
    cues = [Cue(0, 900, "1 < 2 & <b>so</b> on --> there"), Cue(3_661_001, 3_662_000, "two\nlines", "line:0")]
    kept = [Cue(0, 900, "1 < 2 & <b>so</b> on → there"), cues[1]]
    assert read_file(vtt_of(read_file(vtt_of(cues).encode())).encode()) == kept
    assert [cue[:3] for cue in read_file(srt_of(kept).encode())] == [cue[:3] for cue in kept]


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<scr<b>ipt>alert(1)</scr</b>ipt>",
        "<img src=x onerror=alert(1)>",
        '<b onclick="alert(1)">x</b>',
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "<<script>script>alert(1)",
        "<v <script>>x",
        "<v.a.b x=<i>>y",
        "</b></i></v>",
        "<b><i><u><b>never closed",
    ],
)
def test_markup_in_a_text_can_do_nothing(text: str) -> None:
    written = vtt_of(read_file(f"WEBVTT\n\n00:01.000 --> 00:02.000\n{text}x\n".encode()))
    body = written.partition("00:00:02.000\n")[2]
    for found in body.split("<")[1:]:
        assert found.lstrip("/").startswith(("b>", "i>", "u>", "v>", "v ", "c>", "v.", "c.")), written
    assert body.count("-->") == 0
    assert body.count("<b") == body.count("</b")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "There is no text in it."),
        ("WEBVTT\n", "There is no text in it."),
        ("just words\n", "There are no times in it."),
        ("WEBVTT\n\n00:01.000 --> 00:02\nx\n", "Line 3: this is not a time."),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nx\n\n\n00:9.000 --> 00:12.000\ny\n", "Line 7: this is not a time."),
        ("WEBVTT\n\n00:03.000 --> 00:01.000\nx\n", "Line 3: this text ends (00:00:01.000) before it begins"),
        ("WEBVTT\n\n00:03.000 --> 00:03.000\nx\n", "Line 3: this text ends"),
        (
            "WEBVTT\n\n00:05.000 --> 00:06.000\nx\n\n00:04.000 --> 00:08.000\ny\n",
            "Line 6: this text begins at 00:00:04.000, before the one above it (00:00:05.000).",
        ),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n<!-- x -->\n", "Line 4: this is not a time."),
        ("1\n00:00:01,000 --> 2\nx\n", "Line 2: this is not a time."),
        ("1\n00:00:01,000 --> 99:00:00,000\nx\n", "Line 2: a time is not one that a film can have."),
        ("1\n00:00:01,000 --> 00:00:02,000\n" + "x" * 3000, "Line 2: this text is longer than 2000 characters."),
        ("1\n00:00:01,000 --> 00:00:02,000\n" + "<" * 100_000, "Line 2: this text is longer than 2000 characters."),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text: str, sentence: str) -> None:
    with pytest.raises(CaptionsRefused) as refused:
        read_file(text.encode())
    assert str(refused.value).startswith(sentence)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"WEBVTT\n\n" + b"x" * (10 * 1024 * 1024), "This file is too large for captions: at most 2 MB."),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\na\x00b\n", "This is not a text file."),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "This is not a text file."),
        (b"\x00\x00\x00\x18ftypmp42" + bytes(range(256)) * 40, "This is not a text file."),
        (b"PK\x03\x04" + bytes(range(255, 0, -1)) * 40, "This is not a text file."),
        (b"\xff\xfe" + b"\xd8\xff\x01\x00" * 2000, ""),
        (b"00:1-->\n" * 200_000, f"There are more than {MOST_CUES} texts."),
    ],
)
def test_a_hostile_file_is_refused_soon(data: bytes, sentence: str) -> None:
    began = time.process_time()
    with pytest.raises(CaptionsRefused) as refused:
        read_file(data)
    assert str(refused.value).startswith(sentence)
    assert time.process_time() - began < 3


def test_a_million_cues_are_refused_before_they_are_read() -> None:
    data = b"\n".join(b"%d:%02d.000-->9:9.9" % (n // 60, n % 60) for n in range(100_000))
    with pytest.raises(CaptionsRefused, match="more than 10000"):
        read_file(data[: 2 * 1024 * 1024])


def test_nothing_random_raises_anything_else() -> None:
    """Pieces of real files, shuffled: a refusal or cues, in bounded time."""

    pieces = [
        "WEBVTT",
        "\n",
        "\n\n",
        "00:01.000",
        " --> ",
        "-->",
        "1",
        "<b>",
        "</b>",
        "<v x>",
        "&amp;",
        "NOTE",
        "é",
        "\t",
        ",",
    ]
    chance = random.Random(7)
    for _turn in range(400):
        text = "".join(chance.choices(pieces, k=60))
        try:
            cues = read_file(text.encode())
        except CaptionsRefused as refused:
            assert refused.sentence
        else:
            assert cues
            assert read_file(vtt_of(cues).encode()) == cues
