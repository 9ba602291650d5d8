"""What a batch adds to the tallies, gathered before it is written: one row for each key however many plays it had."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from bouquet.shared.audience.hits import DEVICES, Mark
from bouquet.shared.audience.models import Dimension, Play, Subject, Tally
from bouquet.shared.audience.store import Count
from bouquet.shared.audience.store.adding import pieces

MOST_VALUES = 100  # hosts that lead to one subject in a day; what comes after them is together "others"
OTHERS = "…"
HOSTS = (Dimension.SOURCE, Dimension.EMBED)


class Key(NamedTuple):
    subject: int
    subject_id: int
    dimension: int
    day: date
    value: str


class Tallies:
    def __init__(self) -> None:
        self._counts: dict[Key, Count] = defaultdict(Count)

    @staticmethod
    def subjects(row: Play) -> list[tuple[int, int]]:
        pairs = [(Subject.WORK, row.work_id), (Subject.CHANNEL, row.channel_id), (Subject.SITE, row.site_id)]
        return [(int(subject), place) for subject, place in pairs if place]

    def add(self, row: Play, news: Count) -> None:
        for subject, place in self.subjects(row):
            for dimension, value in _values(row, subject):
                self._counts[Key(subject, place, dimension, row.day, value)].add(news)

    def add_visitor(self, day: date, subject: int, place: int) -> None:
        self._counts[Key(subject, place, Dimension.ALL, day, "")].visitors += 1

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """In the order of the index: two writers take the same rows in the same order."""
        counts = self._within_bounds()
        for key in sorted(counts):
            each = counts[key]
            if each.plays or each.views or each.visitors or each.seconds or each.ends:
                yield (*key, each.plays, each.views, each.visitors, each.seconds, each.ends)

    def _within_bounds(self) -> dict[Key, Count]:
        """A stranger can invent hosts: a subject has MOST_VALUES of them a day, and one row for all others."""
        known = self._known_hosts()
        bounded: dict[Key, Count] = defaultdict(Count)
        for key, count in self._counts.items():
            if key.dimension in HOSTS and key.value:
                values = known[key._replace(value="")]
                if key.value not in values and len(values) >= MOST_VALUES:
                    key = key._replace(value=OTHERS)
                values.add(key.value)
            bounded[key].add(count)
        return bounded

    def _known_hosts(self) -> dict[Key, set[str]]:
        wanted = {key._replace(value="") for key in self._counts if key.dimension in HOSTS and key.value}
        known: dict[Key, set[str]] = defaultdict(set)
        by_subject: dict[int, set[int]] = defaultdict(set)
        for key in wanted:
            by_subject[key.subject].add(key.subject_id)
        days = {key.day for key in wanted}
        for subject, places in by_subject.items():
            for piece in pieces(sorted(places), 500):
                rows = Tally.objects.filter(
                    subject=subject, subject_id__in=piece, dimension__in=HOSTS, day__in=days
                ).exclude(value="")
                for row in rows.values_list("subject", "subject_id", "dimension", "day", "value"):
                    key = Key(*row)
                    known[key._replace(value="")].add(key.value)
        return known


def _values(row: Play, subject: int) -> Iterator[tuple[int, str]]:
    yield int(Dimension.ALL), ""
    yield int(Dimension.COUNTRY), row.country
    yield int(Dimension.DEVICE), DEVICES[row.device]
    if row.marks & Mark.EMBED:
        yield int(Dimension.EMBED), row.embed
    else:
        yield int(Dimension.SOURCE), row.source
    if subject != Subject.WORK:
        yield int(Dimension.WORK), str(row.work_id)
