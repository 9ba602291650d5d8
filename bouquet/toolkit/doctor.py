"""`bouquet doctor`: what is missing or misconfigured, and how to mend it.

Each app says what it needs in its `checkups.py`, found by name:

    @checkup("Disk space")
    def disk() -> Iterator[Finding]:
        yield ok("120 GB free in /data")
        yield warn("Less than 10 GB are free.", mend="Remove old uploads or add space.")

A checkup only looks, in a few seconds; it changes nothing. One that raises is itself a bad finding, the others go on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from django.utils.module_loading import autodiscover_modules


@dataclass(frozen=True)
class Finding:
    level: Literal["ok", "warn", "bad"]
    text: str
    mend: str = ""


Checkup = Callable[[], Iterable[Finding]]
CHECKUPS: dict[str, Checkup] = {}


def ok(text: str) -> Finding:
    return Finding("ok", text)


def warn(text: str, mend: str = "") -> Finding:
    return Finding("warn", text, mend)


def bad(text: str, mend: str = "") -> Finding:
    return Finding("bad", text, mend)


def checkup(title: str) -> Callable[[Checkup], Checkup]:
    def register(function: Checkup) -> Checkup:
        CHECKUPS[title] = function
        return function

    return register


def examine(only: Iterable[str] = ()) -> Iterator[tuple[str, list[Finding]]]:
    """Every checkup's title and findings, as they come in."""
    autodiscover_modules("checkups")
    wanted = [word.lower() for word in only]
    for title, function in sorted(CHECKUPS.items()):
        if not wanted or any(word in title.lower() for word in wanted):
            yield title, _findings(function)


def _findings(function: Checkup) -> list[Finding]:
    try:
        return list(function())
    except Exception as error:  # a broken part must not hide the others
        return [bad(f"This could not be looked at: {type(error).__name__}: {error}")]
