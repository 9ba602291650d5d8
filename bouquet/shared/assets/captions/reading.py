"""A caption file → cues. webvtt-py reads the formats; here is what it may be given, and which line was wrong."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.utils.translation import gettext as _
from webvtt import srt, vtt
from webvtt.errors import MalformedCaptionError, MalformedFileError
from webvtt.models import Caption as ReadCue

from bouquet.shared.assets.captions.cues import MOST_CUES, CaptionsRefused, Cue, checked, too_many
from bouquet.shared.assets.captions.decoding import decoded
from bouquet.shared.assets.captions.markup import from_vtt

ARROW = "-->"
NOTHING = "\ue000"  # stands for the text of a cue that has none, which the library would leave out


def read_file(data: bytes, language: str = "") -> list[Cue]:
    """`language` helps where the encoding is doubtful.

    Raises CaptionsRefused: a sentence for who sent the file, with the line where that helps.
    """
    return read_text(decoded(data, language))


def read_text(text: str) -> list[Cue]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    arrows = [number for number, line in enumerate(lines) if ARROW in line]
    if len(arrows) > MOST_CUES:
        raise CaptionsRefused(too_many())
    first = next((number for number, line in enumerate(lines) if line.strip()), None)
    if first is None:
        raise CaptionsRefused(_("There is no text in it."))
    if lines[first].startswith("WEBVTT"):
        found = _vtt(lines[first:], arrows)
        return _kept(found, arrows, from_vtt)
    if not arrows:
        raise CaptionsRefused(
            _("There are no times in it. Each text needs a line such as 00:00:01.000 --> 00:00:04.000 above it.")
        )
    return _kept(_srt(lines, arrows), arrows, lambda words: words)


def _vtt(lines: list[str], arrows: list[int]) -> list[ReadCue]:
    try:
        return vtt.parse(lines, strict=True).captions
    except (MalformedCaptionError, MalformedFileError):
        raise CaptionsRefused(_unreadable(), _first_wrong(lines, arrows)) from None


def _first_wrong(lines: list[str], arrows: list[int]) -> int:
    """The line of the first cue that cannot be read alone: the whole file told only that there is one."""
    shift = (arrows[0] if arrows else 0) - next((n for n, line in enumerate(lines) if ARROW in line), 0)
    for number, line in enumerate(lines):
        if ARROW in line and not vtt.WebVTTCueBlock.is_valid([line], strict=True):
            return number + shift + 1
    for number, line in enumerate(lines):  # each time is right: two cues without an empty line between them
        if ARROW in line and number and lines[number - 1].strip() and not _may_stand_above(lines, number):
            return number + shift + 1
    return 0


def _may_stand_above(lines: list[str], number: int) -> bool:
    """The line above a time may be the cue's name, with an empty line above that."""
    return number < 2 or not lines[number - 2].strip()


def _srt(lines: list[str], arrows: list[int]) -> list[ReadCue]:
    """SubRip as it is met: also with points for commas, without numbers, without an empty line between texts."""
    numbered: list[str] = []
    for number, line in enumerate(lines):
        if ARROW in line and not (number and lines[number - 1].strip().isdigit()):
            numbered += ["", "1"]
        numbered.append(_with_hours(line.strip()) if ARROW in line else line)
    wrong = [n for n in arrows if not srt.SRTCueBlock.is_valid(["1", _with_hours(lines[n].strip())])]
    if wrong:
        raise CaptionsRefused(_unreadable(), wrong[0] + 1)
    found = srt.parse_captions(_with_text(numbered))
    for caption in found:
        caption.lines = [line for line in caption.lines if line != NOTHING]
    return found


def _with_text(lines: list[str]) -> list[str]:
    return [each for line in lines for each in ((line, NOTHING) if ARROW in line else (line,))]


def _with_hours(line: str) -> str:
    """“00:01,5 --> …” → “00:00:01,500 --> …”: SubRip has hours and milliseconds, hands leave them out."""
    line = re.sub(r"(?<=[.,])\d{1,2}(?!\d)", lambda part: part[0].ljust(3, "0"), line)
    return re.sub(r"(?<![\d:])(\d{1,2}:\d{1,2}[.,]\d)", r"00:\1", line)


def _kept(found: list[ReadCue], arrows: list[int], words: Callable[[str], str]) -> list[Cue]:
    if len(found) != len(arrows):
        raise CaptionsRefused(_("A line with --> is no time. Write the arrow as → in a text."))
    given = (
        (cue.start_time.in_milliseconds(), cue.end_time.in_milliseconds(), words(cue.raw_text), str(cue.settings or ""))
        for cue in found
    )
    cues = checked(given, line_of=lambda number: arrows[number] + 1)
    if not cues:
        raise CaptionsRefused(_("There is no text in it."))
    return cues


def _unreadable() -> str:
    return _("this is not a time. Write it as 00:00:01.000 --> 00:00:04.000.")
