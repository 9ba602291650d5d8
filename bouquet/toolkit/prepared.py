"""Queries that every page asks, put into words once: Django's ORM takes several times longer to write a long SELECT
(ten joins, who may see what) than SQLite takes to answer it.

    prepared(("article", territory), lambda uid, at: Article.objects.filter(uid=uid, …), uid=uid, at=timezone.now())

`build` is called with stand-ins of the values' types and gives a queryset; its SQL is kept for the key, in this thread,
and asked again with other values. The key names everything else that the queryset is made of. Rows come as the
queryset's own models, with their `select_related` company.

A moment of today that `build` puts in by itself would stay as it was: a query with one is not kept, but made each time.
"""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet
from django.db.models.query import get_related_populators

Value = str | int | datetime
MOST = 300  # queries for each thread
MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d")

_here = threading.local()


def prepared(key: tuple[Any, ...], build: Callable[..., QuerySet[Any]], **values: Value) -> list[Any]:
    plans: OrderedDict[Any, _Plan | None] = _here.__dict__.setdefault("plans", OrderedDict())
    whole = (key, *((name, type(value)) for name, value in values.items()))
    if whole not in plans:
        plans[whole] = _plan(build, values)
        while len(plans) > MOST:
            plans.popitem(last=False)
    plan = plans[whole]
    return list(build(**values)) if plan is None else plan.rows(values)


class _Plan:
    def __init__(self, queryset: QuerySet[Any], stand_ins: dict[str, Value]) -> None:
        self.alias = queryset.db
        self.compiler = queryset.query.get_compiler(using=self.alias)
        self.sql, self.parameters = self.compiler.as_sql()
        known = {self._bound(value): name for name, value in stand_ins.items()}
        # Which of the values stands where; None where the query's own value stays.
        self.names = [known.get(each) if isinstance(each, str | int | datetime) else None for each in self.parameters]
        self._read_how_rows_are_made()

    def is_whole(self, values: dict[str, Value]) -> bool:
        """Every value has its place, and no other moment stands in it."""
        own = [each for name, each in zip(self.names, self.parameters, strict=True) if name is None]
        moments = [each for each in own if isinstance(each, datetime) or (isinstance(each, str) and MOMENT.match(each))]
        return not moments and {name for name in self.names if name} == set(values)

    def rows(self, values: dict[str, Value]) -> list[Any]:
        bound = {name: self._bound(value) for name, value in values.items()}
        parameters = [
            each if name is None else bound[name] for name, each in zip(self.names, self.parameters, strict=True)
        ]
        with connections[self.alias].cursor() as cursor:
            cursor.execute(self.sql, parameters)
            found = cursor.fetchall()
        rows = self.compiler.apply_converters(found, self.converters) if self.converters else found
        return [self._object(row) for row in rows]

    def _bound(self, value: Value) -> Any:
        if isinstance(value, datetime):
            return connections[self.alias].ops.adapt_datetimefield_value(value)
        return value

    def _read_how_rows_are_made(self) -> None:
        """As django.db.models.query.ModelIterable does for each page of rows."""
        compiler = self.compiler
        self.converters = compiler.get_converters([each[0] for each in compiler.select[: compiler.col_count]])
        self.model = compiler.klass_info["model"]
        fields = compiler.klass_info["select_fields"]
        self.begin, self.end = fields[0], fields[-1] + 1
        self.columns = [each[0].target.attname for each in compiler.select[self.begin : self.end]]
        # The stubs speak of a Django that is newer than ours.
        self.company = get_related_populators(compiler.klass_info, compiler.select, self.alias)  # type: ignore[call-arg]
        self.more = (compiler.annotation_col_map or {}).items()

    def _object(self, row: Any) -> Any:
        found = self.model.from_db(self.alias, self.columns, row[self.begin : self.end])
        for each in self.company:
            each.populate(row, found)
        for name, place in self.more:
            setattr(found, name, row[place])
        return found


def _plan(build: Callable[..., QuerySet[Any]], values: dict[str, Value]) -> _Plan | None:
    stand_ins = {name: _stand_in(place, name, value) for place, (name, value) in enumerate(values.items())}
    try:
        plan = _Plan(build(**stand_ins), stand_ins)
    except EmptyResultSet:
        return None
    return plan if plan.is_whole(values) else None


def _stand_in(place: int, name: str, value: Value) -> Value:
    """What nobody writes and no table holds, within what every column may hold."""
    if isinstance(value, datetime):
        return datetime(1987, 6, 5, 4, 3, 2, 10203 + place, tzinfo=UTC)
    return 2_147_480_000 + place if isinstance(value, int) else f"\u2693{name}\u2693"
