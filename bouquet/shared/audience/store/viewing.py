"""Which plays of a batch are views, by the rule (`rule.py`): long enough, and not too soon or too often by the same."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import connection

from bouquet.shared.audience.models import DayVisitor, Play, Subject
from bouquet.shared.audience.rule import AGAIN_AFTER, MOST_A_DAY, MOST_FROM_ONE_ADDRESS, enough
from bouquet.shared.audience.store.adding import pieces

Key = tuple[date, int, int, int]  # day, subject, work, number
AT_ONCE = 500


class Viewings:
    def __init__(self, rows: Iterable[Play]) -> None:
        long_enough = [row for row in rows if not row.viewed and row.seconds >= enough(row.duration)]
        self._candidates = sorted(long_enough, key=lambda row: row.began_at)
        self._known: dict[Key, DayVisitor] = {}

    def decide(self) -> list[Play]:
        """Those that are views, noted for who comes again."""
        self._read()
        views = [row for row in self._candidates if self._is_view(row)]
        DayVisitor.objects.bulk_create(
            [each for each in self._known.values() if each.views],
            batch_size=AT_ONCE,
            update_conflicts=True,
            unique_fields=["day", "subject", "subject_id", "visitor"],
            update_fields=["views", "viewed_at"],
        )
        return views

    def _is_view(self, row: Play) -> bool:
        visitor, household = self._known[_visitor_key(row)], self._known[_household_key(row)]
        too_soon = visitor.views > 0 and abs(row.began_at - visitor.viewed_at) < AGAIN_AFTER
        if too_soon or visitor.views >= MOST_A_DAY or household.views >= MOST_FROM_ONE_ADDRESS:
            return False
        visitor.views += 1
        household.views += 1
        visitor.viewed_at = household.viewed_at = max(visitor.viewed_at, row.began_at)
        return True

    def _read(self) -> None:
        keys = {key for row in self._candidates for key in (_visitor_key(row), _household_key(row))}
        for key in keys:
            day, subject, work, visitor = key
            self._known[key] = DayVisitor(day=day, subject=subject, subject_id=work, visitor=visitor)
        for piece in pieces(sorted(keys), AT_ONCE):
            for row in _rows(piece):
                self._known[row.day, row.subject, row.subject_id, row.visitor] = row


def _rows(keys: list[Key]) -> Iterable[DayVisitor]:
    """By whole keys: a product of four lists would look at every work for every visitor."""
    table = connection.ops.quote_name(DayVisitor._meta.db_table)
    places = ", ".join(["(%s, %s, %s, %s)"] * len(keys))
    sql = f"SELECT * FROM {table} WHERE (day, subject, subject_id, visitor) IN (VALUES {places})"  # noqa: S608
    return DayVisitor.objects.raw(sql, [value for key in keys for value in key])


def _visitor_key(row: Play) -> Key:
    return (row.day, int(Subject.WORK), row.work_id, row.visitor)


def _household_key(row: Play) -> Key:
    return (row.day, int(Subject.ADDRESS), row.work_id, row.origin)
