"""The HTML of a post as the blocks of an article: text, pictures, quotations, tables, films, questions.

What comes is a stranger's: nh3 leaves it a list of elements first, and of the text that is kept only what the desk's
own editor writes. What cannot be kept is noted, never silently lost.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

import nh3
from bs4 import BeautifulSoup, NavigableString, Tag
from django.utils.html import escape
from django.utils.translation import gettext as _

from bouquet.kinds.articles.body_blocks import MOST_CELLS, MOST_PICTURES
from bouquet.kinds.articles.moving.posts import PictureOf, short
from bouquet.kinds.articles.outside import outside_player
from bouquet.shared.works.actions import one_line, plain_text

LINES = {"a", "b", "strong", "i", "em", "span", "br", "code", "sub", "sup", "small", "u", "s", "mark", "abbr", "cite"}
LINES |= {"q", "time", "del", "ins", "kbd", "font", "big", "label"}
HEADS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h3", "h5": "h3", "h6": "h3"}
MEDIA = ["img", "iframe", "video", "audio", "table", "figure", "blockquote", "pre", "p", "div", "ul", "ol", *HEADS]
KEPT = set(LINES) | set(HEADS) | set(MEDIA) | {"li", "hr", "figcaption", "caption", "thead", "tbody", "tfoot", "tr"}
KEPT |= {"td", "th", "source", "section", "article", "aside", "main", "header", "footer", "center", "details"}
KEPT |= {"summary", "dl", "dt", "dd", "picture", "address", "embed", "object"}
ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "data-src", "alt", "title"},
    "iframe": {"src", "title", "data-src"},
    "video": {"src"},
    "audio": {"src"},
    "source": {"src"},
    "embed": {"src"},
    "td": {"colspan"},
    "th": {"colspan"},
    "*": {"class"},
}
IN_TEXT = {"p", "h2", "h3", "b", "i", "ul", "ol", "li", "a", "br"}
DEEPEST = 40
MOST_BLOCKS = 600
CREDIT = re.compile(
    r"(?:©|\(c\)|\bcr[ée]dits?\s*(?:photos?)?\s*[:/]|\bphotos?(?:graph)?\s*(?:by\b|:|©)|\bpicture\s*(?:by\b|:))\s*"
    r"([^.;|()\[\]]{2,160})",
    re.IGNORECASE,
)


@dataclass
class Woven:
    body: list[list[Any]] = field(default_factory=list)
    pictures: list[dict[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def blocks_of(html: str, *, base: str = "", plain_lines: bool = False) -> Woven:
    """`base` is the address that relative ones start from. `plain_lines`: an empty line begins a paragraph, as in
    posts that WordPress's classic editor wrote."""
    html = plain_text(html)
    if plain_lines:
        html = _with_paragraphs(html)
    clean = nh3.clean(html, tags=KEPT, attributes=ATTRIBUTES, url_schemes={"http", "https", "mailto"}, link_rel=None)
    soup = BeautifulSoup(clean, "html.parser")
    for said, kept in (("strong", "b"), ("em", "i")):
        for tag in soup.find_all(said):
            tag.name = kept
    weaver = _Weaver(base)
    weaver.walk(soup, 0)
    return weaver.done()


def credit_in(words: str) -> str:
    """Whose picture it is, where its caption says so."""
    found = CREDIT.search(words)
    return short(found[1].strip(" :–-"), 200) if found else ""


def _with_paragraphs(html: str) -> str:
    """WordPress's own wpautop, for what needs it: empty lines between paragraphs, and lines where they break."""
    parts = re.split(r"\n\s*\n", html)
    block = re.compile(r"^\s*</?(?:p|h[1-6]|ul|ol|li|blockquote|figure|table|tr|td|div|pre|hr|section|iframe)\b", re.I)
    return "\n".join(
        part if not part.strip() or block.match(part) else f"<p>{part.strip().replace(chr(10), '<br>')}</p>"
        for part in parts
    )


