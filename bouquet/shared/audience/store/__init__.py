"""Where hits go and numbers come from. Callers know this interface only, so that a column store can take the place of
the project's database: BOUQUET_AUDIENCE_STORE names the class (docs/decisions/0051).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from bouquet.shared.audience.hits import Hit
from bouquet.shared.audience.models import Dimension, Subject


@dataclass(slots=True)
class Count:
    """What a day or a value brought."""

    plays: int = 0
    views: int = 0
    visitors: int = 0
    seconds: float = 0.0
    ends: int = 0

    def add(self, other: Count) -> None:
        self.plays += other.plays
        self.views += other.views
        self.visitors += other.visitors
        self.seconds += other.seconds
        self.ends += other.ends


@dataclass(slots=True)
class Written:
    """What writing a batch changed."""

    views: Counter[tuple[int, date]] = field(default_factory=Counter)  # new ones, by work and day
    plays: int = 0  # new ones, counted or not
    doubted: int = 0  # hits that claimed more than the clock allows


class AudienceStore(Protocol):
    def write(self, hits: Sequence[Hit]) -> Written:
        """Takes hits in any order, twice or in pieces: what it has heard before changes nothing.

        A store in the project's database is called inside the transaction that notes which files are loaded.
        """
        ...

    def days(self, subject: Subject, subject_id: int, since: date, until: date) -> dict[date, Count]:
        """Both ends included; days without anything are left out."""
        ...

    def shares(
        self, subject: Subject, subject_id: int, dimension: Dimension, since: date, until: date, most: int = 10
    ) -> list[tuple[str, Count]]:
        """By views, most first: at most `most` values."""
        ...

    def curve(self, work_id: int, since: date, until: date) -> list[int]:
        """For each hundredth of a work, how many plays saw it."""
        ...

    def reach(self, day: date) -> dict[int, int]:
        """For each work that was viewed on a day, by how many different addresses. Asked of today and yesterday."""
        ...

    def forget(self, subject: Subject, subject_id: int) -> None:
        """A work is gone: so are its numbers. What it brought to its channel and its site stays."""
        ...

    def prune(self, today: date) -> int:
        """Remove what is older than may be kept. Gives the number of plays that went."""
        ...


@lru_cache(maxsize=1)
def store() -> AudienceStore:
    return import_string(settings.AUDIENCE_STORE)()


__all__ = ["AudienceStore", "Count", "Written", "store"]
