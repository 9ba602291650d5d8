"""The only file that speaks to a search engine: SQLite's FTS5 or PostgreSQL's text search, both over the Entry rows.

The index follows its rows by the database's own means (triggers, a generated column): the two can never disagree.
Words reach a query only as letters and digits (folding.WORD), so nothing in a reader's line is an operator.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import connection, connections

# Of all works that match, so many are looked at: the newest. A word that fits more says too little for a better order.
MOST_RANKED = 1000
# Where the words are found says how good a hit is. Each of these is asked in turn, the best first, until there are
# enough: so a frequent word costs no more than a rare one.
TIERS = ("title", "title names", "title names body", "title names body speech")

SQLITE = [
    """CREATE VIRTUAL TABLE IF NOT EXISTS search_index USING fts5(title, names, body, speech, place,
    content='search_entry', content_rowid='work_id', prefix='2 3 4', tokenize="unicode61 remove_diacritics 0")""",
    # The words that stand in the index, in their order: it reads the index itself and keeps nothing.
    "CREATE VIRTUAL TABLE IF NOT EXISTS search_vocabulary USING fts5vocab('search_index', 'instance')",
    """CREATE TRIGGER IF NOT EXISTS search_entry_added AFTER INSERT ON search_entry BEGIN
        INSERT INTO search_index(rowid, title, names, body, speech, place)
        VALUES (new.work_id, new.title, new.names, new.body, new.speech, new.place);
    END""",
    """CREATE TRIGGER IF NOT EXISTS search_entry_removed AFTER DELETE ON search_entry BEGIN
        INSERT INTO search_index(search_index, rowid, title, names, body, speech, place)
        VALUES ('delete', old.work_id, old.title, old.names, old.body, old.speech, old.place);
    END""",
    """CREATE TRIGGER IF NOT EXISTS search_entry_changed AFTER UPDATE ON search_entry BEGIN
        INSERT INTO search_index(search_index, rowid, title, names, body, speech, place)
        VALUES ('delete', old.work_id, old.title, old.names, old.body, old.speech, old.place);
        INSERT INTO search_index(rowid, title, names, body, speech, place)
        VALUES (new.work_id, new.title, new.names, new.body, new.speech, new.place);
    END""",
]
POSTGRESQL = [
    """ALTER TABLE search_entry ADD COLUMN IF NOT EXISTS document tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple'::regconfig, title), 'A')
        || setweight(to_tsvector('simple'::regconfig, names), 'B')
        || setweight(to_tsvector('simple'::regconfig, body), 'C')
        || setweight(to_tsvector('simple'::regconfig, speech), 'D')) STORED""",
    """ALTER TABLE search_entry ADD COLUMN IF NOT EXISTS places tsvector GENERATED ALWAYS AS (
        to_tsvector('simple'::regconfig, place)) STORED""",
    "CREATE INDEX IF NOT EXISTS search_document ON search_entry USING gin (document, places)",
]
LETTERS = ("A", "AB", "ABC", "ABCD")  # PostgreSQL's names of TIERS


def lay_index(using: str) -> None:
    """Make the engine's index where it is missing. Safe to run after every migration."""
    connection = connections[using]
    if "search_entry" not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        for statement in SQLITE if connection.vendor == "sqlite" else POSTGRESQL:
            cursor.execute(statement)


def hits(wanted: list[str], places: list[str], *, most: int = MOST_RANKED, tiers: int = len(TIERS)) -> dict[int, float]:
    """Works that have all the wanted words (or words that begin so), each with its rank: the smaller the better.

    Whether a reader may find them is not asked here: the caller narrows a queryset by them. Whole words come before
    beginnings; a beginning is only looked up where whole words are not enough. Where few works match, all of them are
    known after the second question, and the next ones are only asked until each of them has its rank.
    """
    found: dict[int, float] = {}
    all_of_them: set[int] | None = None
    begun = _beginnings(wanted)
    for tier in range(tiers):
        for worse, stars in enumerate([(), begun] if begun else [()]):
            for pk in matching(wanted, places, begun=stars, tier=tier, most=most):
                found.setdefault(pk, tier + 0.3 * worse)
            if all_of_them is None and len(found) < most:
                all_of_them = set(matching(wanted, places, begun=begun, tier=tiers - 1, most=most))
            if len(found) >= most or (all_of_them is not None and found.keys() >= all_of_them):
                return found
    return found


def _beginnings(wanted: list[str]) -> list[str]:
    """Those of the words with which a longer one begins. To ask for others as beginnings costs much and brings nothing:
    all that stands under a beginning is read and put in order before the first hit is known.

    PostgreSQL keeps no list of its words that could be asked: there every word may be one.
    """
    if connection.vendor != "sqlite":
        return wanted
    with connection.cursor() as cursor:
        return [word for word in wanted if _is_longer(cursor, word)]


def _is_longer(cursor: Any, word: str) -> bool:
    sql = "SELECT 1 FROM search_vocabulary WHERE term >= %s AND term <= %s LIMIT 1"
    return cursor.execute(sql, [f"{word}0", f"{word}\U0010ffff"]).fetchone() is not None  # no sign is before a zero


def matching(
    wanted: list[str], places: list[str], *, begun: Collection[str] = (), tier: int = -1, most: int
) -> list[int]:
    """Works with all the wanted words in the fields of a tier (all fields: -1), the newest first. One query.

    `begun`: of which of the words a beginning is enough.
    """
    if not wanted:
        return []
    stars = [word in begun for word in wanted]
    ask = _for_sqlite if connection.vendor == "sqlite" else _for_postgresql
    with connection.cursor() as cursor:
        cursor.execute(*ask(list(zip(wanted, stars, strict=True)), places, tier, most))
        return [pk for (pk,) in cursor.fetchall()]


def _for_sqlite(terms: list[tuple[str, bool]], places: list[str], tier: int, most: int) -> tuple[str, list[Any]]:
    anywhere = [f'{{{TIERS[tier]}}} : "{word}"{" *" * begun}' for word, begun in terms]
    query = " AND ".join(anywhere + [f'place : "{place}"' for place in places])
    return "SELECT rowid FROM search_index WHERE search_index MATCH %s ORDER BY rowid DESC LIMIT %s", [query, most]


def _for_postgresql(terms: list[tuple[str, bool]], places: list[str], tier: int, most: int) -> tuple[str, list[Any]]:
    query = " & ".join(f"'{word}':{'*' * begun}{LETTERS[tier]}" for word, begun in terms)
    sql = "SELECT work_id FROM search_entry WHERE document @@ to_tsquery('simple', %s)"
    values: list[Any] = [query]
    if places:
        sql += " AND places @@ to_tsquery('simple', %s)"
        values.append(" & ".join(f"'{place}'" for place in places))
    return f"{sql} ORDER BY work_id DESC LIMIT %s", [*values, most]
