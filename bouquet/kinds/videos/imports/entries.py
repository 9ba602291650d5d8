"""What a source tells of one film, whatever the source."""

from __future__ import annotations

import hashlib
import html
import json
import re
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

import nh3
from django.utils import timezone

LONGEST = 4000  # characters of an address that is kept
BREAKS = re.compile(r"<(?:br\s*/?|/p|/div|/li|/h\d)\s*>", re.IGNORECASE)
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


class SourceRefused(Exception):
    """The source as a whole cannot be read. `reason` is a sentence; `passing` says that later it may work."""

    def __init__(self, reason: str, *, passing: bool = False) -> None:
        super().__init__(reason)
        self.reason, self.passing = reason, passing


@dataclass
class Entry:
    key: str  # its name at the source: never imported twice into a channel
    title: str
    address: str = ""  # of the file
    published_at: datetime | None = None
    size: int | None = None  # bytes; None where nobody says
    refusal: str = ""  # why it cannot be taken: a sentence
    page: str = ""  # where people found it
    old: list[str] = field(default_factory=list)  # addresses that led to that page
    old_embeds: list[str] = field(default_factory=list)  # … and to the bare player
    filename: str = ""
    description: str = ""
    language: str = ""
    licence: str = ""
    credit: str = ""
    category: str = ""
    tags: list[str] = field(default_factory=list)
    thumbnail: str = ""
    rating: int = 0  # minimum age
    duration: float | None = None
    captions: list[dict[str, str]] = field(default_factory=list)  # language, label, address
    chapters: list[dict[str, Any]] = field(default_factory=list)  # title, seconds

    def tidied(self) -> Entry:
        """As a row can keep it, whatever its source said."""
        self.key = key_of(self.key)
        self.title = line(self.title)[:140]
        self.address = CONTROLS.sub("", self.address).strip()[:LONGEST]
        self.description = CONTROLS.sub("", self.description).strip()[:5000]
        if self.published_at and self.published_at > timezone.now():
            self.published_at = None  # a date to come is no date of the past
        if self.size is not None and not 0 < self.size < 2**62:
            self.size = None  # a feed that writes length="0" does not know it
        return self

    @property
    def facts(self) -> dict[str, Any]:
        """What is kept for later, without what has a column of its own and what is empty."""
        own = ("key", "title", "address", "published_at", "size", "refusal")
        said = {name: value for name, value in asdict(self).items() if name not in own and value}
        return json.loads(json.dumps(said).replace("\\u0000", ""))  # no database keeps a NUL


@dataclass
class Batch:
    """Some of a source's films. `place` says where the next batch begins; empty: that was all."""

    entries: list[Entry]
    place: str = ""
    title: str = ""


def key_of(text: str) -> str:
    """A name that fits a column: long ones keep their beginning and a fingerprint."""
    text = CONTROLS.sub("", text).strip()
    if len(text) <= 200:
        return text
    return f"{text[:130]}…{hashlib.sha256(text.encode()).hexdigest()[:60]}"


def line(text: Any) -> str:
    """One line of plain text, from whatever came."""
    return " ".join(CONTROLS.sub(" ", str(text or "")).split())


def words_of(text: str) -> str:
    """Plain text of a description that may be HTML: paragraphs stay apart, nothing else of the markup stays."""
    if "<" in text:
        text = nh3.clean(BREAKS.sub("\n", text), tags=set())
    text = html.unescape(text)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(each.strip() for each in text.splitlines())).strip()
