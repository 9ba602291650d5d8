"""A person's words as safe HTML: paragraphs, links that lead outside, times that lead into a film, names of people.

Everything is escaped; only what is recognised becomes a link.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

# A web address; a time such as 1:23 or 1:02:03 that stands alone; @somebody.
TOKEN = re.compile(
    r"(?P<address>\bhttps?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]])"
    r"|(?<![\d:.])(?P<time>(?:\d{1,2}:)?\d{1,2}:[0-5]\d)(?![\d:])"
    r"|(?<![\w/@.])@(?P<handle>[A-Za-z0-9_-]{1,40})"
)


def rich_text(text: str, *, times_at: str | None = "", people: Collection[str] = ()) -> SafeString:
    """`times_at`: the page of the film that times lead into (empty: this page; None: times are only words).
    `people`: the handles that are somebody's; other @words stay words.
    """
    paragraphs = re.split(r"\n\s*\n", text.strip().replace("\r\n", "\n"))
    html = (_with_links(part, times_at, people).replace("\n", "<br>") for part in paragraphs if part.strip())
    return mark_safe("".join(f"<p>{part}</p>" for part in html))


def seconds_of(time: str) -> int:
    """ "1:02:03" → 3723."""
    total = 0
    for part in time.split(":"):
        total = total * 60 + int(part)
    return total


def handles_in(text: str) -> list[str]:
    """Each once, in order, in small letters."""
    return list(dict.fromkeys(match["handle"].lower() for match in TOKEN.finditer(text) if match["handle"]))


def addresses_in(text: str) -> list[str]:
    return [match["address"] for match in TOKEN.finditer(text) if match["address"]]


def _with_links(text: str, times_at: str | None, people: Collection[str]) -> str:
    pieces, end = [], 0
    for match in TOKEN.finditer(text):
        pieces += [escape(text[end : match.start()]), _link(match, times_at, people)]
        end = match.end()
    return "".join([*pieces, escape(text[end:])])


def _link(match: re.Match[str], times_at: str | None, people: Collection[str]) -> str:
    if address := match["address"]:
        shown = address if len(address) <= 60 else address[:57] + "…"
        return format_html('<a href="{}" rel="nofollow ugc noopener" target="_blank">{}</a>', address, shown)
    if time := match["time"]:
        if times_at is None:
            return time
        return format_html(
            '<a href="{}?t={}" data-seek="{}">{}</a>', times_at, seconds_of(time), seconds_of(time), time
        )
    handle = match["handle"]
    if handle.lower() not in people:
        return escape(match[0])
    return format_html('<a href="/@{}/" rel="nofollow">{}</a>', handle.lower(), match[0])
