"""The only room that speaks to a search engine: SQLite's FTS5 or PostgreSQL's text search, both over the Entry rows.

The index follows its rows by the database's own means (triggers, generated columns): the two can never disagree.
Words reach a query only as letters and digits (folding.WORD), so nothing in a reader's line is an operator.
"""

from __future__ import annotations

from collections.abc import Collection
from types import ModuleType

from django.db import connection, connections

from bouquet.shared.search.engine import postgresql, sqlite

# Of all works that match, so many are looked at: the newest. A word that fits more says too little for a better order.
MOST_RANKED = 1000
# Where the words are found says how good a hit is: in the title, in it or in names, in the text too, in what is said.
TIERS = 4


def lay_index(using: str) -> None:
    """Make the engine's index where it is missing. Safe to run after every migration."""
    connection = connections[using]
    if "search_entry" not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        for statement in _engine(connection.vendor).INDEX:
            cursor.execute(statement)


def hits(wanted: list[str], places: list[str], *, most: int = MOST_RANKED, tiers: int = TIERS) -> dict[int, float]:
    """Works that have all the wanted words (or words that begin so), each with its rank: the smaller the better.

    Whether a reader may find them is not asked here: the caller narrows a queryset by them. Whole words come before
    beginnings: a rank is the number of the tier, and a little more where one of the words only begins so. A frequent
    word costs no more than a rare one: then the newest of the best tiers are given.
    """
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        return _engine(connection.vendor).hits(cursor, wanted, places, most, tiers)  # type: ignore[no-any-return]


def matching(wanted: list[str], *, places: list[str], begun: Collection[str] = (), most: int) -> list[int]:
    """Works with all the wanted words, wherever in them, the newest first. `begun`: of which a beginning is enough."""
    if not wanted:
        return []
    terms = [(word, word in begun) for word in wanted]
    with connection.cursor() as cursor:
        return _engine(connection.vendor).matching(cursor, terms, places, most)  # type: ignore[no-any-return]


def _engine(vendor: str) -> ModuleType:
    return sqlite if vendor == "sqlite" else postgresql
