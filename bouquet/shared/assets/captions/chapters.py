"""Chapters of a film: from lines such as “1:23 The river” in its description, or written by hand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from bouquet.shared.assets.captions.cues import clock
from bouquet.shared.assets.captions.markup import as_vtt as escaped
from bouquet.shared.assets.captions.markup import clean_text

FEWEST, MOST, LONGEST = 3, 200, 120
TIME = r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)(?:[.,](\d{1,3}))?"
LINE = re.compile(rf"\s*[(\[]?{TIME}[)\]]?(?:\s*[-–—:|.]\s*|\s+)(?P<title>\S.*?)\s*")


class ChaptersRefused(ValueError):
    """`sentence` says what is wrong, with the line."""

    @property
    def sentence(self) -> str:
        return str(self)


class ChapterMark(NamedTuple):
    """A beginning, in milliseconds, and its title."""

    starts_at: int
    title: str

    @property
    def seconds(self) -> float:
        return self.starts_at / 1000

    @property
    def whole(self) -> int:
        return self.starts_at // 1000

    @property
    def moment(self) -> str:
        """For an attribute: a point in every language."""
        return f"{self.seconds:.3f}"


def in_description(text: str, duration: float | None = None) -> list[ChapterMark]:
    """The lines that begin with a time, where they make chapters: the first at 0:00, at least three, in order.

    Anything else is a description that happens to name a moment, and has no chapters.
    """
    found = [mark for line in text.splitlines() if (mark := _mark(line)) is not None]
    in_order = all(one.starts_at < other.starts_at for one, other in pairwise(found))
    ends = found and duration and found[-1].seconds >= duration
    return found if FEWEST <= len(found) <= MOST and found[0].starts_at == 0 and in_order and not ends else []


def from_lines(text: str, duration: float | None = None) -> list[ChapterMark]:
    """What somebody wrote by hand, a chapter a line. No line: no chapter. Raises ChaptersRefused."""
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        mark = _mark(line)
        if mark is None:
            words = {"line": number, "text": line.strip()[:40]}
            raise ChaptersRefused(
                _("Line %(line)d, “%(text)s”: write a time, a space and a title, such as 1:23 The river.") % words
            )
        found.append(mark)
    return checked(found, duration)


def checked(given: Iterable[Sequence[Any]], duration: float | None = None) -> list[ChapterMark]:
    """Raises ChaptersRefused with a sentence that names the two that stand in a wrong order."""
    marks = [ChapterMark(int(at), " ".join(clean_text(str(title)).split())) for at, title in given]
    if not marks:
        return []
    if len(marks) < FEWEST or len(marks) > MOST:
        words: dict[str, Any] = {"fewest": FEWEST, "most": MOST, "number": len(marks)}
        raise ChaptersRefused(_("A film has from %(fewest)d to %(most)d chapters; these are %(number)d.") % words)
    if marks[0].starts_at != 0:
        words = {"title": marks[0].title, "time": short_clock(marks[0].starts_at)}
        raise ChaptersRefused(_("The first chapter, “%(title)s”, begins at %(time)s: it must begin at 0:00.") % words)
    for former, mark in pairwise(marks):
        if mark.starts_at <= former.starts_at:
            words = {"title": mark.title, "time": short_clock(mark.starts_at), "former": former.title}
            words["former_time"] = short_clock(former.starts_at)
            raise ChaptersRefused(
                _("“%(title)s” begins at %(time)s, not after “%(former)s” at %(former_time)s, which stands above it.")
                % words
            )
    _check_titles(marks, duration)
    return marks


def _check_titles(marks: list[ChapterMark], duration: float | None) -> None:
    for mark in marks:
        words: dict[str, Any] = {"time": short_clock(mark.starts_at), "most": LONGEST}
        if not mark.title:
            raise ChaptersRefused(_("The chapter at %(time)s has no title.") % words)
        if len(mark.title) > LONGEST:
            raise ChaptersRefused(_("The title at %(time)s is longer than %(most)d characters.") % words)
        if duration and mark.seconds >= duration:
            words["length"] = short_clock(int(duration * 1000))
            raise ChaptersRefused(_("A chapter begins at %(time)s, but the film ends at %(length)s.") % words)


def as_lines(marks: Iterable[ChapterMark]) -> str:
    return "\n".join(f"{short_clock(mark.starts_at)} {mark.title}" for mark in marks)


def as_vtt(marks: Sequence[ChapterMark], duration: float) -> str:
    """A chapters track: each lasts until the next."""
    ends = [*(mark.starts_at for mark in marks[1:]), max(int(duration * 1000), marks[-1].starts_at + 1)]
    blocks = [
        f"{clock(mark.starts_at)} --> {clock(end)}\n{escaped(mark.title)}"
        for mark, end in zip(marks, ends, strict=True)
    ]
    return "\n\n".join(["WEBVTT", *blocks]) + "\n"


def short_clock(milliseconds: int) -> str:
    """83000 → 1:23, 3723500 → 1:02:03.5"""
    whole, rest = divmod(milliseconds, 1000)
    hours, minutes, seconds = whole // 3600, whole // 60 % 60, whole % 60
    text = f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"
    return f"{text}.{rest:03d}".rstrip("0") if rest else text


def _mark(line: str) -> ChapterMark | None:
    found = LINE.fullmatch(line[:400])
    if found is None:
        return None
    hours, minutes, seconds, part = found.group(1, 2, 3, 4)
    if hours and int(minutes) > 59:
        return None
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    title = " ".join(clean_text(found["title"]).split())
    return ChapterMark(whole * 1000 + int((part or "0").ljust(3, "0")), title[:400]) if title else None
