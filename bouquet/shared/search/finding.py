"""What a line of words finds, for this viewer, here or on the whole network."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from bouquet.shared.network.models import Site
from bouquet.shared.search.engine import hits
from bouquet.shared.search.folding import excerpt, query_words
from bouquet.shared.search.moments import Moment, moments_of
from bouquet.shared.search.writing import place_of
from bouquet.shared.works.models import Work
from bouquet.shared.works.permissions import Viewer

SIZE = 24
LAST_PAGE = 200  # nobody reads further: a better question helps more


@dataclass
class Found:
    """One page of hits, and how many there are of each kind (up to engine.MOST_RANKED)."""

    wanted: list[str]
    works: list[Work] = field(default_factory=list)
    moments: dict[int, Moment] = field(default_factory=dict)
    total: int = 0
    kinds: dict[str, int] = field(default_factory=dict)
    page: int = 1
    has_next: bool = False

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
    line: str, *, viewer: Viewer, site: Site | None = None, kind: str = "", page: int = 1, size: int = SIZE
) -> Found:
    """Four queries: the hits, those of them that this viewer may find, the page, and what is said in its works.

    `site` None: the whole network. Pages and counts are made of what the viewer may find: neither tells of anything
    else.
    """
    wanted = query_words(line)
    page = min(max(page, 1), LAST_PAGE)
    ranks = hits(wanted, place_of(site_id=None if site is None or site.is_main else site.pk))
    if not ranks:
        return Found(wanted)
    rows = Work.objects.listed_for(viewer).filter(pk__in=list(ranks)).values_list("pk", "kind", "published_at")
    dated = ((pk, its_kind, moment) for pk, its_kind, moment in rows if moment)  # what is listed has its hour
    found = sorted(((ranks[pk], -moment.timestamp(), -pk), pk, its_kind) for pk, its_kind, moment in dated)
    of_kind = [pk for _order, pk, its_kind in found if not kind or its_kind == kind]
    shown = of_kind[(page - 1) * size : page * size]
    return Found(
        wanted,
        works=_cards(shown, viewer),
        moments=moments_of(shown, wanted),
        total=len(of_kind),
        kinds=dict(sorted(Counter(its_kind for _order, _pk, its_kind in found).items())),
        page=page,
        has_next=len(of_kind) > page * size and page < LAST_PAGE,
    )


def _cards(ids: list[int], viewer: Viewer) -> list[Work]:
    by_id = Work.objects.listed_for(viewer).cards().in_bulk(ids)
    return [by_id[pk] for pk in ids if pk in by_id]
