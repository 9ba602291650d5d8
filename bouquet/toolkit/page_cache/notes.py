"""What a view says of the page it is making, for the door that may keep it."""

from __future__ import annotations

from dataclasses import dataclass, field

NOTES = "bouquet.page"  # its name in the WSGI environment, and in the ASGI scope that this is made of
EVERYTHING = "*"


@dataclass(slots=True)
class Notes:
    keep: bool = False
    seconds: int = 0
    until: float | None = None  # Unix seconds
    marks: set[str] = field(default_factory=set)
    query: set[str] = field(default_factory=set)


def mark(words: str) -> str:
    """A mark is one word: the log has spaces between them."""
    if not words or " " in words:
        raise ValueError(f"not a mark: {words!r}")
    return words
