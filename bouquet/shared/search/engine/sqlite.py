"""SQLite's FTS5: an index without text of its own that triggers keep in step with the Entry rows."""

from __future__ import annotations

from typing import Any

Term = tuple[str, bool]  # a word, and whether a beginning is enough
# Each of these is asked in turn, the best first, until there are enough.
TIERS = ("title", "title names", "title names body", "title names body speech")

INDEX = [
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


def hits(cursor: Any, wanted: list[str], places: list[str], most: int, tiers: int) -> dict[int, float]:
    """Beginnings are only looked up where whole words are not enough. Where few works match, all of them are known
    after the second question, and the next ones are only asked until each of them has its rank.
    """
    whole = [(word, False) for word in wanted]
    found = dict.fromkeys(_matching(cursor, whole, places, 0, most), 0.0)
    if len(found) >= most:
        return found
    all_of_them: set[int] | None = None
    begun = [(word, _is_longer(cursor, word)) for word in wanted]
    for tier in range(tiers):
        for worse, terms in enumerate([whole, begun] if begun != whole else [whole]):
            if tier or worse:
                for pk in _matching(cursor, terms, places, tier, most):
                    found.setdefault(pk, tier + 0.3 * worse)
            if all_of_them is None and len(found) < most:
                all_of_them = set(_matching(cursor, begun, places, tiers - 1, most))
            if len(found) >= most or (all_of_them is not None and found.keys() >= all_of_them):
                return found
    return found


def matching(cursor: Any, terms: list[Term], places: list[str], most: int) -> list[int]:
    return _matching(cursor, terms, places, len(TIERS) - 1, most)


def _is_longer(cursor: Any, word: str) -> bool:
    """Whether longer words begin so. To ask for others as beginnings costs much and brings nothing: all that stands
    under a beginning is read and put in order before the first hit is known."""
    sql = "SELECT 1 FROM search_vocabulary WHERE term >= %s AND term <= %s LIMIT 1"
    return cursor.execute(sql, [f"{word}0", f"{word}\U0010ffff"]).fetchone() is not None  # no sign is before a zero


def _matching(cursor: Any, terms: list[Term], places: list[str], tier: int, most: int) -> list[int]:
    anywhere = [f'{{{TIERS[tier]}}} : "{word}"{" *" * begun}' for word, begun in terms]
    query = " AND ".join(anywhere + [f'place : "{place}"' for place in places])
    sql = "SELECT rowid FROM search_index WHERE search_index MATCH %s ORDER BY rowid DESC LIMIT %s"
    return [pk for (pk,) in cursor.execute(sql, [query, most]).fetchall()]
