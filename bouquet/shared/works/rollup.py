"""`views_lately`: the views of the last seven days, for the lists of what is most seen; `trending`, as it is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from django.db.models import Sum
from django.utils import timezone

from bouquet.shared.works.models import DayViews, Work

DAYS = 7
CHUNK = 1000


def roll_up_views() -> int:
    """Brings every work's `views_lately` up to date; gives how many changed. Short writes: nobody waits for it."""
    since = timezone.localdate() - timedelta(days=DAYS - 1)
    changed = 0
    for ids in _works_to_look_at(since):
        sums = dict(
            DayViews.objects.filter(work__in=ids, day__gte=since).values_list("work").annotate(number=Sum("views"))
        )
        works = [
            Work(pk=pk, views_lately=sums.get(pk, 0))
            for pk, known in Work.objects.filter(pk__in=ids).values_list("pk", "views_lately")
            if known != sums.get(pk, 0)
        ]
        Work.objects.bulk_update(works, ["views_lately"], batch_size=500)
        changed += len(works)
    return changed


def _works_to_look_at(since: date) -> Iterator[list[int]]:
    """Those with views in the window, and those whose number is from an older one."""
    seen = set(DayViews.objects.filter(day__gte=since - timedelta(days=1)).values_list("work_id", flat=True).distinct())
    seen.update(Work.objects.filter(views_lately__gt=0).values_list("pk", flat=True))
    ordered = sorted(seen)
    for start in range(0, len(ordered), CHUNK):
        yield ordered[start : start + CHUNK]


def set_trending(scores: Mapping[int, int]) -> int:
    """Write what trends; everything else does not. Gives how many rows changed."""
    known = dict(Work.objects.filter(trending__gt=0).values_list("pk", "trending"))
    wanted = [pk for pk in {*known, *scores} if known.get(pk, 0) != scores.get(pk, 0)]
    changed = 0
    for start in range(0, len(wanted), CHUNK):
        works = [
            Work(pk=pk, trending=scores.get(pk, 0))
            for pk in Work.objects.filter(pk__in=wanted[start : start + CHUNK]).values_list("pk", flat=True)
        ]
        Work.objects.bulk_update(works, ["trending"], batch_size=500)
        changed += len(works)
    return changed