class _Weaver:
    def __init__(self, base: str) -> None:
        self.base = base
        self.woven = Woven()
        self.text: list[str] = []  # paragraphs, headings and lists that become one block
        self.line: list[str] = []  # what stands in no paragraph yet

    def done(self) -> Woven:
        self.end_text()
        if len(self.woven.body) > MOST_BLOCKS:
            del self.woven.body[MOST_BLOCKS:]
            self.note(_("It has more than %(number)s pieces: the rest is left out.") % {"number": MOST_BLOCKS})
        return self.woven

    def note(self, words: str) -> None:
        if words not in self.woven.notes:
            self.woven.notes.append(words)

    # ── the walk ─────────────────────────────────────────────────────────────────────────────────────────────────
    def walk(self, node: Tag, depth: int) -> None:
        for child in list(node.children):
            if isinstance(child, NavigableString):
                self.line.append(escape(str(child)))
            elif isinstance(child, Tag):
                if depth >= DEEPEST:
                    self.paragraph(escape(child.get_text(" ")))
                else:
                    self.element(child, depth + 1)

    def element(self, tag: Tag, depth: int) -> None:
        name = tag.name
        if name in LINES and not tag.find(MEDIA):
            self.line.append(str(tag))
        elif name in HEADS:
            self.heading(tag, depth)
        elif name in ("ul", "ol") and not tag.find(["img", "iframe", "table", "figure"]):
            self.end_line()
            self.put_text(f"<{name}>{tag.decode_contents()}</{name}>")
        elif name in PIECES:
            self.end_line()
            PIECES[name](self, tag, depth)
        elif name in LINES:
            self.walk(tag, depth)  # a link around a picture: the picture stays
        else:
            self.block(tag, depth)

    def block(self, tag: Tag, depth: int) -> None:
        """A paragraph, or a box around others."""
        if "kg-toggle-card" in _classes(tag):
            return self.toggle(tag)
        self.end_line()
        alone = one_line(tag.get_text())
        if alone.startswith(("http://", "https://")) and " " not in alone and not tag.find(["img", "iframe"]):
            return self.address(alone)
        self.walk(tag, depth)
        return self.end_line()

    def heading(self, tag: Tag, depth: int) -> None:
        self.end_line()
        if tag.find(["img", "iframe", "video"]):
            self.walk(tag, depth)
            self.end_line()
        elif one_line(tag.get_text()):
            self.put_text(f"<{HEADS[tag.name]}>{escape(one_line(tag.get_text()))}</{HEADS[tag.name]}>")

    # ── text ─────────────────────────────────────────────────────────────────────────────────────────────────────
    def end_line(self) -> None:
        html, self.line = "".join(self.line).strip(), []
        if html and (one_line(nh3.clean(html, tags=set()).replace("&nbsp;", " "))):
            self.paragraph(html)

    def paragraph(self, html: str) -> None:
        bare = one_line(nh3.clean(html, tags=set()))
        if bare.startswith(("http://", "https://")) and " " not in bare and outside_player(bare.replace("&amp;", "&")):
            return self.address(bare.replace("&amp;", "&"))
        return self.put_text(f"<p>{html}</p>")

    def put_text(self, html: str) -> None:
        kept = nh3.clean(
            html, tags=IN_TEXT, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"}, link_rel=None
        )
        self.text.append(re.sub(r"<p>(?:\s|<br>)*|(?:\s|<br>)*</p>", lambda m: "</p>" if "/" in m[0] else "<p>", kept))

    def end_text(self) -> None:
        self.end_line()
        if self.text:
            self.woven.body.append(["text", "".join(self.text)])
            self.text = []

    def put(self, name: str, value: dict[str, Any]) -> None:
        self.end_text()
        self.woven.body.append([name, value])

    # ── pieces ───────────────────────────────────────────────────────────────────────────────────────────────────
    def picture(self, tag: Tag, _depth: int, caption: str = "") -> None:
        if shown := self.picture_of(tag, caption):
            self.put("picture", shown)

    def picture_of(self, tag: Tag, caption: str) -> dict[str, Any] | None:
        """What a block shows of it. None, with a note, where there is no file to fetch."""
        source = str(tag.get("data-src") or tag.get("src") or "")
        address = urljoin(self.base, source) if self.base and source else source
        if not address.startswith(("http://", "https://")):
            if source:
                words = _("The picture “%(name)s” has no whole address: say where the old site was (its address).")
                self.note(words % {"name": short(source, 80)})
            else:
                self.note(_("A picture that stands inside the text itself, without a file, is left out."))
            return None
        caption = short(caption, 300)
        found = PictureOf(address[:500], short(str(tag.get("alt") or ""), 255), caption, credit_in(caption))
        found.title = short(str(tag.get("title") or ""), 120)
        self.woven.pictures.append(asdict(found))
        return {"address": found.address, "caption": caption, "alternative": found.description}

    def figure(self, tag: Tag, depth: int) -> None:
        captions = [one_line(each.get_text(" ")) for each in tag.find_all(["figcaption", "caption"])]
        caption = captions[-1] if captions else ""
        if frame := tag.find(["iframe", "embed"]):
            return self.frame(frame, depth, caption)
        if table := tag.find("table"):
            return self.table(table, depth, caption)
        if quote := tag.find("blockquote"):
            return self.quotation(quote, depth)
        pictures = tag.find_all("img")
        if pictures and "kg-bookmark-card" not in _classes(tag):
            return self.hang(tag, pictures, caption)
        if media := tag.find(["video", "audio"]):
            return self.recording(media, depth)
        if link := tag.find("a", href=True):
            title = tag.find(class_="kg-bookmark-title")
            words = one_line((title or tag).get_text(" ")) or str(link["href"])
            return self.put_text(f'<p><a href="{escape(link["href"])}">{escape(words)}</a></p>')
        for each in tag.find_all("figcaption"):
            each.extract()
        return self.block(tag, depth)

    def hang(self, tag: Tag, pictures: list[Tag], caption: str) -> None:
        """One is a picture, several in one figure are a gallery. Its own words stand with the last of them."""
        shown: list[dict[str, Any]] = []
        for place, each in enumerate(pictures):
            own = each.find_parent("figure")
            inner = own.find("figcaption", recursive=False) if own is not None and own is not tag else None
            last = caption if place == len(pictures) - 1 else ""
            if found := self.picture_of(each, one_line(inner.get_text(" ")) if inner else last):
                shown.append(found)
        if len(shown) == 1:
            self.put("picture", shown[0])
        for first in range(0, len(shown) if len(shown) > 1 else 0, MOST_PICTURES):
            self.put("gallery", {"pictures": shown[first : first + MOST_PICTURES]})

    def quotation(self, tag: Tag, _depth: int) -> None:
        by = tag.find(["cite", "footer"])
        name = one_line(by.get_text(" ")) if by is not None else ""
        if by is not None:
            by.extract()
        paragraphs_in = [plain_text(each.get_text()) for each in tag.find_all("p")] or [plain_text(tag.get_text(" "))]
        words = "\n\n".join(each for each in paragraphs_in if each)
        if not words:
            return
        if "twitter-tweet" in _classes(tag) or len(words) > 600:
            self.put_text("".join(f"<p><i>{escape(each)}</i></p>" for each in paragraphs_in if each))
            for link in tag.find_all("a", href=True)[-1:]:
                self.put_text(f'<p><a href="{escape(link["href"])}">{escape(link["href"])}</a></p>')
            if name:
                self.put_text(f"<p>{escape(name)}</p>")
            return
        self.put("quote", {"words": words, "by": short(name.lstrip("—–- "), 160)})

    def table(self, tag: Tag, _depth: int, caption: str = "") -> None:
        own = tag.find("caption")
        caption = caption or (one_line(own.get_text(" ")) if own else "")
        rows = [_cells(row) for row in tag.find_all("tr")]
        rows = [row for row in rows if any(row)]
        cells = "\n".join("\t".join(row) for row in rows)
        fits = len(rows) >= 2 and max(map(len, rows)) >= 2
        if fits and sum(map(len, rows)) <= MOST_CELLS and len(cells) <= 20_000:
            self.put("table", {"title": short(caption, 200) or _("Table"), "cells": cells, "source": ""})
            return
        if len(rows) > 1:
            self.note(_("A table is too large for a table here, or has one column: its rows stand as text."))
        for row in rows[:MOST_CELLS]:
            self.paragraph(escape(" – ".join(cell for cell in row if cell)))

    def frame(self, tag: Tag, _depth: int, caption: str = "") -> None:
        address = urljoin(self.base or "https://", str(tag.get("src") or tag.get("data-src") or ""))
        self.address(address, one_line(caption or str(tag.get("title") or "")))

    def address(self, address: str, words: str = "") -> None:
        """A film of somebody on the list is shown; everything else stays as a link."""
        player = outside_player(address)
        if player is not None and len(address) <= 300:
            title = short(words, 200) or _("A film at %(name)s") % {"name": player.by}
            self.put("outside", {"address": address, "title": title})
            return
        host = urlsplit(address).hostname if address.startswith(("http://", "https://")) else None
        if host is None:
            self.note(_("A frame without an address is left out."))
            return
        self.end_line()
        self.put_text(f'<p><a href="{escape(address)}">{escape(short(words or address, 200))}</a></p>')
        self.note(
            _("What was shown from %(host)s stands as a link: it is not on the list of players.") % {"host": host}
        )

    def recording(self, tag: Tag, _depth: int) -> None:
        source = tag if tag.get("src") else tag.find("source")
        address = urljoin(self.base, str(source.get("src") or "")) if source is not None else ""
        if address.startswith(("http://", "https://")):
            self.put_text(f'<p><a href="{escape(address)}">{escape(short(address, 200))}</a></p>')
        self.note(_("A film or sound of the old site stands as a link: send the file as a video and place it here."))

    def toggle(self, tag: Tag) -> None:
        """Ghost's question that opens."""
        self.end_text()
        head = tag.find(class_="kg-toggle-heading-text") or tag.find(list(HEADS))
        answer = tag.find(class_="kg-toggle-content")
        if head is None or answer is None:
            return
        html = nh3.clean(
            answer.decode_contents(), tags=IN_TEXT - {"h2", "h3"}, attributes={"a": {"href"}}, link_rel=None
        )
        self.put("question", {"question": short(head.get_text(" "), 400), "answer": html})

    def preformatted(self, tag: Tag, _depth: int) -> None:
        self.put_text(f"<p>{escape(plain_text(tag.get_text())).replace(chr(10), '<br>')}</p>")

    def rule(self, _tag: Tag, _depth: int) -> None:
        """A line between two parts: the house draws none."""

    def details(self, tag: Tag, depth: int) -> None:
        summary = tag.find("summary")
        question = short(summary.get_text(" "), 400) if summary is not None else ""
        if summary is not None:
            summary.extract()
        if not question or tag.find(["img", "iframe", "table", "figure"]):
            return self.block(tag, depth)
        html = nh3.clean(tag.decode_contents(), tags=IN_TEXT - {"h2", "h3"}, attributes={"a": {"href"}}, link_rel=None)
        return self.put("question", {"question": question, "answer": html})


PIECES: dict[str, Any] = {
    "img": _Weaver.picture,
    "figure": _Weaver.figure,
    "blockquote": _Weaver.quotation,
    "table": _Weaver.table,
    "iframe": _Weaver.frame,
    "embed": _Weaver.frame,
    "video": _Weaver.recording,
    "audio": _Weaver.recording,
    "pre": _Weaver.preformatted,
    "hr": _Weaver.rule,
    "details": _Weaver.details,
}


def _cells(row: Tag) -> list[str]:
    """A cell over several columns keeps their places."""
    cells: list[str] = []
    for cell in row.find_all(["td", "th"]):
        cells.append(one_line(cell.get_text(" ")).replace("\t", " ").replace('"', "”"))
        span = str(cell.get("colspan") or "1")
        cells += [""] * (min(int(span), 30) - 1 if span.isascii() and span.isdigit() else 0)
    return cells


def _classes(tag: Tag) -> list[str]:
    return list(tag.get("class") or [])
