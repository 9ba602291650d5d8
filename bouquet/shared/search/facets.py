"""How many hits there are of each sort: what the search can be narrowed by, counted of what this reader may find."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter
from typing import Any, NamedTuple

from bouquet.shared.works.models import SINCE, Filters, length_name, since_hour


class Hit(NamedTuple):
    """What is needed of a work to narrow, count and order it. A tuple: there are thousands for one page."""

    pk: int
    kind: str
    site: int
    category: str
    language: str
    duration: float | None
    published_at: datetime
    views: int
    views_lately: int
    likes: int
    rank: float = 0.0


@dataclass
class Facets:
    """Each counts what the other choices leave."""

    kind: dict[str, int] = field(default_factory=dict)
    site: dict[int, int] = field(default_factory=dict)
    category: dict[str, int] = field(default_factory=dict)
    language: dict[str, int] = field(default_factory=dict)
    length: dict[str, int] = field(default_factory=dict)
    since: dict[str, int] = field(default_factory=dict)


def narrowed(hits: Sequence[Hit], filters: Filters, kind: str) -> tuple[list[Hit], Facets]:
    """The hits that fit all choices, and for each choice how many hits every value of it would give."""
    fits = _chosen(filters, kind)

    def fitting(*but: str) -> list[Hit]:
        wanted = [fit for name, fit in fits.items() if name not in but]
        return [hit for hit in hits if all(fit(hit) for fit in wanted)] if wanted else list(hits)

    kept = fitting()
    left = {name: fitting(name) for name in fits}  # a choice that is made counts as if it were not
    values = {name: _values(left.get(name, kept), name) for name in ("kind", "site", "category", "language", "length")}
    since = _since(left.get("since", kept))
    return kept, Facets(**values, since=since)


def _chosen(filters: Filters, kind: str) -> dict[str, Callable[[Hit], bool]]:
    """A question to each hit, for each choice that is made."""
    hour = since_hour(filters.since) if filters.since else None
    fits: dict[str, tuple[Any, Callable[[Hit], bool]]] = {
        "kind": (kind, lambda hit: hit.kind == kind),
        "category": (filters.category, lambda hit: hit.category == filters.category),
        "language": (filters.language, lambda hit: hit.language == filters.language),
        "length": (filters.length, lambda hit: length_name(hit.duration) == filters.length),
        "since": (hour, lambda hit: hour is not None and hit.published_at >= hour),
    }
    return {name: fit for name, (value, fit) in fits.items() if value}


def _values(hits: list[Hit], name: str) -> dict[Any, int]:
    """How many of each, the most frequent first; a hit without a value is in none."""
    said = (length_name(hit.duration) for hit in hits) if name == "length" else map(attrgetter(name), hits)
    return {value: number for value, number in Counter(said).most_common() if value}


def _since(hits: list[Hit]) -> dict[str, int]:
    """The narrowest last: what is of the last day is of the last week too."""
    hours = [hit.published_at for hit in hits]
    counted = Counter({name: sum(map(since_hour(name).__le__, hours)) for name in SINCE})
    return {name: number for name, number in counted.most_common() if number}
