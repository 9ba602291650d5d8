"""What a source tells of one post, whatever the source: a line of JSON between looking and taking."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from bouquet.shared.works.actions import one_line, plain_text

LONGEST_HTML = 2_000_000  # letters: a book of a thousand pages
LONGEST_TITLE = 140
MOST_NOTES = 40


class SourceRefused(Exception):
    """The source as a whole cannot be read. `reason` is a sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class BrokenOff(Exception):
    """The source ends, or can be read no further, in the middle: what came before it stands."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass
class PictureOf:
    """A picture as the source names it. Bodies say `{"address": …}` where the article's block has its picture."""

    address: str
    description: str = ""
    caption: str = ""
    credit: str = ""
    title: str = ""


@dataclass
class AuthorOf:
    name: str
    slug: str = ""
    about: str = ""
    old: list[str] = field(default_factory=list)


@dataclass
class Post:
    key: str
    title: str
    slug: str = ""
    lead: str = ""
    body: list[list[Any]] = field(default_factory=list)  # [name of a block, its value]
    pictures: list[dict[str, str]] = field(default_factory=list)  # PictureOf, of those in the body
    picture: dict[str, str] | None = None  # PictureOf: the first one
    authors: list[dict[str, Any]] = field(default_factory=list)  # AuthorOf
    form: str = "news"
    section: str = ""
    section_old: list[str] = field(default_factory=list)  # addresses of its section
    themes: list[str] = field(default_factory=list)
    published_at: str = ""  # ISO 8601
    revised_at: str = ""
    live: bool = True
    scheduled: bool = False
    comments_closed: bool = False
    comments: list[dict[str, Any]] = field(default_factory=list)  # as comments.actions.Brought
    seo_title: str = ""
    search_description: str = ""
    old: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    refusal: str = ""

    def note(self, words: str) -> None:
        if words not in self.notes and len(self.notes) < MOST_NOTES:
            self.notes.append(words)

    def line(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False).encode("utf-8", "ignore").replace(b"\\u0000", b"") + b"\n"

    @classmethod
    def read(cls, line: bytes) -> Post:
        return cls(**json.loads(line))

    @property
    def shown(self) -> list[dict[str, str]]:
        """Every picture, the first one first."""
        return [*([self.picture] if self.picture else []), *self.pictures]

    @property
    def date(self) -> datetime | None:
        return datetime.fromisoformat(self.published_at) if self.published_at else None


def key_of(text: str) -> str:
    """A name that fits a column: long ones keep their beginning and a fingerprint."""
    text = one_line(text)
    if len(text) <= 200:
        return text
    return f"{text[:130]}…{hashlib.sha256(text.encode()).hexdigest()[:60]}"


def short(text: str, longest: int) -> str:
    """One line, cut between two words where it is too long."""
    text = one_line(text)
    if len(text) <= longest:
        return text
    return text[: longest - 1].rpartition(" ")[0].rstrip(" ,;:–-") + "…" if " " in text[:longest] else text[:longest]


def paragraphs(text: str, longest: int) -> str:
    text = plain_text(text)
    return text if len(text) <= longest else text[: longest - 1].rpartition(" ")[0] + "…"


def moment(text: str) -> datetime | None:
    """A date that a calendar has, between 1970 and 2200; None for all else ("0000-00-00 00:00:00" is WordPress's)."""
    try:
        when = datetime.fromisoformat(text.strip().replace("Z", "+00:00").replace(" ", "T", 1))
    except ValueError:
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return when if 1970 <= when.year < 2200 else None
