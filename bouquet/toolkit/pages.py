"""Pages of a list that stay quick and stable however long it is: "what comes after this row", never "skip a million".

    page = keyset_page(Work.objects.on(site).listed_for(viewer), request, by=("-published_at", "-pk"))
    page.rows, page.next_cursor        # next_cursor is None on the last page
    page.next_url                      # the same address with ?after=…, or ""

The cursor holds the ordering values of the last row, signed: nobody can ask the list for something else with it, and a
row that was removed meanwhile leaves no hole. The last field of `by` must be unique.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any, Generic, TypeVar

from django.core import signing
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import connections, models
from django.db.models import Q, QuerySet
from django.http import HttpRequest

Row = TypeVar("Row")
Rows = TypeVar("Rows", bound=QuerySet[Any])
PARAMETER = "after"
# Lookups that a NULL never passes: where the list is already narrowed by one of them, NULLs need no thought.
_NEVER_NULL = {"exact", "lt", "lte", "gt", "gte", "range", "date", "year", "in"}


class BadCursor(ValueError):
    """The cursor is not one that this list gave."""


@dataclass(frozen=True)
class Page(Generic[Row]):
    rows: list[Row]
    cursor: str
    next_cursor: str | None
    next_url: str = ""

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def keyset_page(
    queryset: QuerySet[Any],
    place: HttpRequest | str | None = None,
    size: int = 24,
    by: Sequence[str] = ("-published_at", "-pk"),
) -> Page[Any]:
    """One page, one query. `place` is the request (reads ?after=) or a cursor.

    A bad cursor in a request gives the first page; given as text (the API) it raises BadCursor, a 422.
    """
    rows, given, _columns = _narrow(queryset, place, by)
    found = list(rows[: size + 1])
    return _page(found, given, place, size, by)


def first_page(found: list[Any], place: HttpRequest | str | None, size: int, by: Sequence[str]) -> Page[Any]:
    """As `keyset_page` gives it, for a list whose first rows somebody has fetched already: one more than the size of a
    page, where there are so many, in the order of `by`."""
    return _page(found, "", place, size, by)


def _page(found: list[Any], given: str, place: HttpRequest | str | None, size: int, by: Sequence[str]) -> Page[Any]:
    next_cursor = _seal(found[size - 1], by) if len(found) > size else None
    return Page(found[:size], given, next_cursor, _address(place, next_cursor))


def after_cursor(queryset: Rows, place: HttpRequest | str | None, by: Sequence[str]) -> Rows:
    """The rows that later pages will show, in order: for a list that works out something about them first."""
    return _narrow(queryset, place, by)[0]


def _narrow(queryset: Rows, place: HttpRequest | str | None, by: Sequence[str]) -> tuple[Rows, str, list[_Column]]:
    given = place.GET.get(PARAMETER, "") if isinstance(place, HttpRequest) else place or ""
    columns = [_Column.read(queryset, name) for name in by]
    rows = queryset.order_by(*by)
    try:
        if given:
            rows = rows.filter(_after(columns, _open(given, by, columns)))
    except BadCursor:
        if not isinstance(place, HttpRequest):
            raise
        given = ""
    return rows, given, columns


@dataclass(frozen=True)
class _Column:
    name: str
    descending: bool
    field: models.Field[Any, Any] | None
    nullable: bool
    nulls_last: bool  # where this database puts them for this direction when left alone, as its index does

    @classmethod
    def read(cls, queryset: QuerySet[Any], order: str) -> _Column:
        name, descending = order.lstrip("-"), order.startswith("-")
        field = _field(queryset.model, name)
        nullable = field is not None and field.null and not _excludes_null(queryset, field)
        largest = connections[queryset.db].features.nulls_order_largest
        return cls(name, descending, field, nullable, nulls_last=largest != descending)

    def beyond(self, value: Any) -> Q:
        """Rows strictly after `value` in this column's order."""
        if value is None:
            return Q(pk__in=[]) if self.nulls_last else Q(**{f"{self.name}__isnull": False})
        further = Q(**{f"{self.name}__{'lt' if self.descending else 'gt'}": value})
        return further | Q(**{f"{self.name}__isnull": True}) if self.nullable and self.nulls_last else further

    def level(self, value: Any) -> Q:
        return Q(**{f"{self.name}__isnull": True}) if value is None else Q(**{self.name: value})

    def bound(self, value: Any) -> Q:
        """What every later row satisfies: lets the database start in the index instead of at the top of the list."""
        if value is None or (self.nullable and self.nulls_last):
            return Q()
        return Q(**{f"{self.name}__{'lte' if self.descending else 'gte'}": value})


def _after(columns: list[_Column], values: list[Any]) -> Q:
    """(a, b, c) after (x, y, z): a beyond x, or a = x and (b beyond y, or b = y and (c beyond z))."""
    pairs = list(zip(columns, values, strict=True))
    last, value = pairs[-1]
    inner = reduce(
        lambda rest, pair: pair[0].beyond(pair[1]) | (pair[0].level(pair[1]) & rest),
        reversed(pairs[:-1]),
        last.beyond(value),
    )
    return pairs[0][0].bound(pairs[0][1]) & inner


def _field(model: type[models.Model], name: str) -> models.Field[Any, Any] | None:
    """The model field behind an ordering name; None for an annotation."""
    field: Any = None
    for part in name.split("__"):
        try:
            field = model._meta.pk if part == "pk" else model._meta.get_field(part)
        except FieldDoesNotExist:
            return None
        model = field.related_model or model
    return field if isinstance(field, models.Field) else None


def _excludes_null(queryset: QuerySet[Any], field: models.Field[Any, Any]) -> bool:
    where = queryset.query.where
    if where.connector != "AND" or where.negated:
        return False
    return any(_refuses_null(child, field) for child in where.children)


def _refuses_null(node: Any, field: models.Field[Any, Any]) -> bool:
    if getattr(node, "children", None) is not None:
        return (
            node.connector == "AND" and not node.negated and any(_refuses_null(each, field) for each in node.children)
        )
    if getattr(getattr(node, "lhs", None), "target", None) != field:
        return False
    return node.lookup_name in _NEVER_NULL or (node.lookup_name == "isnull" and node.rhs is False)


def _seal(row: Any, by: Sequence[str]) -> str:
    values = [_plain(_value(row, name.lstrip("-"))) for name in by]
    return signing.dumps(values, salt=_salt(by), compress=False)


def _open(cursor: str, by: Sequence[str], columns: list[_Column]) -> list[Any]:
    try:
        values = signing.loads(cursor, salt=_salt(by))
        return [
            column.field.to_python(value) if column.field else value
            for column, value in zip(columns, values, strict=True)
        ]
    except (signing.BadSignature, ValidationError, ValueError, TypeError) as error:
        raise BadCursor("This cursor is not one that this list gave.") from error


def _salt(by: Sequence[str]) -> str:
    return "page:" + ",".join(by)


def _value(row: Any, name: str) -> Any:
    for part in name.split("__"):
        row = row[part] if isinstance(row, dict) else getattr(row, part, None)
    return row


def _plain(value: Any) -> Any:
    if isinstance(value, models.Model):
        return value.pk
    return (
        value
        if value is None or isinstance(value, (int, float, str, bool))
        else getattr(value, "isoformat", value.__str__)()
    )


def _address(place: Any, next_cursor: str | None) -> str:
    if next_cursor is None or not isinstance(place, HttpRequest):
        return ""
    query = place.GET.copy()
    query[PARAMETER] = next_cursor
    return f"{place.path}?{query.urlencode()}"
