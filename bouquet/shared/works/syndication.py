"""Works as RSS 2.0 with Media RSS (https://www.rssboard.org/media-rss), or as Atom (RFC 4287) where the address ends
with atom.xml: for feed readers, phones and other networks.

A feed is for nobody in particular: only what a stranger may find in a list, where the asker is. What is unlisted, for
followers or members, private or behind a password never is in one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import md5
from typing import Any
from urllib.parse import urljoin

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.http import http_date

from bouquet.shared.network.kinds import kind_named
from bouquet.shared.network.models import Site
from bouquet.shared.works.models import Work

ITEMS = 30
SECONDS = 300
MEDIA_RSS = "http://search.yahoo.com/mrss/"
# What XML 1.0 can carry at all; a generator that meets anything else stops.
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(words: str) -> str:
    return NOT_XML.sub("", words)


class WithMedia:
    """What Media RSS says of an item, in either form. `add_item(media=…)` takes a Work."""

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)  # type: ignore[misc]
        work: Work = item["media"]
        handler.addQuickElement("media:title", item["title"], {"type": "plain"})
        if work.poster and (picture := work.poster.poster_url(1280)):
            handler.addQuickElement("media:thumbnail", None, {"url": urljoin(work.site.url, picture)})
        if player := embed_address(work):
            handler.addQuickElement("media:player", None, {"url": player})
        if work.rating:
            handler.addQuickElement(
                "media:rating", "adult" if work.rating >= 16 else "nonadult", {"scheme": "urn:simple"}
            )


class MediaFeed(WithMedia, Rss201rev2Feed):
    def rss_attributes(self) -> dict[str, str]:
        return super().rss_attributes() | {"xmlns:media": MEDIA_RSS}

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        if picture := self.feed.get("picture"):
            handler.startElement("image", {})
            for name in ("title", "link"):
                handler.addQuickElement(name, self.feed[name])
            handler.addQuickElement("url", picture)
            handler.endElement("image")


class AtomFeed(WithMedia, Atom1Feed):
    def root_attributes(self) -> dict[str, str]:
        return super().root_attributes() | {"xmlns:media": MEDIA_RSS}

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        if picture := self.feed.get("picture"):
            handler.addQuickElement("logo", picture)


def embed_address(work: Work) -> str:
    """Its frame for other people's pages, "" where its kind has none."""
    kind = kind_named(work.kind)
    return f"{work.site.url}{reverse(kind.embed, args=[work.uid])}" if kind and kind.embed else ""


def item_of(work: Work, language: str, site: Site | None = None) -> dict[str, Any]:
    """What every feed says of a work; `site` is the one whose feed it is: its own page of a guest is meant there."""
    path = work.address_from(site)
    return {
        "title": xml_text(work.said_in(language, "title")),
        "link": f"{site.url}{path}" if site and path.startswith("/") else path,
        "description": xml_text(work.said_in(language, "summary")),
        "pubdate": work.published_at,
        "updateddate": work.updated_at,
        "unique_id": f"{work.site.url}{reverse('works:work', args=[work.uid])}",
        "author_name": xml_text(work.channel.name) if work.channel else None,
        "categories": [word for word in (work.kind, work.category) if word],
        "media": work,
    }


def feed_answer(
    request: HttpRequest, works: Iterable[Work], *, title: str, link: str, description: str, picture: str = ""
) -> HttpResponse:
    """The works (as cards) as a feed."""
    site: Any = request.site  # type: ignore[attr-defined]
    form = AtomFeed if request.path.endswith("atom.xml") else MediaFeed
    feed = form(
        title=xml_text(title),
        link=link,
        description=xml_text(description),
        language=site.language,
        feed_url=f"{site.url}{request.get_full_path()}",
        picture=picture,
        ttl=SECONDS // 60,
    )
    works = list(works)
    for work in works:
        feed.add_item(**item_of(work, site.language, site))
    return conditional(request, feed, works)


def conditional(request: HttpRequest, feed: Atom1Feed | Rss201rev2Feed, works: list[Work]) -> HttpResponse:
    """200, or 304 for who has it already (RFC 9110 §13). Kept by the asker only: another place may have other films."""
    newest = max((work.updated_at for work in works), default=None)
    body = feed.writeString("utf-8")
    # The date of building is left out of the validator: it says when we looked, not what changed.
    etag = (
        f'"{md5(re.sub("<lastBuildDate>.*?</lastBuildDate>", "", body).encode(), usedforsecurity=False).hexdigest()}"'
    )
    modified = int(newest.timestamp()) if newest else None
    answer: Any = HttpResponse(body, content_type=feed.content_type)
    answer = get_conditional_response(request, etag=etag, last_modified=None, response=answer) or answer
    answer["ETag"] = etag
    if modified:
        answer["Last-Modified"] = http_date(modified)
    answer["Cache-Control"] = f"private, max-age={SECONDS}"
    answer["Access-Control-Allow-Origin"] = "*"
    return answer
