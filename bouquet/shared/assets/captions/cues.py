"""A cue: some text from one moment to another. What is kept of it, and what is refused."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from bouquet.shared.assets.captions.markup import clean_text

MOST_CUES = 10_000
LONGEST_TEXT = 2_000
LAST_MOMENT = 48 * 3600 * 1000  # milliseconds: no film is longer
SETTING = re.compile(
    r"(?:vertical:(?:rl|lr)|line:-?\d{1,4}(?:\.\d{1,4})?%?(?:,(?:start|center|end))?"
    r"|position:\d{1,3}(?:\.\d{1,4})?%(?:,(?:line-left|center|line-right))?"
    r"|size:\d{1,3}(?:\.\d{1,4})?%|align:(?:start|center|end|left|right))"
)


class CaptionsRefused(ValueError):
    """Captions that cannot be kept. `sentence` says what is wrong and where; `line` counts from 1, 0: no line."""

    def __init__(self, sentence: str, line: int = 0) -> None:
        words = {"line": line, "reason": sentence}
        super().__init__(_("Line %(line)d: %(reason)s") % words if line else sentence)
        self.line = line

    @property
    def sentence(self) -> str:
        return str(self)


class Cue(NamedTuple):
    """Times in milliseconds. The text as people write it: tags of markup.TAGS are tags, every other sign is itself."""

    start: int
    end: int
    text: str
    settings: str = ""


def checked(cues: Iterable[Sequence[Any]], *, line_of: Any = None) -> list[Cue]:
    """In order, with clean text; empty ones left out. Raises CaptionsRefused.

    Cues may overlap and share a start. `line_of(number)` tells where the cue stands in its file, for the sentence;
    without it the sentence counts cues.
    """
    kept: list[Cue] = []
    former = 0
    for number, given in enumerate(cues):
        if number >= MOST_CUES:
            raise CaptionsRefused(too_many())
        cue = _one(given, number, line_of)
        if cue.start < former:
            words = {"time": clock(cue.start), "former": clock(former)}
            _refuse(_("this text begins at %(time)s, before the one above it (%(former)s).") % words, number, line_of)
        former = cue.start
        if cue.text:
            kept.append(cue)
    return kept


def _one(given: Sequence[Any], number: int, line_of: Any) -> Cue:
    start, end, text, *rest = given
    if not (_is_moment(start) and _is_moment(end)):
        _refuse(_("a time is not one that a film can have."), number, line_of)
    if end <= start:
        words = {"start": clock(start), "end": clock(end)}
        _refuse(_("this text ends (%(end)s) before it begins (%(start)s).") % words, number, line_of)
    text = clean_text(str(text)) if len(str(text)) <= 4 * LONGEST_TEXT else str(text)
    if len(text) > LONGEST_TEXT:
        _refuse(_("this text is longer than %(most)d characters.") % {"most": LONGEST_TEXT}, number, line_of)
    return Cue(start, end, text, kept_settings(str(rest[0]) if rest else ""))


def _is_moment(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LAST_MOMENT


def _refuse(reason: str, number: int, line_of: Any) -> None:
    if line_of is not None:
        raise CaptionsRefused(reason, line_of(number))
    words = {"number": number + 1, "reason": reason}
    raise CaptionsRefused(_("Text %(number)d: %(reason)s") % words)


def too_many() -> str:
    return _("There are more than %(most)d texts. Captions of a film have fewer.") % {"most": MOST_CUES}


def kept_settings(settings: str) -> str:
    """Those that say where a cue stands (WebVTT §3.6); regions and nonsense go."""
    return " ".join(each for each in settings[:400].split()[:6] if SETTING.fullmatch(each))


def clock(milliseconds: int, *, point: str = ".") -> str:
    """3723004 → “01:02:03.004”."""
    seconds, rest = divmod(max(0, milliseconds), 1000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{point}{rest:03d}"
