"""How many hits there are of each sort: what the search can be narrowed by, counted of what this reader may find."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from bouquet.shared.works.models import SINCE, Filters, length_name, since_hour


@dataclass(frozen=True, slots=True)
class Hit:
    """What is needed of a work to narrow, count and order it."""

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


def narrowed(hits: Iterable[Hit], filters: Filters, kind: str) -> tuple[list[Hit], Facets]:
    """The hits that fit all choices, and for each choice how many hits every value of it would give."""
    hours = {name: since_hour(name) for name in SINCE}
    fits: dict[str, Callable[[Hit], bool]] = {
        "kind": lambda hit: not kind or hit.kind == kind,
        "category": lambda hit: not filters.category or hit.category == filters.category,
        "language": lambda hit: not filters.language or hit.language == filters.language,
        "length": lambda hit: not filters.length or length_name(hit.duration) == filters.length,
        "since": lambda hit: not filters.since or hit.published_at >= hours[filters.since],
    }
    counted: dict[str, Counter] = {name: Counter() for name in (*fits, "site")}  # type: ignore[type-arg]
    kept = []
    for hit in hits:
        missed = [name for name, fit in fits.items() if not fit(hit)]
        if not missed:
            kept.append(hit)
            counted["site"][hit.site] += 1
        for name in fits if not missed else missed[:1] if len(missed) == 1 else ():
            counted[name].update(_values(hit, name, hours))
    return kept, Facets(**{name: _most_first(values) for name, values in counted.items()})


def _values(hit: Hit, name: str, hours: dict[str, datetime]) -> list[str]:
    if name == "since":
        return [each for each, hour in hours.items() if hit.published_at >= hour]
    value = length_name(hit.duration) if name == "length" else getattr(hit, name)
    return [value] if value else []


def _most_first(values: Counter) -> dict:  # type: ignore[type-arg]
    return dict(values.most_common())
