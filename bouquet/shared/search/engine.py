"""The only file that speaks to a search engine: SQLite's FTS5 or PostgreSQL's text search, both over the Entry rows.

The index follows its rows by the database's own means (triggers, a generated column): the two can never disagree.
Words reach a query only as letters and digits (folding.WORD), so nothing in a reader's line is an operator.
"""

from __future__ import annotations

from typing import Any

from django.db import connections

from bouquet.shared.works.models import WorkQuerySet

# Of all works that match, so many are ranked: the newest. A word that fits more says too little for a better order.
MOST_RANKED = 5000
# A hit in the title weighs more than one in a name, and that more than one in the text.
WEIGHTS = {"title": 10.0, "names": 4.0, "body": 1.0, "place": 0.0}

SQLITE = [
    """CREATE VIRTUAL TABLE IF NOT EXISTS search_index USING fts5(title, names, body, place, content='search_entry',
    content_rowid='work_id', prefix='2 3', tokenize="unicode61 remove_diacritics 0")""",
    """CREATE TRIGGER IF NOT EXISTS search_entry_added AFTER INSERT ON search_entry BEGIN
        INSERT INTO search_index(rowid, title, names, body, place)
        VALUES (new.work_id, new.title, new.names, new.body, new.place);
    END""",
    """CREATE TRIGGER IF NOT EXISTS search_entry_removed AFTER DELETE ON search_entry BEGIN
        INSERT INTO search_index(search_index, rowid, title, names, body, place)
        VALUES ('delete', old.work_id, old.title, old.names, old.body, old.place);
    END""",
    """CREATE TRIGGER IF NOT EXISTS search_entry_changed AFTER UPDATE ON search_entry BEGIN
        INSERT INTO search_index(search_index, rowid, title, names, body, place)
        VALUES ('delete', old.work_id, old.title, old.names, old.body, old.place);
        INSERT INTO search_index(rowid, title, names, body, place)
        VALUES (new.work_id, new.title, new.names, new.body, new.place);
    END""",
]
POSTGRESQL = [
    """ALTER TABLE search_entry ADD COLUMN IF NOT EXISTS document tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple'::regconfig, title), 'A')
        || setweight(to_tsvector('simple'::regconfig, names), 'B')
        || setweight(to_tsvector('simple'::regconfig, body), 'C')
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


def matching(works: WorkQuerySet, wanted: list[str], places: list[str]) -> WorkQuerySet:
    """Those of `works` that have all the wanted words (or words that begin so), the best first, then the newest.

    The match is joined to the queryset with its own conditions: what a viewer may not see is never a hit.
    """
    if not wanted:
        return works.none()
    make = _on_sqlite if connections[works.db].vendor == "sqlite" else _on_postgresql
    return make(works, wanted, places)


def _on_sqlite(works: WorkQuerySet, wanted: list[str], places: list[str]) -> Any:
    query = " AND ".join([f'{{title names body}} : "{word}" *' for word in wanted] + [f'place : "{p}"' for p in places])
    newest = "SELECT rowid FROM search_index WHERE search_index MATCH %s ORDER BY rowid DESC LIMIT 1 OFFSET %s"
    weights = ", ".join(str(weight) for weight in WEIGHTS.values())
    return works.extra(  # noqa: S610 (`query` is a parameter)
        tables=["search_index"],
        select={"closeness": f"bm25(search_index, {weights})"},
        where=[
            "search_index.rowid = works_work.id",
            "search_index MATCH %s",
            f"search_index.rowid >= COALESCE(({newest}), 0)",
        ],
        params=[query, query, MOST_RANKED],
    ).order_by("closeness", "-published_at", "-pk")


def _on_postgresql(works: WorkQuerySet, wanted: list[str], places: list[str]) -> Any:
    query = " & ".join([f"'{word}':*ABC" for word in wanted] + [f"'{place}':D" for place in places])
    hit = "search_entry.document @@ to_tsquery('simple', %s)"
    newest = f"SELECT work_id FROM search_entry WHERE {hit} ORDER BY work_id DESC LIMIT 1 OFFSET %s"  # noqa: S608
    return works.extra(  # noqa: S610 (`query` is a parameter)
        tables=["search_entry"],
        select={"closeness": "-ts_rank('{0, 0.1, 0.4, 1}', search_entry.document, to_tsquery('simple', %s))"},
        select_params=[query],
        where=[
            "search_entry.work_id = works_work.id",
            hit,
            f"search_entry.work_id >= COALESCE(({newest}), 0)",
        ],
        params=[query, query, MOST_RANKED],
    ).order_by("closeness", "-published_at", "-pk")
