"""A feed, RSS or Atom: what it still has of its posts. A feed is a window; older posts are not in it, and it says no
sections. feedparser reads them all, well-formed or not; what a feed defines of its own (entities) it drops.
"""

from __future__ import annotations

from calendar import timegm
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

import feedparser
import nh3
from django.utils import timezone
from django.utils.translation import gettext as _

from bouquet.kinds.articles.moving.html_blocks import blocks_of
from bouquet.kinds.articles.moving.models import ArticleImport
from bouquet.kinds.articles.moving.posts import (
    LONGEST_HTML,
    AuthorOf,
    PictureOf,
    Post,
    SourceRefused,
    key_of,
    paragraphs,
    short,
)
from bouquet.toolkit.fetch import FetchError, read

LARGEST = 32 * 1024 * 1024


def posts(job: ArticleImport) -> Iterator[Post]:
    body, address, content_type = _body(job)
    if len(body) > LARGEST:
        raise SourceRefused(_("This file is larger than %(number)s MB.") % {"number": LARGEST // 1024**2})
    if b"<!ENTITY" in body[:200_000]:
        raise SourceRefused(_("This file brings a document type with definitions of its own. No export does: refused."))
    feed = feedparser.parse(body, response_headers={"content-location": address, "content-type": content_type})
    if not feed.get("version"):
        raise SourceRefused(_("This is not a feed (RSS or Atom)."))
    home = str(feed.feed.get("link") or address)
    parts = urlsplit(home)
    if not job.home and parts.scheme in ("http", "https"):
        job.home = f"{parts.scheme}://{parts.netloc}"[:500]
    for row in feed.entries:
        yield _post(row, home, urlsplit(home).hostname or "")


def _body(job: ArticleImport) -> tuple[bytes, str, str]:
    if job.file.exists():
        return job.file.read_bytes()[: LARGEST + 1], job.home, "application/xml"
    try:
        wanted = {"Accept": "application/rss+xml, application/atom+xml, */*;q=0.5"}
        content = read(job.address, at_most=LARGEST, headers=wanted)
    except FetchError as refusal:
        raise SourceRefused(refusal.reason) from refusal
    return content.body, content.address, content.content_type


def _post(row: Any, base: str, host: str) -> Post:
    link = str(row.get("link") or "")
    post = Post(key=key_of(f"feed:{host}:{row.get('id') or link}"), title=short(_bare(row.get("title")), 140))
    if not post.title:
        post.title = _("Untitled")
        post.note(_("It has no title."))
    if not (row.get("id") or link):
        post.key = key_of(f"feed:{host}:{post.title}:{row.get('published', '')}")
    html = max(
        [str(part.get("value") or "") for part in row.get("content", [])] + [str(row.get("summary") or "")], key=len
    )
    if len(html) > LONGEST_HTML:
        words = _("Its text has more than %(number)s letters: it cannot be taken as one article.")
        post.refusal = words % {"number": f"{LONGEST_HTML:,}".replace(",", "\u202f")}
        return post
    woven = blocks_of(html, base=link or base)
    post.body, post.pictures = woven.body, woven.pictures
    for words in woven.notes:
        post.note(words)
    if row.get("content") and row.get("summary") and len(_bare(row["summary"])) < len(_bare(html)) / 2:
        post.lead = paragraphs(_bare(row["summary"]), 600)
    elif not row.get("content"):
        post.note(_("The feed has no more of it than this summary."))
    _say_date(post, row)
    post.old = [link] if link.startswith(("http://", "https://")) else []
    if name := short(_bare(row.get("author")), 120):
        post.authors = [asdict(AuthorOf(name))]
    words_of_it = [short(_bare(tag.get("term")), 120) for tag in row.get("tags", [])]
    post.section, post.themes = (words_of_it[0], words_of_it[1:]) if words_of_it else ("", [])
    if address := _picture(row, link or base):
        if not any(each["address"] == address for each in post.pictures):
            post.picture = asdict(PictureOf(address[:500]))
    return post


def _say_date(post: Post, row: Any) -> None:
    when = row.get("published_parsed") or row.get("updated_parsed")
    try:
        moment = datetime.fromtimestamp(timegm(when), UTC) if when else None
    except (ValueError, OverflowError, OSError, TypeError):
        moment = None
    if moment is None or not 1970 <= moment.year < 2200:
        post.live = False
        said = short(str(row.get("published") or row.get("updated") or ""), 40)
        post.note(_("Its date cannot be read (“%(date)s”): it waits as a draft.") % {"date": said})
        return
    if moment > timezone.now():
        post.scheduled, post.live = True, False
    post.published_at = moment.isoformat()


def _picture(row: Any, base: str) -> str:
    offered = [*row.get("media_content", []), *row.get("enclosures", [])]
    for each in offered:
        if str(each.get("type") or "").startswith("image/") or each.get("medium") == "image":
            return urljoin(base, str(each.get("url") or each.get("href") or ""))
    for each in row.get("media_thumbnail", []):
        if each.get("url"):
            return urljoin(base, str(each["url"]))
    return ""


def _bare(html: Any) -> str:
    return unescape(nh3.clean(str(html or ""), tags=set()))
