"""Lists of articles: the kind's own home on a site, a section, an author, a series, a theme, a month."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.formats import date_format
from django.views.decorators.http import require_safe
from wagtail.models import Page

from bouquet.kinds.articles.lists import (
    articles_on,
    author_named,
    authors_of,
    by_author,
    has_series,
    in_section,
    in_series,
    months_with_articles,
    section_named,
    sections_of,
    series_named,
    series_of,
    with_theme,
)
from bouquet.kinds.articles.months import in_month
from bouquet.kinds.articles.pictures import fetch_renditions
from bouquet.shared.works.actions import keep_page_with, shows_lists
from bouquet.shared.works.models import Tag, Work
from bouquet.toolkit.access import public
from bouquet.toolkit.pages import keyset_page


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The latest; on the first page the newest one large."""
    page = keyset_page(articles_on(request).faces("summary"), request)
    _keep(request, page.rows)
    leads = not page.cursor and page.rows and page.rows[0].poster is not None
    context = {
        "page": page,
        "hero": page.rows[0] if leads else None,
        "works": page.rows[1:] if leads else page.rows,
        "sections": sections_of(request),
        "has_series": has_series(request),
    }
    return render(request, "articles/home.html", context)


@public
@require_safe
def section(request: HttpRequest, slug: str) -> HttpResponse:
    section = section_named(request, slug)
    page = keyset_page(in_section(articles_on(request), section).faces(), request)
    _keep(request, page.rows, section)
    context = {"section": section, "page": page, "works": page.rows, "sections": sections_of(request)}
    return render(request, "articles/section.html", context)


@public
@require_safe
def authors(request: HttpRequest) -> HttpResponse:
    people = authors_of(request)
    fetch_renditions([person.picture for person in people])
    _keep(request, [], *people)
    return render(request, "articles/authors.html", {"authors": people})


@public
@require_safe
def author(request: HttpRequest, slug: str) -> HttpResponse:
    author = author_named(request, slug)
    fetch_renditions([author.picture])
    page = keyset_page(by_author(articles_on(request), author).faces(), request)
    _keep(request, page.rows, author)
    return render(request, "articles/author.html", {"author": author, "page": page, "works": page.rows})


@public
@require_safe
def series(request: HttpRequest) -> HttpResponse:
    found = series_of(request)
    _keep(request, [], *found)
    return render(request, "articles/series.html", {"series": found})


@public
@require_safe
def one_series(request: HttpRequest, slug: str) -> HttpResponse:
    """From the first part on: somebody who comes to it wants the beginning."""
    series = series_named(request, slug)
    page = keyset_page(in_series(articles_on(request), series).cards(), request, by=("published_at", "pk"))
    _keep(request, page.rows, series)
    return render(request, "articles/one_series.html", {"series": series, "page": page, "works": page.rows})


@public
@require_safe
def theme(request: HttpRequest, slug: str) -> HttpResponse:
    theme = get_object_or_404(Tag, slug=slug)
    page = keyset_page(with_theme(articles_on(request), theme).faces(), request)
    if not page.rows and not page.cursor:
        raise Http404
    _keep(request, page.rows)
    return render(request, "articles/theme.html", {"theme": theme, "page": page, "works": page.rows})


@public
@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """The months in which something was published, by year."""
    _keep(request, [])
    return render(request, "articles/archive.html", {"years": months_with_articles(request)})


@public
@require_safe
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    works = in_month(articles_on(request), year, month)
    page = keyset_page(works.faces(), request, size=48)
    if not page.rows and not page.cursor:
        raise Http404
    _keep(request, page.rows)
    context: dict[str, Any] = {
        "title": date_format(date(year, month, 1), "YEAR_MONTH_FORMAT"),
        "page": page,
        "works": page.rows,
        "archive_url": reverse("articles:archive"),
    }
    return render(request, "articles/month.html", context)


def _keep(request: HttpRequest, works: Iterable[Work], *pages: Page) -> None:
    """First pages of lists, for strangers: until something is published on the site, or what they show changes."""
    shows_lists(request)
    keep_page_with(request, works, *(f"page:{page.pk}" for page in pages))
