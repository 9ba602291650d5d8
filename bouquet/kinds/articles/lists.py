"""Which articles stand in a list: of a site, a section, an author, a series, a month."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from bouquet.kinds.articles.actions import KIND
from bouquet.kinds.articles.models import Article, AuthorPage, Month, SectionPage, SeriesPage
from bouquet.shared.works.models import Tag, Work, WorkQuerySet
from bouquet.shared.works.permissions import Viewer

RARE = 1500  # fewer are read from their own rows, more are met on the way through the list's order (works' Filters)


def articles_on(request: HttpRequest, viewer: Viewer | None = None) -> WorkQuerySet:
    works = Work.objects.on(request.site).listed_for(viewer or Viewer.of(request))  # type: ignore[attr-defined]
    return works.filter(kind=KIND)


def in_section(works: WorkQuerySet, section: SectionPage) -> WorkQuerySet:
    return _among(works, Article.objects.filter(section=section), "pk")


def section_names(work_ids: Iterable[int]) -> dict[int, str]:
    """See SiteKind.sections. One query."""
    articles = Article.objects.filter(pk__in=list(work_ids), section__isnull=False)
    return dict(articles.values_list("pk", "section__title"))


def by_author(works: WorkQuerySet, author: AuthorPage) -> WorkQuerySet:
    """Asked of the rows between the two alone: joined with the articles they take PostgreSQL ten times as long."""
    return _among(works, Article.authors.through.objects.filter(authorpage=author), "article_id")


def in_series(works: WorkQuerySet, series: SeriesPage) -> WorkQuerySet:
    return _among(works, Article.objects.filter(series=series), "pk")


def _among(works: WorkQuerySet, rows: Any, article: str) -> WorkQuerySet:
    """Of few rows the works, of many those that are met on the way. `article`: where a row says which one it is of."""
    few = list(rows.values_list(article, flat=True)[: RARE + 1])
    if len(few) <= RARE:
        return works.filter(pk__in=few)
    return cast("WorkQuerySet", works.filter(Exists(rows.filter(**{article: OuterRef("pk")}))))


def section_named(request: HttpRequest, slug: str) -> SectionPage:
    return get_object_or_404(_below_front(SectionPage, request), slug=slug)


def author_named(request: HttpRequest, slug: str) -> AuthorPage:
    return get_object_or_404(_below_front(AuthorPage, request).select_related("picture"), slug=slug)


def series_named(request: HttpRequest, slug: str) -> SeriesPage:
    return get_object_or_404(_below_front(SeriesPage, request), slug=slug)


def series_of(request: HttpRequest) -> list[SeriesPage]:
    """The latest begun first."""
    return list(_below_front(SeriesPage, request).order_by("-first_published_at", "-pk")[:200])


def has_series(request: HttpRequest) -> bool:
    return bool(_below_front(SeriesPage, request).exists())


def sections_of(request: HttpRequest) -> list[SectionPage]:
    """In the order the editors gave them in the tree."""
    return list(_below_front(SectionPage, request).order_by("path")[:40])


def _below_front(model: Any, request: HttpRequest) -> Any:
    """A site has few of these below its front, and may have 200,000 articles: SQLite would walk through all of its
    tree, were it not told to begin with those of the model."""
    tree = request.site.wagtail_site  # type: ignore[attr-defined]
    if tree is None:
        return model.objects.none()
    return model.objects.live().child_of(tree.root_page).filter(pk__in=model.objects.values("pk"))


def authors_of(request: HttpRequest) -> list[AuthorPage]:
    return list(_below_front(AuthorPage, request).select_related("picture").order_by("title")[:500])


def with_theme(works: WorkQuerySet, theme: Tag) -> WorkQuerySet:
    """A theme of few works is their list; one of many is found on the way through the list's own order."""
    hangs_on = Work.tags.through.objects.filter(tag=theme)
    few = list(hangs_on.values_list("work_id", flat=True)[: RARE + 1])
    if len(few) <= RARE:
        return works.filter(pk__in=few)
    return cast("WorkQuerySet", works.filter(Exists(hangs_on.filter(work_id=OuterRef("pk")))))


def months_with_articles(request: HttpRequest) -> list[tuple[int, tuple[tuple[date, int], ...]]]:
    """[(2026, ((November 2026, 12 articles), …)), …], the latest first: one query of rows that months.py keeps."""
    years: dict[int, list[tuple[date, int]]] = {}
    months = Month.objects.filter(site=request.site).order_by("-starts")  # type: ignore[attr-defined]
    for starts, number in months.values_list("starts", "number"):
        years.setdefault(starts.year, []).append((starts, number))
    return [(year, tuple(found)) for year, found in years.items()]
