"""An author's words as safe HTML: paragraphs, links that lead outside, times that lead into the film."""

from __future__ import annotations

import re

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

# A web address, or a time such as 1:23 or 1:02:03 that stands alone.
TOKEN = re.compile(
    r"(?P<address>\bhttps?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]])|(?<![\d:.])(?P<time>(?:\d{1,2}:)?\d{1,2}:[0-5]\d)(?![\d:])"
)


def rich_description(text: str) -> SafeString:
    """Everything is escaped; only what is recognised as an address or a time becomes a link."""
    paragraphs = re.split(r"\n\s*\n", text.strip().replace("\r\n", "\n"))
    html = "".join(f"<p>{_with_links(part).replace(chr(10), '<br>')}</p>" for part in paragraphs if part.strip())
    return mark_safe(html)


def seconds_of(time: str) -> int:
    """ "1:02:03" → 3723."""
    total = 0
    for part in time.split(":"):
        total = total * 60 + int(part)
    return total


def _with_links(text: str) -> str:
    pieces, end = [], 0
    for match in TOKEN.finditer(text):
        pieces += [escape(text[end : match.start()]), _link(match)]
        end = match.end()
    return "".join([*pieces, escape(text[end:])])


def _link(match: re.Match[str]) -> str:
    if address := match["address"]:
        shown = address if len(address) <= 60 else address[:57] + "…"
        return format_html('<a href="{}" rel="nofollow ugc noopener" target="_blank">{}</a>', address, shown)
    time = match["time"]
    return format_html('<a href="?t={}" data-seek="{}">{}</a>', seconds_of(time), seconds_of(time), time)
