"""From candidates to a list: what this viewer may find, scored, not too much of one channel, each with its reason."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from bouquet.shared.accounts.models import Person
from bouquet.shared.discovery.candidates import Source
from bouquet.shared.discovery.models import Dismissal
from bouquet.shared.works.models import Work
from bouquet.shared.works.permissions import Viewer

MOST_LOOKED_AT = 120
MOST_OF_A_CHANNEL = 4


def choose(
    sources: Iterable[Source], viewer: Viewer, number: int, *, but: Collection[int] = (), language: str = ""
) -> list[Work]:
    """The best of the candidates as cards, each with its `why`. Three queries; one less for strangers."""
    worth, why = _weigh(sources, but)
    foremost = sorted(worth, key=lambda pk: (-worth[pk], -pk))[:MOST_LOOKED_AT]
    if not foremost:
        return []
    now = timezone.now()
    fields = ("pk", "channel", "language", "published_at", "views_lately", "likes")
    rows = wanted_by(viewer.person, Work.objects.listed_for(viewer).filter(pk__in=foremost)).values_list(*fields)
    scored = sorted(((worth[row[0]] + _merit(row, language, now), row[0], row[1]) for row in rows), reverse=True)
    chosen, of_channel = [], Counter[int]()
    for _score, pk, channel in scored:
        if channel is None or of_channel[channel] < MOST_OF_A_CHANNEL:
            chosen.append(pk)
            of_channel[channel] += 1
    return with_reasons(chosen[:number], why, viewer)


def wanted_by(person: Person | None, works: Any) -> Any:
    """Without what this member has said no to."""
    if person is None:
        return works
    said = Dismissal.objects.filter(person=person)
    works_out, channels_out = said.filter(work__isnull=False), said.filter(channel__isnull=False)
    return works.exclude(pk__in=works_out.values("work")).exclude(
        Q(channel__isnull=False) & Q(channel__in=channels_out.values("channel"))
    )


def with_reasons(ids: list[int], why: dict[int, str], viewer: Viewer) -> list[Work]:
    by_id = Work.objects.listed_for(viewer).cards().in_bulk(ids)
    works = [by_id[pk] for pk in ids if pk in by_id]
    for work in works:
        told: Any = work
        told.why = why.get(work.pk, "")
    return works


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
