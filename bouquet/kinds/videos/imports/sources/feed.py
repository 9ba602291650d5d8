"""A feed: RSS with enclosures, Media RSS, podcasts, Atom. feedparser reads them all, well-formed or not.

XML that defines entities is read without them: feedparser drops all but harmless ones, and expat stops amplification.
"""

from __future__ import annotations

from calendar import timegm
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

import feedparser
from django.utils.translation import gettext as _

from bouquet.kinds.videos.imports.entries import Batch, Entry, SourceRefused, line, words_of
from bouquet.kinds.videos.imports.models import ImportJob
from bouquet.toolkit.fetch import FetchError, read

LARGEST = 16 * 1024 * 1024
PAGES = 200  # of a feed in pages (RFC 5005)
FILM_ENDINGS = (".mp4", ".m4v", ".mov", ".webm", ".mkv", ".avi", ".mpg", ".mpeg", ".ts", ".ogv", ".wmv", ".flv")
SOUND_ENDINGS = (".mp3", ".m4a", ".ogg", ".oga", ".opus", ".wav", ".flac", ".aac")
STREAMS = ("application/vnd.apple.mpegurl", "application/x-mpegurl", "application/dash+xml")


def entries(job: ImportJob) -> Batch:
    number, _space, address = job.place.partition(" ")
    address = address or job.address
    try:
        content = read(
            address, at_most=LARGEST, headers={"Accept": "application/rss+xml, application/atom+xml, */*;q=0.5"}
        )
    except FetchError as refusal:
        raise SourceRefused(refusal.reason, passing=refusal.passing) from refusal
    feed = feedparser.parse(
        content.body, response_headers={"content-location": content.address, "content-type": content.content_type}
    )
    if not feed.get("version"):
        raise SourceRefused(_("This address gives no feed."))
    host = urlsplit(address).netloc.lower()
    found = [entry for row in feed.entries if (entry := _entry(row, feed.feed, content.address, host))]
    following = next((link.get("href") for link in feed.feed.get("links", []) if link.get("rel") == "next"), "")
    page = int(number or 1)
    more = following and page < PAGES and urljoin(content.address, following) != address
    place = f"{page + 1} {urljoin(content.address, following)}" if more else ""
    return Batch(found, place, line(feed.feed.get("title"))[:200])


def _entry(row: Any, feed: Any, base: str, host: str) -> Entry | None:
    page = row.get("link") or ""
    film = _film_of(row)
    name = row.get("id") or (film or {}).get("url") or page
    if not name:
        return None  # nothing by which it could be known again
    entry = Entry(
        key=f"feed:{host}:{name}",
        title=words_of(row.get("title") or "") or _("Untitled"),
        published_at=_moment(row),
        description=_description(row),
        language=line(row.get("language") or feed.get("language"))[:8],
        licence=line(_licence(row) or _licence(feed))[:80],
        credit=line(row.get("author") or "")[:300],
        tags=_tags(row),
        thumbnail=urljoin(base, _picture(row)) if _picture(row) else "",
        rating=16 if row.get("itunes_explicit") is True else 0,
        duration=_seconds(row.get("itunes_duration") or (film or {}).get("duration")),
    )
    if page.startswith(("http://", "https://")):
        entry.page, entry.old = page, [page]
    if film is None:
        entry.refusal = _why_no_film(row)
    else:
        entry.address = urljoin(base, film["url"])
        entry.size = _number(film.get("fileSize") or film.get("filesize") or film.get("length"))
    return entry


def _film_of(row: Any) -> dict[str, Any] | None:
    """The best of what it offers: the default one, else the largest picture."""
    offered = [each for each in [*row.get("media_content", []), *_enclosures(row)] if each.get("url")]
    films = [each for each in offered if _is_film(each)]
    if not films:
        return None
    return max(films, key=lambda each: (each.get("isDefault") == "true", _number(each.get("height")) or 0))


def _enclosures(row: Any) -> list[dict[str, Any]]:
    return [{**each, "url": each.get("href") or each.get("url")} for each in row.get("enclosures", [])]


def _is_film(offer: dict[str, Any]) -> bool:
    kind = (offer.get("type") or "").lower()
    if kind.startswith("video/"):
        return True
    if kind in STREAMS or kind.startswith(("audio/", "image/", "text/")):
        return False
    medium = offer.get("medium", "")
    return medium == "video" or (not medium and urlsplit(offer["url"]).path.lower().endswith(FILM_ENDINGS))


def _why_no_film(row: Any) -> str:
    offered = [each for each in [*row.get("media_content", []), *_enclosures(row)] if each.get("url")]
    kinds = [(each.get("type") or "").lower() for each in offered]
    if any(kind.startswith("audio/") for kind in kinds) or any(
        urlsplit(each["url"]).path.lower().endswith(SOUND_ENDINGS) for each in offered
    ):
        return _("This is sound without a picture; only films are taken here.")
    if any(kind in STREAMS for kind in kinds):
        return _("It is offered as a stream only, not as a file.")
    return _("The feed names no film for it.")


def _description(row: Any) -> str:
    said = [row.get("summary") or "", *(part.get("value", "") for part in row.get("content", []))]
    return max((words_of(text) for text in said), key=len)[:5000]


def _picture(row: Any) -> str:
    for picture in row.get("media_thumbnail", []):
        if picture.get("url"):
            return str(picture["url"])
    images = [each for each in row.get("media_content", []) if (each.get("type") or "").startswith("image/")]
    image = row.get("image") or {}
    return str(images[0].get("url") or "") if images else str(image.get("href") or "")


def _tags(row: Any) -> list[str]:
    words = [line(tag.get("term")) for tag in row.get("tags", [])]
    words += [line(word) for word in (row.get("media_keywords") or "").split(",")]
    return list(dict.fromkeys(word[:50] for word in words if word))[:20]


def _licence(row: Any) -> str:
    links = [link.get("href", "") for link in row.get("links", []) if link.get("rel") == "license"]
    said = row.get("media_license") or {}
    return (links[0] if links else "") or said.get("content", "") or row.get("rights", "")


def _moment(row: Any) -> datetime | None:
    when = row.get("published_parsed") or row.get("updated_parsed")
    try:
        return datetime.fromtimestamp(timegm(when), UTC) if when else None
    except (ValueError, OverflowError, OSError, TypeError):
        return None


def _seconds(text: Any) -> float | None:
    """Seconds of "3725", "62:05" or "1:02:05"."""
    total = 0.0
    try:
        for part in str(text or "").split(":"):
            total = total * 60 + float(part)
    except ValueError:
        return None
    return total if 0 < total < 10**6 else None


def _number(text: Any) -> int | None:
    text = str(text or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None
