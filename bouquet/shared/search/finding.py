"""What a line of words finds, for this viewer, here or on the whole network, narrowed and ordered as they want it."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField
from django.db.models.expressions import RawSQL
from django.utils import timezone

from bouquet.shared.network.models import Site
from bouquet.shared.search.engine import LOOKED_AT, hits
from bouquet.shared.search.facets import Facets, Hit, narrowed
from bouquet.shared.search.folding import excerpt, query_words
from bouquet.shared.search.moments import Moment, moments_of
from bouquet.shared.search.writing import place_of
from bouquet.shared.works.models import Filters, Work
from bouquet.shared.works.permissions import Viewer

SIZE = 24
LAST_PAGE = 200  # nobody reads further: a better question helps more
ORDERS = ("", "latest", "views", "liked", "longest", "shortest")  # "": the best hits first
SUGGESTED = 6


@dataclass
class Found:
    """One page of hits, and how many there are of each sort (of those that were looked at)."""

    wanted: list[str]
    matched: int = 0  # before they were narrowed
    is_capped: bool = False  # more works match than were looked at: the newest were
    works: list[Work] = field(default_factory=list)
    moments: dict[int, Moment] = field(default_factory=dict)
    total: int = 0
    facets: Facets = field(default_factory=Facets)
    page: int = 1
    has_next: bool = False

    @property
    def kinds(self) -> dict[str, int]:
        return dict(sorted(self.facets.kind.items()))

    def hits(self) -> list[dict[str, Any]]:
        """Each work with its title and a piece of its text, cut where the words were found."""
        return [
            {
                "work": work,
                "title": excerpt(work.shown_title, self.wanted, 200),
                "text": excerpt(work.shown_summary, self.wanted) if work.shown_summary else [],
                "moment": self.moments.get(work.pk),
                "said": excerpt(moment.text, self.wanted) if (moment := self.moments.get(work.pk)) else [],
            }
            for work in self.works
        ]


def find(
    line: str,
    *,
    viewer: Viewer,
    site: Site | None = None,
    kind: str = "",
    filters: Filters | None = None,
    order: str = "",
    page: int = 1,
    size: int = SIZE,
) -> Found:
    """The engine's hits, those of them that this viewer may find, the page, and what is said in its works.

    `site` None: the whole network. Pages and counts are made of what the viewer may find: neither tells of anything
    else. `filters`' own order is not looked at: `order` is one of ORDERS.

    Few hits are looked at where many match (engine.LOOKED_AT), and more where these do not fill the page: what was
    looked at first stands first, in its order, so that whoever reads on meets each hit once and misses none.
    """
    wanted, filters = query_words(line), filters or Filters()
    page = min(max(page, 1), LAST_PAGE)
    places = place_of(site_id=None if site is None or site.is_main else site.pk)
    narrowly = bool(kind or order or filters)
    matched, met = 0, list[Hit]()
    turns: dict[int, int] = {}  # at which each was looked at
    for turn, most in enumerate(LOOKED_AT[narrowly:]):
        ranks = hits(wanted, places, most=most)
        new = {pk: rank for pk, rank in ranks.items() if pk not in turns}
        turns |= dict.fromkeys(new, turn)
        listed = _listed(new, viewer)
        matched += len(listed)
        met += _tagged(listed, filters.tag)
        kept, facets = narrowed(met, filters, kind)
        if len(kept) > page * size or len(ranks) < most:
            break
    if not turns:
        return Found(wanted)
    best = ORDER_KEYS[order] if order else _best_first(timezone.now())
    kept.sort(key=lambda hit: (turns[hit.pk], best(hit)))
    shown = [hit.pk for hit in kept[(page - 1) * size : page * size]]
    return Found(
        wanted,
        matched=matched,
        is_capped=len(ranks) >= most,
        works=_cards(shown),
        moments=moments_of(shown, wanted),
        total=len(kept),
        facets=facets,
        page=page,
        has_next=len(kept) > page * size and page < LAST_PAGE,
    )


def suggest(line: str, *, viewer: Viewer, site: Site | None = None) -> list[Work]:
    """Works whose title has the words typed so far, the last one perhaps only begun. Three short queries at most."""
    wanted = query_words(line)
    if not wanted or len("".join(wanted)) < 2:
        return []
    places = place_of(site_id=None if site is None or site.is_main else site.pk)
    found = _listed(hits(wanted, places, most=200, titles_only=True), viewer)
    best = sorted(found, key=_best_first(timezone.now()))[:SUGGESTED]
    return _cards([hit.pk for hit in best])


ORDER_KEYS: dict[str, Any] = {
    "latest": lambda hit: (-hit.published_at.timestamp(), -hit.pk),
    "views": lambda hit: (-hit.views, -hit.pk),
    "liked": lambda hit: (-hit.likes, -hit.pk),
    "longest": lambda hit: (-(hit.duration or 0), -hit.pk),
    "shortest": lambda hit: (hit.duration is None, hit.duration or 0, -hit.pk),
}


def _best_first(now: datetime) -> Any:
    """Where the words are comes first; being seen and being new move a hit by less than one place of words."""

    def key(hit: Hit) -> tuple[float, float, int]:
        days = max(0.0, (now - hit.published_at).total_seconds() / 86400)
        merit = 0.05 * min(8.0, math.log1p(hit.views_lately)) + 0.25 * 0.5 ** (days / 60)
        return (round(hit.rank - merit, 3), -hit.published_at.timestamp(), -hit.pk)

    return key


def _listed(ranks: dict[int, float], viewer: Viewer) -> list[Hit]:
    if not ranks:
        return []
    works = Work.objects.listed_for(viewer).filter(pk__in=_these(ranks))
    return [Hit._make([*row, ranks[row[0]]]) for row in works.values_list(*Hit._fields[:-1])]


def _these(ids: Iterable[int]) -> RawSQL:
    """As one value: a thousand parameters cost more than their rows."""
    sql = (
        "SELECT value FROM json_each(%s)"
        if connection.vendor == "sqlite"
        else "SELECT jsonb_array_elements(%s)::bigint"
    )
    return RawSQL(sql, [json.dumps(list(ids))], BigIntegerField())  # noqa: S611 (numbers that the engine gave)


def _tagged(hits: list[Hit], tag: str) -> list[Hit]:
    """One query where a tag is wanted. `tag` is a slug."""
    if not tag or not hits:
        return hits
    rows = Work.tags.through.objects.filter(tag__slug=tag, work__in=_these(hit.pk for hit in hits))
    having = set(rows.values_list("work", flat=True))
    return [hit for hit in hits if hit.pk in having]


def _cards(ids: list[int]) -> list[Work]:
    """Who may find them was asked a moment ago, when they were listed: it is not asked twice."""
    by_id = Work.objects.faces("summary").in_bulk(ids) if ids else {}
    return [by_id[pk] for pk in ids if pk in by_id]
