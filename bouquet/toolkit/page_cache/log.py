"""The log of clearings as one process reads it: what is new since it last looked."""

from __future__ import annotations

import time

from bouquet.toolkit.page_cache.models import Clearing

LOOKS_BACK = 30.0  # seconds: a transaction with a lower number may end later than one with a higher


class ClearingLog:
    def __init__(self) -> None:
        self._floor: int | None = None
        self._seen: dict[int, float] = {}  # number → when it was seen first, in that order

    def news(self) -> list[list[str]]:
        """The marks of each clearing that was not read before. One query by the primary key.

        The first time nothing is news: this process has kept no page yet.
        """
        now, is_first = time.monotonic(), self._floor is None
        if self._floor is None:
            last = Clearing.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
            self._floor = max(0, last - 1000)
        rows = Clearing.objects.filter(pk__gt=self._floor).order_by("pk").values_list("pk", "marks")
        fresh = [(pk, marks) for pk, marks in rows if pk not in self._seen]
        self._seen.update((pk, now) for pk, _marks in fresh)
        self._raise_floor(now)
        return [] if is_first else [marks.split() for _pk, marks in fresh]

    def _raise_floor(self, now: float) -> None:
        for pk, seen in list(self._seen.items()):
            if now - seen < LOOKS_BACK:
                return
            del self._seen[pk]
            self._floor = max(self._floor or 0, pk)
