"""What search engines may find on a site: its front, the first pages of its kinds, and its works with their picture
and, where they play, their film.

/sitemap.xml is an index of parts of at most PART works, by number (a part never changes its works, so that it can be
kept): sitemaps.org protocol, at most 50,000 addresses in a file. A kind may bring one of its own (SiteKind.sitemap).
Pictures and films: https://developers.google.com/search/docs/crawling-indexing/sitemaps/image-sitemaps and the page
video-sitemaps beside it.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin
from xml.sax.saxutils import escape

from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from bouquet.shared.network.kinds import kind_named
from bouquet.shared.works.models import Work
from bouquet.shared.works.permissions import Viewer
from bouquet.shared.works.syndication import embed_address, xml_text
from bouquet.toolkit.access import public

PART = 10_000
XML = "application/xml; charset=utf-8"
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
MEDIA = (
    ' xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
    ' xmlns:video="http://www.google.com/schemas/sitemap-video/1.1"'
)
LONGEST = 28_800  # seconds: longer films are not taken


@public
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    site = request.site  # type: ignore[attr-defined]
    _only_open(site)
    last = Work.objects.filter(site=site).aggregate(last=Max("pk"))["last"]
    parts = ["pages", *(str(number) for number in range(last // PART + 1))] if last else ["pages"]
    paths = [f"/sitemap-{part}.xml" for part in parts]
    paths += [reverse(kind.sitemap) for slug in site.kinds if (kind := kind_named(slug)) and kind.sitemap]
    entries = [f"<sitemap><loc>{escape(site.url + path)}</loc></sitemap>" for path in paths]
    return _document("sitemapindex", entries)


@public
@require_safe
def pages(request: HttpRequest) -> HttpResponse:
    site = request.site  # type: ignore[attr-defined]
    _only_open(site)
    kinds = [kind for slug in site.kinds if (kind := kind_named(slug))]
    paths = ["/", *(reverse(kind.home) for kind in kinds), reverse("who_we_are"), reverse("legal")]
    return _document("urlset", [f"<url><loc>{escape(site.url + path)}</loc></url>" for path in paths])


@public
@require_safe
def works(request: HttpRequest, part: int) -> HttpResponse:
    """As a stranger from nowhere sees them: what is limited to members or to countries is not for search engines."""
    site = request.site  # type: ignore[attr-defined]
    _only_open(site)
    within = Work.objects.filter(site=site, pk__gte=part * PART, pk__lt=(part + 1) * PART)
    listed = within.listed_for(Viewer()).select_related("site", "poster").order_by("pk")
    return _document("urlset", [_entry(work) for work in listed.iterator()], more=MEDIA)


def _entry(work: Work) -> str:
    path = work.poster.poster_url(1280) if work.poster else ""
    picture = urljoin(work.site.url, path) if path else ""
    image = f"<image:image><image:loc>{escape(picture)}</image:loc></image:image>" if picture else ""
    lastmod = f"<lastmod>{work.updated_at.isoformat()}</lastmod>"
    return f"<url><loc>{escape(work.address)}</loc>{lastmod}{image}{_film(work, picture)}</url>"


def _film(work: Work, picture: str) -> str:
    """Title, picture and player are asked for: a film that has not all of them is named as a page only."""
    player = embed_address(work)
    if not player or not picture or not work.duration:
        return ""
    about = xml_text(work.summary or work.title)[:2048]
    facts = {
        "thumbnail_loc": picture,
        "title": xml_text(work.title)[:100],
        "description": about,
        "player_loc": player,
        "duration": str(min(max(1, round(work.duration)), LONGEST)),
        "publication_date": work.published_at.isoformat() if work.published_at else "",
        "family_friendly": "no" if work.rating >= 16 else "yes",
    }
    said = "".join(f"<video:{name}>{escape(value)}</video:{name}>" for name, value in facts.items() if value)
    return f"<video:video>{said}</video:video>"


def _only_open(site: Any) -> None:
    if not site.is_open:
        raise Http404


def _document(name: str, entries: list[str], more: str = "") -> HttpResponse:
    body = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{name} xmlns="{NAMESPACE}"{more}>\n'
        + "\n".join(entries)
        + f"\n</{name}>\n"
    )
    return HttpResponse(body, content_type=XML, headers={"Cache-Control": "public, max-age=3600"})
