"""Views into the rows of works. What a view is, `shared/audience/rule.py` says: opening a page is none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

from django.db import connection, transaction
from django.db.models import Case, F, Value, When

from bouquet.shared.works.models import DayViews, Work

AT_ONCE = 500


@transaction.atomic
def add_views(counts: Mapping[tuple[int, date], int]) -> None:
    """Add views by (work, day), in few statements. Works that were removed meanwhile are left out."""
    by_work: Counter[int] = Counter()
    for (work_id, _day), number in counts.items():
        by_work[work_id] += number
    ordered = sorted(by_work)
    for start in range(0, len(ordered), AT_ONCE):
        piece = ordered[start : start + AT_ONCE]
        kept = set(Work.objects.filter(pk__in=piece).values_list("pk", flat=True))
        if cases := [When(pk=work_id, then=Value(by_work[work_id])) for work_id in sorted(kept)]:
            Work.objects.filter(pk__in=kept).update(views=F("views") + Case(*cases, default=Value(0)))
            _add_to_days([(work_id, day, number) for (work_id, day), number in counts.items() if work_id in kept])


def _add_to_days(rows: list[tuple[int, date, int]]) -> None:
    """`bulk_create(update_conflicts=True)` only replaces; adding needs the databases' own words (both speak these)."""
    table = connection.ops.quote_name(DayViews._meta.db_table)
    for start in range(0, len(rows), AT_ONCE):
        piece = rows[start : start + AT_ONCE]
        places = ", ".join(["(%s, %s, %s)"] * len(piece))
        sql = (
            f"INSERT INTO {table} (work_id, day, views) VALUES {places} "  # noqa: S608 (names from the model, values as parameters)
            f"ON CONFLICT (work_id, day) DO UPDATE SET views = {table}.views + excluded.views"
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, [value for row in piece for value in row])
