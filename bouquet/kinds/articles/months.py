"""Counts the articles of a month when one of them comes, changes or goes; all of them once a day.

Counted as a stranger sees them whose country nobody knows. The list of the month itself asks for each reader.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth
from django.http import Http404
from django.utils import timezone

from bouquet.kinds.articles.models import Month
from bouquet.shared.network.models import Site
from bouquet.shared.works.models import Work, WorkQuerySet
from bouquet.shared.works.permissions import Viewer

KIND = "articles"


def in_month(works: WorkQuerySet, year: int, month: int) -> WorkQuerySet:
    """A month on the network's own clock. Http404 for one that no calendar has."""
    try:
        start = timezone.make_aware(datetime(year, month, 1))
        end = timezone.make_aware(datetime(year + month // 12, month % 12 + 1, 1))
    except (ValueError, OverflowError):
        raise Http404 from None
    return works.filter(published_at__gte=start, published_at__lt=end)


def recount(work: Work) -> None:
    """The month of this work, on every site that lists it."""
    if work.published_at is None:
        return
    day = timezone.localtime(work.published_at).date().replace(day=1)
    for site in Site.objects.filter(Q(pk=work.site_id) | Q(is_main=True) | Q(guests=work.pk)).distinct():
        number = in_month(_articles_on(site), day.year, day.month).count()
        _write(site, {day: number}, among=[day])


def recount_months_of(site: Site, moments: Iterable[datetime]) -> None:
    """The months of new works of a site that no other site lists yet: each once, however many came."""
    days = sorted({timezone.localtime(moment).date().replace(day=1) for moment in moments})
    for each in Site.objects.filter(Q(pk=site.pk) | Q(is_main=True)):
        found = _articles_on(each)
        _write(each, {day: in_month(found, day.year, day.month).count() for day in days}, among=days)


def recount_all() -> None:
    for site in Site.objects.all():
        months = _articles_on(site).annotate(month=TruncMonth("published_at")).values("month")
        found = {timezone.localtime(row["month"]).date(): row["number"] for row in months.annotate(number=Count("pk"))}
        _write(site, found, among=Month.objects.filter(site=site).values_list("starts", flat=True))


def _articles_on(site: Site) -> WorkQuerySet:
    return Work.objects.on(site).listed_for(Viewer()).filter(kind=KIND).order_by()


def _write(site: Site, numbers: dict[date, int], *, among: Iterable[date]) -> None:
    gone = [day for day in among if not numbers.get(day)]
    if gone:
        Month.objects.filter(site=site, starts__in=gone).delete()
    rows = [Month(site=site, starts=day, number=number) for day, number in numbers.items() if number]
    Month.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["site", "starts"], update_fields=["number"], batch_size=500
    )
