"""The first store: rows in the project's own database. Enough for some millions of plays a month; measured in
docs/running/measurements/audience.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Count as Rows
from django.db.models import Sum

from bouquet.shared.audience.hits import Hit
from bouquet.shared.audience.models import Curve, DayVisitor, Dimension, Play, Subject, Tally
from bouquet.shared.audience.rule import PARTS
from bouquet.shared.audience.store import Count, Written
from bouquet.shared.audience.store.adding import unpack
from bouquet.shared.audience.store.folding import fold
from bouquet.shared.audience.store.writing import write_plays

SUMS = {name: Sum(name) for name in ("plays", "views", "visitors", "seconds", "ends")}
VISITORS_KEPT = timedelta(days=1)  # a play that began before midnight may go on after it
PIECE = 5000  # rows removed in one transaction: a page waits for the last piece at most


class RowStore:
    def write(self, hits: Sequence[Hit]) -> Written:
        return write_plays(fold(hits))

    def days(self, subject: Subject, subject_id: int, since: date, until: date) -> dict[date, Count]:
        rows = _of(subject, subject_id, Dimension.ALL, since, until)
        return {row.pop("day"): Count(**row) for row in rows.values("day", *SUMS)}

    def shares(
        self, subject: Subject, subject_id: int, dimension: Dimension, since: date, until: date, most: int = 10
    ) -> list[tuple[str, Count]]:
        rows = _of(subject, subject_id, dimension, since, until)
        sums = rows.values("value").annotate(**{f"sum_{name}": each for name, each in SUMS.items()})
        found = sums.order_by("-sum_views", "-sum_plays", "value")[:most]
        return [(row["value"], Count(**{name: row[f"sum_{name}"] or 0 for name in SUMS})) for row in found]

    def curve(self, work_id: int, since: date, until: date) -> list[int]:
        seen = [0] * PARTS
        days = Curve.objects.filter(work_id=work_id, day__range=(since, until))
        for packed in days.values_list("seen", flat=True):
            seen = [sum(pair) for pair in zip(seen, unpack(packed), strict=True)]
        return seen

    def reach(self, day: date) -> dict[int, int]:
        viewed = DayVisitor.objects.filter(day=day, subject=Subject.ADDRESS, views__gt=0)
        return dict(viewed.values_list("subject_id").annotate(addresses=Rows("pk")).order_by())

    def forget(self, subject: Subject, subject_id: int) -> None:
        Tally.objects.filter(subject=subject, subject_id=subject_id).delete()
        DayVisitor.objects.filter(subject=subject, subject_id=subject_id).delete()
        if subject == Subject.WORK:
            Tally.objects.filter(dimension=Dimension.WORK, value=str(subject_id)).delete()
            Curve.objects.filter(work_id=subject_id).delete()
            Play.objects.filter(work_id=subject_id).delete()

    def prune(self, today: date) -> int:
        _remove(DayVisitor.objects.filter(day__lt=today - VISITORS_KEPT))
        return _remove(Play.objects.filter(day__lt=today - timedelta(days=settings.AUDIENCE_DAYS)))


def _of(subject: Subject, subject_id: int, dimension: Dimension, since: date, until: date):  # type: ignore[no-untyped-def]
    return Tally.objects.filter(subject=subject, subject_id=subject_id, dimension=dimension, day__range=(since, until))


def _remove(rows) -> int:  # type: ignore[no-untyped-def]
    gone = 0
    while numbers := list(rows.values_list("pk", flat=True)[:PIECE]):
        gone += rows.model.objects.filter(pk__in=numbers).delete()[0]
    return gone
