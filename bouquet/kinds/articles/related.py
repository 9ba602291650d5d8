"""What to read after an article: what shares its themes, then the latest of its section, of its site. Two queries, one
while it is remembered which they are.

The house's own `related_to` asks what people watched together, for ten queries; an article's page may have twelve.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import Count, F, QuerySet

from bouquet.kinds.articles.models import Article
from bouquet.shared.network.models import Site
from bouquet.shared.works.models import Work
from bouquet.shared.works.permissions import Viewer
from bouquet.toolkit.prepared import prepared
from bouquet.toolkit.remembered import remembered

NUMBER = 4
LATEST = 16  # of the site, among which those of the section come first


def to_read_next(article: Article, viewer: Viewer, site: Site) -> list[Work]:
    """Cards of the site where it is read, the nearest first; nothing twice. Who is nearest may be a minute old; whether
    this reader may see them is asked each time."""
    tags = tuple(sorted(tag.pk for tag in article.tags.all()))
    if viewer.person is not None:
        return _nearest(article, viewer, site, tags)
    found: list[Work] = []

    def choose() -> tuple[int, ...]:
        found.extend(_nearest(article, viewer, site, tags))
        return tuple(work.pk for work in found)

    key = ("to read next", article.uid, article.section_id, site.pk, viewer.territory, tags)
    chosen = remembered(key, choose)
    if found or not chosen:
        return found
    rows = _shown(chosen, article.kind, site, viewer)
    return [rows[pk] for pk in chosen] if len(rows) == len(chosen) else _nearest(article, viewer, site, tags)


def _shown(chosen: tuple[int, ...], kind: str, site: Site, viewer: Viewer) -> dict[int, Work]:
    """Those that this stranger may find in a list, here and now."""

    def build(at: datetime, kind: str, site: int, **works: int) -> QuerySet[Any]:
        listed = Work.objects.listed_for(replace(viewer, at=at)).filter(kind=kind, site=site)
        return listed.filter(pk__in=list(works.values())).faces()

    named = {f"work{place}": pk for place, pk in enumerate(chosen)}
    found = prepared(("to read next", viewer.territory), build, at=viewer.moment, kind=kind, site=site.pk, **named)
    return {work.pk: work for work in found}


def _nearest(article: Article, viewer: Viewer, site: Site, tags: tuple[int, ...]) -> list[Work]:
    listed = Work.objects.listed_for(viewer).filter(kind=article.kind, site=site).exclude(pk=article.pk)
    near: list[Work] = []
    if tags:
        shared = listed.filter(tags__in=tags).annotate(shared=Count("tags"))
        near = list(shared.order_by("-shared", "-published_at", "-pk").faces()[:NUMBER])
    if len(near) < NUMBER:
        seen = [work.pk for work in near]
        latest = listed.exclude(pk__in=seen).latest().faces().annotate(section=F("article__section"))[:LATEST]
        beside = sorted(latest, key=lambda work: work.section != article.section_id)  # their order stays
        near += beside[: NUMBER - len(near)]
    return near
