"""The place of an article in its series: which part of how many, what came before, what comes after."""

from __future__ import annotations

from dataclasses import dataclass

from bouquet.kinds.articles.actions import KIND
from bouquet.kinds.articles.lists import in_series
from bouquet.kinds.articles.models import Article, SeriesPage
from bouquet.shared.works.models import Work
from bouquet.shared.works.permissions import Viewer


@dataclass(frozen=True)
class Part:
    series: SeriesPage
    number: int
    total: int
    before: Work | None
    after: Work | None

    @property
    def beside(self) -> list[Work]:
        return [work for work in (self.before, self.after) if work is not None]


def part_of(article: Article, viewer: Viewer) -> Part | None:
    """None where it stands alone. Three queries for one of a series, none for others; keys alone of the other parts."""
    series = article.series
    if series is None or not series.live:
        return None
    listed = Work.objects.on(article.site).listed_for(viewer).filter(kind=KIND)
    keys = list(in_series(listed, series).order_by("published_at", "pk").values_list("pk", flat=True))
    if article.pk not in keys:  # a draft of the desk, or one with an address alone
        return None
    place = keys.index(article.pk)
    beside = keys[max(0, place - 1) : place] + keys[place + 1 : place + 2]
    works = Work.objects.filter(pk__in=beside).cards().in_bulk() if beside else {}
    before = works.get(keys[place - 1]) if place else None
    after = works.get(keys[place + 1]) if place + 1 < len(keys) else None
    return Part(series, place + 1, len(keys), before, after)
