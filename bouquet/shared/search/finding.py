"""What a line of words finds, for this viewer, here or on the whole network."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from bouquet.shared.network.models import Site
from bouquet.shared.search.engine import matching
from bouquet.shared.search.folding import excerpt, query_words
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
    total: int = 0
    kinds: dict[str, int] = field(default_factory=dict)
    page: int = 1
    has_next: bool = False

    def hits(self) -> list[dict[str, Any]]:
        """Each work with its title and a piece of its text, cut where the words were found."""
        return [
            {
                "work": work,
                "title": excerpt(work.title, self.wanted, 200),
                "text": excerpt(work.summary, self.wanted) if work.summary else [],
            }
            for work in self.works
        ]


def find(
    line: str, *, viewer: Viewer, site: Site | None = None, kind: str = "", page: int = 1, size: int = SIZE
) -> Found:
    """Two queries: the counts by kind, and the page. `site` None: the whole network."""
    wanted = query_words(line)
    page = min(max(page, 1), LAST_PAGE)
    if not wanted:
        return Found(wanted)
    here = None if site is None or site.is_main else site.pk
    listed = Work.objects.listed_for(viewer)
    all_kinds = matching(listed, wanted, place_of(site_id=here))
    kinds = {each["kind"]: each["number"] for each in all_kinds.order_by().values("kind").annotate(number=Count("pk"))}
    of_kind = matching(listed.cards(), wanted, place_of(site_id=here, kind=kind)) if kind else all_kinds.cards()
    rows = list(of_kind[(page - 1) * size : page * size + 1])
    total = kinds.get(kind, 0) if kind else sum(kinds.values())
    return Found(wanted, rows[:size], total, dict(sorted(kinds.items())), page, len(rows) > size and page < LAST_PAGE)
