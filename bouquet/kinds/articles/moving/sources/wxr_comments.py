"""The comments of a WordPress post: what was published and what was waiting; spam and what lay in the bin stays behind.

Of who wrote only the name comes: no address of mail, network or site is read. Scripts and forms of text go, words stay.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from bouquet.kinds.articles.moving.posts import moment, short
from bouquet.kinds.articles.moving.xml_items import Element

LIVE, HELD = "1", "0"
ENDS = re.compile(r"<br\s*/?>|</(?:p|div|li|blockquote|h\d)>", re.I)
UNSAID = re.compile(r"<(script|style|iframe|object|template|noscript)\b.*?(?:</\1\s*>|\Z)", re.I | re.S)
LINK = re.compile(r"""<a\b[^>]*?\bhref\s*=\s*["'](https?://[^"'\s<>]{1,500})["'][^>]*>(.*?)</a>""", re.I | re.S)
TAG = re.compile(r"<[^>]*>")


def comments_of(item: Element) -> tuple[list[dict[str, Any]], int]:
    """Those that come, as `comments.actions.Brought` wants them; and how many stay behind."""
    parents: dict[str, str] = {}
    taken: dict[str, dict[str, Any]] = {}
    left = 0
    for number, each in enumerate(item.all("wp:comment")):
        name = each.one("wp:comment_id") or f"?{number}"
        parents[name] = each.one("wp:comment_parent")
        said = _told(each)
        if said is None or name in taken:
            left += 1
        else:
            taken[name] = said | {"key": name}
    for name, said in taken.items():
        said["answers"] = _answered(name, parents, taken)
    return list(taken.values()), left


def _told(each: Element) -> dict[str, Any] | None:
    if each.one("wp:comment_type") not in ("", "comment"):
        return None  # pingbacks, trackbacks: machines told each other
    state = each.one("wp:comment_approved")
    text = _words(each.one("wp:comment_content"))
    if state not in (LIVE, HELD) or not text:
        return None
    when = moment(each.one("wp:comment_date_gmt")) or moment(each.one("wp:comment_date"))
    return {
        "name": short(unescape(TAG.sub("", each.one("wp:comment_author"))), 80),
        "text": text,
        "at": when.isoformat() if when else "",
        "held": state == HELD,
    }


def _answered(name: str, parents: dict[str, str], taken: dict[str, Any]) -> str:
    """The nearest one above it that comes along: what answered spam, or itself in a circle, stands by itself."""
    seen, above = {name}, parents[name]
    while above in parents and above not in seen:
        if above in taken:
            return above
        seen.add(above)
        above = parents[above]
    return ""


def _words(html: str) -> str:
    """An address behind other words stands after them."""
    html = UNSAID.sub("", html)
    html = LINK.sub(lambda found: found[2] if found[1] in found[2] else f"{found[2]} ({found[1]})", html)
    return unescape(TAG.sub("", ENDS.sub("\n", html))).strip()
