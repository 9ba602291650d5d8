"""A large XML file of <item>s, one after the other, in memory that does not grow.

expat, because it says of a document type what it is: a file that defines entities is refused before one is expanded
(XXE, billion laughs), so nothing outside the file is ever asked for. Text beyond `LONGEST` is dropped and said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO
from xml.parsers import expat

from django.utils.translation import gettext as _

from bouquet.kinds.articles.moving.posts import LONGEST_HTML, BrokenOff, SourceRefused

PIECE = 256 * 1024
DEEPEST = 12  # elements in an item
MOST = 60_000  # elements of an item: a comment has fifteen; what is beyond is passed over, and the item says so
# What XML 1.0 forbids and old WordPress writes all the same: left out, else one letter would cost the whole file.
FORBIDDEN = bytes(range(9)) + b"\x0b\x0c" + bytes(range(0x0E, 0x20))


@dataclass
class Element:
    """`name` with its usual prefix ("wp:post_id"), whatever the file's own."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    size: int = 0
    too_long: bool = False

    @property
    def text(self) -> str:
        return "".join(self.parts).strip()

    def all(self, name: str) -> Iterator[Element]:
        return (child for child in self.children if child.name == name)

    def one(self, name: str) -> str:
        return next((child.text for child in self.all(name)), "")


def items_of(path: Path, *, beside: tuple[str, ...] = ()) -> Iterator[Element]:
    """Each <item>, and each element of the channel that `beside` names, as it is read.

    Raises SourceRefused for what is no XML or defines entities, BrokenOff where it ends or breaks in the middle.
    """
    reader = _Reader(beside)
    with path.open("rb") as file:
        _check_beginning(file)
        while piece := file.read(PIECE):
            yield from _fed(reader, piece.translate(None, FORBIDDEN), last=False)
        yield from _fed(reader, b"", last=True)


def _check_beginning(file: BinaryIO) -> None:
    first = file.read(400).lstrip(b"\xef\xbb\xbf \t\r\n")
    if first[:2] in (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<"):
        raise SourceRefused(_("This file is written in UTF-16. Save it as UTF-8 and try again."))
    if not first.startswith(b"<"):
        raise SourceRefused(_("This is not an XML file. WordPress writes one by Tools → Export; a feed is one, too."))
    file.seek(0)


def _fed(reader: _Reader, piece: bytes, *, last: bool) -> Iterator[Element]:
    try:
        reader.parser.Parse(piece, last)
    except expat.ExpatError as error:
        yield from reader.taken()
        if not reader.began:
            raise SourceRefused(
                _("This is not an XML file. WordPress writes one by Tools → Export; a feed is one, too.")
            ) from None
        words = _("The file breaks off or cannot be read after line %(line)s. What stands before it can be taken.")
        raise BrokenOff(words % {"line": error.lineno}) from None
    yield from reader.taken()


class _Reader:
    def __init__(self, beside: tuple[str, ...]) -> None:
        self.wanted = {"item", *beside}
        self.found: list[Element] = []
        self.open: list[Element] = []  # from the item down to where we are
        self.depth = self.skipping = self.elements = 0
        self.began = False
        self.parser = expat.ParserCreate()
        self.parser.buffer_text, self.parser.buffer_size = True, PIECE
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.EntityDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def taken(self) -> list[Element]:
        found, self.found = self.found, []
        return found

    def _doctype(self, *_said: object) -> None:
        raise SourceRefused(_("This file brings a document type with definitions of its own. No export does: refused."))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.began = self.began or name in ("rss", "channel")
        if self.skipping or (not self.open and name not in self.wanted):
            return
        if len(self.open) >= DEEPEST or self.elements >= MOST:
            self.skipping = self.depth
            if self.elements >= MOST:
                self.open[0].too_long = True
            return
        element = Element(name, attributes)
        if self.open:
            self.open[-1].children.append(element)
            self.elements += 1
        self.open.append(element)

    def _end(self, _name: str) -> None:
        self.depth -= 1
        if self.skipping:
            if self.depth < self.skipping:
                self.skipping = 0
            return
        if self.open:
            element = self.open.pop()
            if not self.open:
                self.found.append(element)
                self.elements = 0

    def _text(self, text: str) -> None:
        if self.skipping or not self.open:
            return
        element = self.open[-1]
        if element.size + len(text) > LONGEST_HTML:
            element.too_long = True
        else:
            element.parts.append(text)
            element.size += len(text)
