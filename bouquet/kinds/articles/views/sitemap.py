"""The news of the last two days, for search engines that look more often than once a day.

https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap: at most 1,000 articles, two days old.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from xml.sax.saxutils import escape

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from bouquet.kinds.articles.lists import articles_on
from bouquet.shared.works.models import Work
from bouquet.shared.works.permissions import Viewer
from bouquet.shared.works.syndication import xml_text
from bouquet.toolkit.access import public

MOST = 1000
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">\n'
)


@public
@require_safe
def news(request: HttpRequest) -> HttpResponse:
    site: Any = request.site  # type: ignore[attr-defined]
    if not site.is_open:
        raise Http404
    since = timezone.now() - timedelta(days=2)
    works = articles_on(request, Viewer()).filter(site=site, published_at__gte=since).latest().select_related("site")
    entries = [_entry(work, site) for work in works[:MOST]]
    headers = {"Cache-Control": "public, max-age=300"}
    body = HEAD + "\n".join(entries) + "\n</urlset>\n"
    return HttpResponse(body, content_type="application/xml; charset=utf-8", headers=headers)


def _entry(work: Work, site: Any) -> str:
    published = work.published_at.isoformat() if work.published_at else ""
    return (
        f"<url><loc>{escape(work.address)}</loc><news:news><news:publication>"
        f"<news:name>{escape(site.name)}</news:name><news:language>{escape(site.language)}</news:language>"
        f"</news:publication><news:publication_date>{published}</news:publication_date>"
        f"<news:title>{escape(xml_text(work.title))}</news:title></news:news></url>"
    )
