"""A section, an author and a series as RSS or Atom (…/atom.xml). A site's own feed is works'
(/feed/rss.xml?kind=articles)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from bouquet.kinds.articles.lists import (
    articles_on,
    author_named,
    by_author,
    in_section,
    in_series,
    section_named,
    series_named,
)
from bouquet.shared.works.permissions import Viewer
from bouquet.shared.works.syndication import ITEMS, feed_answer
from bouquet.toolkit.access import public


@public
@require_safe
def section(request: HttpRequest, slug: str) -> HttpResponse:
    section = section_named(request, slug)
    works = in_section(articles_on(request, Viewer.stranger(request)), section)
    return _feed(request, works, section.title, section.own_path(), section.description)


@public
@require_safe
def author(request: HttpRequest, slug: str) -> HttpResponse:
    author = author_named(request, slug)
    works = by_author(articles_on(request, Viewer.stranger(request)), author)
    return _feed(request, works, author.title, author.own_path(), author.about or author.role)


@public
@require_safe
def series(request: HttpRequest, slug: str) -> HttpResponse:
    series = series_named(request, slug)
    works = in_series(articles_on(request, Viewer.stranger(request)), series)
    return _feed(request, works, series.title, series.own_path(), series.description)


def _feed(request: HttpRequest, works: Any, name: str, path: str, about: str) -> HttpResponse:
    site: Any = request.site  # type: ignore[attr-defined]
    return feed_answer(
        request,
        works.latest().cards()[:ITEMS],
        title=f"{name} – {site.name}",
        link=site.url + path,
        description=about or name,
    )
