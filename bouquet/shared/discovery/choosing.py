"""From candidates to a list: what this viewer may find, scored, not too much of one channel, each with its reason."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from bouquet.shared.discovery.candidates import Source
from bouquet.shared.discovery.models import Dismissal
from bouquet.shared.works.models import Work
from bouquet.shared.works.permissions import Viewer

MOST_LOOKED_AT = 150
MOST_OF_A_CHANNEL = 4


class Choosing:
    """What of all the candidates this viewer may find and has not refused: two queries, one for strangers.

    `besides`: works that are asked about too, however much the sources name.
    """

    def __init__(self, sources: Sequence[Source], viewer: Viewer, besides: Sequence[int] = ()) -> None:
        self._now = timezone.now()
        self._refused = self._refusals(viewer)
        worth, _why = _weigh(sources, ())
        foremost = {*sorted(worth, key=lambda pk: (-worth[pk], -pk))[:MOST_LOOKED_AT], *besides}
        fields = ("pk", "channel", "language", "published_at", "views_lately", "likes")
        rows = Work.objects.listed_for(viewer).filter(pk__in=foremost).values_list(*fields) if foremost else []
        self._listed = {row[0]: row for row in rows}
        self._facts = {pk: row for pk, row in self._listed.items() if not self.is_refused(pk, row[1])}

    def may_name(self, work: int) -> bool:
        """This viewer may find it, whether they want it suggested or not."""
        return work in self._listed

    def wanted(self, works: Iterable[int]) -> list[int]:
        """Those of them that may be shown, in the same order."""
        return [work for work in works if work in self._facts]

    def is_refused(self, work: int, channel: int | None) -> bool:
        return (work, None) in self._refused or (channel is not None and (None, channel) in self._refused)

    def best(
        self, sources: Sequence[Source], number: int, *, but: Collection[int] = (), language: str = ""
    ) -> tuple[list[int], dict[int, str]]:
        """Ids, best first, and the reason of each."""
        worth, why = _weigh(sources, but)
        facts = [self._facts[pk] for pk in worth if pk in self._facts]
        scored = sorted(
            ((worth[row[0]] + _merit(row, language, self._now), row[0], row[1]) for row in facts), reverse=True
        )
        chosen, of_channel = [], Counter[int]()
        for _score, pk, channel in scored:
            if channel is None or of_channel[channel] < MOST_OF_A_CHANNEL:
                chosen.append(pk)
                of_channel[channel] += 1
        return chosen[:number], {pk: why[pk] for pk in chosen[:number]}

    @staticmethod
    def _refusals(viewer: Viewer) -> set[tuple[int | None, int | None]]:
        if viewer.person is None:
            return set()
        return set(Dismissal.objects.filter(person=viewer.person).values_list("work", "channel"))


def with_reasons(ids: Collection[int], why: dict[int, str]) -> dict[int, Work]:
    """Their cards. Who may find them was asked when they were chosen, a moment ago: it is not asked twice."""
    by_id: dict[int, Work] = Work.objects.faces().in_bulk(ids) if ids else {}
    for pk, work in by_id.items():
        told: Any = work
        told.why = why.get(pk, "")
    return by_id


def _weigh(sources: Iterable[Source], but: Collection[int]) -> tuple[dict[int, float], dict[int, str]]:
    """What several sources name is worth their sum; the reason is the weightiest one's."""
    worth: dict[int, float] = {}
    why: dict[int, tuple[float, str]] = {}
    for source in sources:
        for place, pk in enumerate(source.ids):
            if pk in but:
                continue
            value = source.worth * (1 - 0.5 * place / max(1, len(source.ids)))
            worth[pk] = worth.get(pk, 0.0) + value
            if value > why.get(pk, (0.0, ""))[0]:
                why[pk] = (value, source.why)
    return worth, {pk: words for pk, (_value, words) in why.items()}


def _merit(row: tuple[Any, ...], language: str, now: datetime) -> float:
    """A little for the reader's language, for being liked and seen, and for being new."""
    _pk, _channel, spoken, published_at, views_lately, likes = row
    days = max(0.0, (now - published_at).total_seconds() / 86400)
    popular = 0.12 * math.log1p(views_lately) + 0.1 * math.log1p(likes)
    return (0.8 if language and spoken == language else 0.0) + popular + 0.6 * 0.5 ** (days / 30)
