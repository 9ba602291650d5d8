"""What a maker reads of a work, a channel or a site over some days, beside the same number of days before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils import timezone

from bouquet.shared.audience.labels import label_of
from bouquet.shared.audience.models import Dimension, Subject
from bouquet.shared.audience.store import Count, store
from bouquet.shared.network.models import Site
from bouquet.shared.works.models import Channel, Work

RANGES = (7, 28, 90, 365)
USUAL = 28
LINES = 10  # of each list on a page


@dataclass(frozen=True)
class Totals:
    """`visitors` are the visitors of each day, added up: nobody is recognised on another day."""

    plays: int = 0
    views: int = 0
    visitors: int = 0
    watch_seconds: int = 0
    ends: int = 0

    @property
    def average_seconds(self) -> float:
        return self.watch_seconds / self.plays if self.plays else 0.0

    @property
    def watch_hours(self) -> int:
        return self.watch_seconds // 3600


@dataclass(frozen=True)
class Day:
    day: date
    plays: int
    views: int
    visitors: int
    watch_seconds: int


@dataclass(frozen=True)
class Share:
    value: str  # as it is kept: a host, a country, a class of device, a work's uid
    label: str  # as people say it
    plays: int
    views: int
    watch_seconds: int
    share: float  # of all views


@dataclass(frozen=True)
class Numbers:
    since: date
    until: date
    totals: Totals
    before: Totals
    by_day: list[Day]
    by_day_before: list[Day]
    sources: list[Share]
    countries: list[Share]
    devices: list[Share]
    embeds: list[Share]
    works: list[Share] = field(default_factory=list)
    curve: list[float] = field(default_factory=list)  # of each hundredth of the film, the share of plays that saw it

    @property
    def is_empty(self) -> bool:
        return not self.totals.plays and not self.before.plays

    @property
    def average_share(self) -> float:
        return sum(self.curve) / len(self.curve) if self.curve else 0.0


def numbers_of_work(work: Work, days: int = USUAL, *, most: int = LINES) -> Numbers:
    return _numbers(Subject.WORK, work.pk, days, most)


def numbers_of_channel(channel: Channel, days: int = USUAL, *, most: int = LINES) -> Numbers:
    return _numbers(Subject.CHANNEL, channel.pk, days, most)


def numbers_of_site(site: Site, days: int = USUAL, *, most: int = LINES) -> Numbers:
    return _numbers(Subject.SITE, site.pk, days, most)


def _numbers(subject: Subject, pk: int, length: int, most: int) -> Numbers:
    until = timezone.localdate()
    since = until - timedelta(days=length - 1)
    counts = store().days(subject, pk, since - timedelta(days=length), until)
    by_day = _days(counts, since, length)
    before = _days(counts, since - timedelta(days=length), length)
    totals = _totals(by_day, counts)

    def shares(dimension: Dimension) -> list[Share]:
        found = store().shares(subject, pk, dimension, since, until, most)
        return [_share(value, label_of(dimension, value), count, totals) for value, count in found]

    return Numbers(
        since=since,
        until=until,
        totals=totals,
        before=_totals(before, counts),
        by_day=by_day,
        by_day_before=before,
        sources=shares(Dimension.SOURCE),
        countries=shares(Dimension.COUNTRY),
        devices=shares(Dimension.DEVICE),
        embeds=shares(Dimension.EMBED),
        works=[] if subject == Subject.WORK else _works(shares(Dimension.WORK)),
        curve=_curve(pk, since, until, totals) if subject == Subject.WORK else [],
    )


def _days(counts: dict[date, Count], since: date, length: int) -> list[Day]:
    """Every day, those without anything too."""
    days = [since + timedelta(days=number) for number in range(length)]
    found = [(day, counts.get(day) or Count()) for day in days]
    return [Day(day, each.plays, each.views, each.visitors, round(each.seconds)) for day, each in found]


def _totals(days: Iterable[Day], counts: dict[date, Count]) -> Totals:
    days = list(days)
    return Totals(
        plays=sum(day.plays for day in days),
        views=sum(day.views for day in days),
        visitors=sum(day.visitors for day in days),
        watch_seconds=sum(day.watch_seconds for day in days),
        ends=sum(counts[day.day].ends for day in days if day.day in counts),
    )


def _share(value: str, label: str, count: Count, totals: Totals) -> Share:
    share = count.views / totals.views if totals.views else 0.0
    return Share(value, label, count.plays, count.views, round(count.seconds), min(1.0, share))


def _works(shares: list[Share]) -> list[Share]:
    """With their titles; what was removed meanwhile is left out."""
    works = Work.objects.in_bulk([int(each.value) for each in shares])
    named = [(works[int(each.value)], each) for each in shares if int(each.value) in works]
    return [Share(work.uid, work.title, each.plays, each.views, each.watch_seconds, each.share) for work, each in named]


def _curve(work_id: int, since: date, until: date, totals: Totals) -> list[float]:
    if not totals.plays:
        return []
    return [min(1.0, seen / totals.plays) for seen in store().curve(work_id, since, until)]
