"""What many different people watch now. An address counts once a day and work, so nobody can push from one place.

reach     how many addresses viewed a work on a day (shared/audience says it; robots, staff and makers are left out)
score     the sum of the days' reach, each worth half as much after HALF_LIFE days
trending  score × 1000 in `Work.trending`; 0 where fewer than FEWEST addresses make it
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from bouquet.shared.audience.actions import reach_on
from bouquet.shared.discovery.models import Reach
from bouquet.shared.works.actions import set_trending
from bouquet.shared.works.models import Work

WINDOW = 7  # days that count
HALF_LIFE = 1.5  # days
FEWEST = 3  # addresses: one alone is no trend, whatever it does
COUNTED_AGAIN = 2  # days that audience still knows about: today and yesterday
AT_ONCE = 500


def roll_up_trends() -> int:
    """Brings `Work.trending` up to date; gives how many works trend."""
    today = timezone.localdate()
    for age in range(COUNTED_AGAIN):
        _note(today - timedelta(days=age))
    Reach.objects.filter(day__lte=today - timedelta(days=WINDOW)).delete()
    scores = scores_at(timezone.now())
    set_trending(scores)
    return len(scores)


def _note(day: date) -> None:
    reached = reach_on(day)
    kept: set[int] = set()  # what was removed meanwhile is left out
    for ids in _pieces(sorted(reached)):
        kept.update(Work.objects.filter(pk__in=ids).values_list("pk", flat=True))
    rows = [Reach(work_id=work, day=day, addresses=reached[work]) for work in sorted(kept)]
    Reach.objects.bulk_create(
        rows, batch_size=AT_ONCE, update_conflicts=True, unique_fields=["work", "day"], update_fields=["addresses"]
    )


def _pieces(ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]


def scores_at(now: datetime) -> dict[int, int]:
    first = timezone.localdate(now) - timedelta(days=WINDOW - 1)
    scores: dict[int, float] = defaultdict(float)
    reached: dict[int, int] = defaultdict(int)
    days = Reach.objects.filter(day__gte=first).values_list("work_id", "day", "addresses")
    for work, day, addresses in days.iterator():
        scores[work] += addresses * 0.5 ** (_age(day, now) / HALF_LIFE)
        reached[work] += addresses
    return {work: max(1, round(1000 * score)) for work, score in scores.items() if reached[work] >= FEWEST}


def _age(day: date, now: datetime) -> float:
    """Days since that day's noon."""
    noon = timezone.make_aware(datetime.combine(day, time(12)))
    return max(0.0, (now - noon) / timedelta(days=1))
