"""The only file that speaks to a search engine: SQLite's FTS5 or PostgreSQL's text search, both over the Entry rows.

The index follows its rows by the database's own means (triggers, a generated column): the two can never disagree.
Words reach a query only as letters and digits (folding.WORD), so nothing in a reader's line is an operator.
"""

from __future__ import annotations

from typing import Any

from django.db import connection, connections

# Of all works that match, so many are ranked: the newest. A word that fits more says too little for a better order.
MOST_RANKED = 5000
# A hit in the title weighs more than one in a name, that more than one in the text, and that more than one in speech.
WEIGHTS = {"title": 10.0, "names": 4.0, "body": 1.0, "speech": 0.4, "place": 0.0}

SQLITE = [
    """CREATE VIRTUAL TABLE IF NOT EXISTS search_index USING fts5(title, names, body, speech, place,
    content='search_entry', content_rowid='work_id', prefix='2 3', tokenize="unicode61 remove_diacritics 0")""",
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
        || setweight(to_tsvector('simple'::regconfig, body || ' ' || speech), 'C')
        || setweight(to_tsvector('simple'::regconfig, place), 'D')) STORED""",
    "CREATE INDEX IF NOT EXISTS search_document ON search_entry USING gin (document)",
]


def lay_index(using: str) -> None:
    """Make the engine's index where it is missing. Safe to run after every migration."""
    connection = connections[using]
    if "search_entry" not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        for statement in SQLITE if connection.vendor == "sqlite" else POSTGRESQL:
            cursor.execute(statement)


def hits(wanted: list[str], places: list[str]) -> dict[int, float]:
    """Works that have all the wanted words (or words that begin so), each with its rank: the smaller the better.

    Whether a reader may find them is not asked here: the caller narrows a queryset by them. One pass over the index.
    """
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(*_for_sqlite(wanted, places))
        else:
            cursor.execute(*_for_postgresql(wanted, places))
        return dict(cursor.fetchall())


def _for_sqlite(wanted: list[str], places: list[str]) -> tuple[str, list[Any]]:
    anywhere = [f'{{title names body speech}} : "{word}" *' for word in wanted]
    query = " AND ".join(anywhere + [f'place : "{place}"' for place in places])
    weights = ", ".join(str(weight) for weight in WEIGHTS.values())
    rank = f"SELECT rowid, bm25(search_index, {weights}) FROM search_index WHERE search_index MATCH %s"  # noqa: S608
    return f"{rank} ORDER BY rowid DESC LIMIT %s", [query, MOST_RANKED]


def _for_postgresql(wanted: list[str], places: list[str]) -> tuple[str, list[Any]]:
    query = " & ".join([f"'{word}':*ABC" for word in wanted] + [f"'{place}':D" for place in places])
    rank = "SELECT work_id, -ts_rank('{0, 0.1, 0.4, 1}', document, asked) FROM search_entry"
    words = "to_tsquery('simple', %s) AS asked"
    return f"{rank}, {words} WHERE document @@ asked ORDER BY work_id DESC LIMIT %s", [query, MOST_RANKED]
