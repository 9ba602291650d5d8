"""Numbers as CSV, for a spreadsheet: UTF-8 with a mark that Excel knows, commas, plain numbers."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from io import StringIO
from typing import Any

from bouquet.shared.audience.numbers import Numbers, Share
from bouquet.toolkit.sheets import MARK, as_text

Row = list[Any]


def csv_of(numbers: Numbers, what: str) -> str:
    """`what` is one of TABLES."""
    text = StringIO()
    writer = csv.writer(text)
    for row in TABLES[what](numbers):
        writer.writerow([as_text(each) if isinstance(each, str) else each for each in row])
    return MARK + text.getvalue()


def _days(numbers: Numbers) -> Iterable[Row]:
    yield ["day", "views", "plays", "visitors", "watch_seconds"]
    for day in numbers.by_day:
        yield [day.day.isoformat(), day.views, day.plays, day.visitors, day.watch_seconds]


def _curve(numbers: Numbers) -> Iterable[Row]:
    yield ["percent_of_film", "share_of_plays"]
    for part, share in enumerate(numbers.curve):
        yield [part, f"{share:.4f}"]


def _shares(name: str) -> Callable[[Numbers], Iterable[Row]]:
    def rows(numbers: Numbers) -> Iterable[Row]:
        yield [name.removesuffix("s") if name != "countries" else "country", "label", "views", "plays", "watch_seconds"]
        shares: list[Share] = getattr(numbers, name)
        for each in shares:
            yield [each.value, each.label, each.views, each.plays, each.watch_seconds]

    return rows


TABLES: dict[str, Callable[[Numbers], Iterable[Row]]] = {
    "days": _days,
    "curve": _curve,
    **{name: _shares(name) for name in ("sources", "countries", "devices", "embeds", "works")},
}
