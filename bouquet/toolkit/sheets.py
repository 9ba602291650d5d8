"""Tables that a spreadsheet opens: CSV (RFC 4180), a line at a time, with nothing in it that one would run.

What strangers wrote stands in them: a cell that begins as a formula does is made a text by an apostrophe.
https://owasp.org/www-community/attacks/CSV_Injection
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import Any

MARK = "\ufeff"  # Excel reads UTF-8 as such where a file begins with it
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def sheet_lines(head: Iterable[Any], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """A whole table, from its mark to its last row; nothing of it gathers in memory."""
    writer = csv.writer(_Line())
    yield MARK + writer.writerow(head)  # type: ignore[operator]
    for row in rows:
        yield writer.writerow([as_text(cell) for cell in row])  # type: ignore[misc]


def as_text(cell: Any) -> str:
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


class _Line:
    """Gives each line back instead of keeping it."""

    def write(self, text: str) -> str:
        return text
