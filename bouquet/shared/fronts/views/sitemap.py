"""What search engines may find on a site: its front, the first pages of its kinds, and its works.

/sitemap.xml is an index of parts of at most PART works, by number (a part never changes its works, so that it can be
kept): sitemaps.org protocol, at most 50,000 addresses in a file. A kind may bring one of its own (SiteKind.sitemap).
"""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from bouquet.shared.network.kinds import kind_named
from bouquet.shared.works.models import Work
from bouquet.shared.works.permissions import Viewer
from bouquet.toolkit.access import public

PART = 10_000
XML = "application/xml; charset=utf-8"
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


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
    paths = ["/", *(reverse(kind.home) for kind in kinds), reverse("legal")]
    return _document("urlset", [f"<url><loc>{escape(site.url + path)}</loc></url>" for path in paths])


@public
@require_safe
def works(request: HttpRequest, part: int) -> HttpResponse:
    """As a stranger from nowhere sees them: what is limited to members or to countries is not for search engines."""
    site = request.site  # type: ignore[attr-defined]
    _only_open(site)
    within = Work.objects.filter(site=site, pk__gte=part * PART, pk__lt=(part + 1) * PART)
    listed = within.listed_for(Viewer()).select_related("site").order_by("pk")
    return _document("urlset", [_entry(work) for work in listed.iterator()])


def _entry(work: Work) -> str:
    return f"<url><loc>{escape(work.address)}</loc><lastmod>{work.updated_at.isoformat()}</lastmod></url>"


def _only_open(site: Any) -> None:
    if not site.is_open:
        raise Http404


def _document(name: str, entries: list[str]) -> HttpResponse:
    body = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{name} xmlns="{NAMESPACE}">\n'
        + "\n".join(entries)
        + f"\n</{name}>\n"
    )
    return HttpResponse(body, content_type=XML, headers={"Cache-Control": "public, max-age=3600"})
