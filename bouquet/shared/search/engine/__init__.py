"""The only room that speaks to a search engine: SQLite's FTS5 or PostgreSQL's text search, both over the Entry rows.

The index follows its rows by the database's own means (triggers, generated columns): the two can never disagree.
Words reach a query only as letters and digits (folding.WORD), so nothing in a reader's line is an operator.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from types import ModuleType

from django.db import connection, connections, transaction

from bouquet.shared.search.engine import postgresql, sqlite

# Of all works that match, so many are looked at: the newest. A word that fits more says too little for a better order.
# First for a page of the best, then for one that is narrowed or in another order, last for whoever reads on.
LOOKED_AT = (192, 500, 4800)


def lay_index(using: str) -> None:
    """Make the engine's index where it is missing. Safe to run after every migration."""
    connection = connections[using]
    if "search_entry" not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        _engine(connection.vendor).lay(cursor)


@contextmanager
def filled_at_the_end() -> Iterator[None]:
    """For very many rows at once: the index is written when all of them are there."""
    engine = _engine(connection.vendor)
    with connection.cursor() as cursor:
        engine.follow(cursor, on=False)
        yield
        engine.fill(cursor)
        engine.follow(cursor)


def forget_words() -> None:
    """What is kept of words beside the index: those that no work has any more."""
    with transaction.atomic(), connection.cursor() as cursor:
        _engine(connection.vendor).forget(cursor)


def hits(
    wanted: list[str], places: list[str], *, most: int = LOOKED_AT[0], titles_only: bool = False
) -> dict[int, float]:
    """At most so many works that have all the wanted words (or words that begin so), each with its rank.

    The smaller the better. Where the words are found says how good a hit is: 0 in the title, 1 in it or in names, 2 in
    the text too, 3 in what is said; and a little more where one of the words only begins so. Whether a reader may find
    them is not asked here: the caller narrows a queryset by them.

    Where fewer works match than `most`, they are all there. Where more do, there are the newest of those that have the
    words in their titles, and then the best of the newest that have them anywhere.
    """
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        return _engine(connection.vendor).hits(cursor, wanted, places, most, titles_only)  # type: ignore[no-any-return]


def matching(wanted: list[str], *, places: list[str], begun: Collection[str] = (), most: int) -> list[int]:
    """Works with all the wanted words, wherever in them, the newest first. `begun`: of which a beginning is enough."""
    if not wanted:
        return []
    terms = [(word, word in begun) for word in wanted]
    with connection.cursor() as cursor:
        return _engine(connection.vendor).matching(cursor, terms, places, most)  # type: ignore[no-any-return]


def _engine(vendor: str) -> ModuleType:
    return sqlite if vendor == "sqlite" else postgresql
