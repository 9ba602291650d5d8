"""Adding to rows that may not be there yet, in the words that SQLite and PostgreSQL share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from struct import Struct
from typing import Any, TypeVar

from django.db import connection, models

from bouquet.shared.audience.rule import PARTS

ROWS_AT_ONCE = 500
HUNDRED = Struct(f"<{PARTS}I")
T = TypeVar("T")


def add_to(model: type[models.Model], key: Sequence[str], sums: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """INSERT … ON CONFLICT (key) DO UPDATE SET sum = sum + new. A row is its key, then its sums; no key twice."""
    table = connection.ops.quote_name(model._meta.db_table)
    names = ", ".join([*key, *sums])
    place = f"({', '.join(['%s'] * (len(key) + len(sums)))})"
    changes = ", ".join(f"{name} = {table}.{name} + excluded.{name}" for name in sums)
    for piece in pieces(rows, ROWS_AT_ONCE):
        sql = (
            f"INSERT INTO {table} ({names}) VALUES {', '.join([place] * len(piece))} "  # noqa: S608 (names of the model)
            f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET {changes}"
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, [value for row in piece for value in row])


def insert_new(
    model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]], key: Sequence[str]
) -> Iterator[tuple[Any, ...]]:
    """Insert the rows that are not there; gives the `key` of each that was new."""
    table = connection.ops.quote_name(model._meta.db_table)
    place = f"({', '.join(['%s'] * len(names))})"
    for piece in pieces(rows, ROWS_AT_ONCE):
        sql = (
            f"INSERT INTO {table} ({', '.join(names)}) VALUES {', '.join([place] * len(piece))} "  # noqa: S608
            f"ON CONFLICT DO NOTHING RETURNING {', '.join(key)}"
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, [value for row in piece for value in row])
            yield from cursor.fetchall()


def pieces(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    rows = iter(rows)
    while piece := list(islice(rows, size)):
        yield piece


def unpack(packed: Any) -> tuple[int, ...]:
    return HUNDRED.unpack(bytes(packed))


def pack(numbers: Sequence[int]) -> bytes:
    return HUNDRED.pack(*numbers)
