"""SQLite's FTS5: two indexes without text of their own that triggers keep in step with the Entry rows.

FTS5 walks through the whole list of every word that is asked for, so each question is asked of as little as it can be:
titles have a small index of their own, what is known to match is ranked between its first and its last row only, and
where a work stands is looked up for the few that were found before it is made a part of the question.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any

Term = tuple[str, bool]  # a word, and whether a beginning is enough
Hits = dict[int, tuple[str, bool]]  # the newest first: words of title and names, and whether something is said
TITLE, BODY, EVERYWHERE = "title", "title names body", "title names body speech"
MOST_LONGER = 12  # words: so many that begin alike are asked for one by one, more by their beginning

AMONG = "work_id IN (SELECT value FROM json_each(%s))"
TOKENS = """tokenize="unicode61 remove_diacritics 0" """
TABLES = {
    "search_index": f"title, names, body, speech, place, content='search_entry', content_rowid='work_id',"
    f" prefix='2 3 4', {TOKENS}",
    "search_titles": f"title, place, content='search_entry', content_rowid='work_id', detail=column,"
    f" prefix='1 2 3 4', {TOKENS}",
}
COLUMNS = {"search_index": "title names body speech place".split(), "search_titles": ["title", "place"]}


def lay(cursor: Any) -> None:
    """What is missing is made, and filled from the rows that are there."""
    names = set(TABLES) & {name for (name,) in cursor.execute("SELECT name FROM sqlite_master").fetchall()}
    for name in TABLES.keys() - names:
        cursor.execute(f"CREATE VIRTUAL TABLE {name} USING fts5({TABLES[name]})")
    # The words that stand in the index, in their order: it reads the index itself and keeps nothing.
    vocabulary = "CREATE VIRTUAL TABLE IF NOT EXISTS search_vocabulary USING fts5vocab('search_index', 'instance')"
    cursor.execute(vocabulary)
    follow(cursor)
    fill(cursor, TABLES.keys() - names)


def follow(cursor: Any, *, on: bool = True) -> None:
    """The triggers; without them while very many rows are written at once, and `fill` afterwards."""
    added, removed = "".join(map(_added, TABLES)), "".join(map(_removed, TABLES))
    for name, when, what in (
        ("added", "INSERT", added),
        ("removed", "DELETE", removed),
        ("changed", "UPDATE", removed + added),
    ):
        cursor.execute(f"DROP TRIGGER IF EXISTS search_entry_{name}")
        if on:
            cursor.execute(f"CREATE TRIGGER search_entry_{name} AFTER {when} ON search_entry BEGIN {what} END")


def forget(cursor: Any) -> None:
    """Nothing: its vocabulary is the index."""


def fill(cursor: Any, tables: Iterable[str] = TABLES) -> None:
    for name in tables:
        cursor.execute(f"INSERT INTO {name}({name}) VALUES ('rebuild')")  # noqa: S608


def _added(table: str) -> str:
    return _written(table, "", "new")


def _removed(table: str) -> str:
    return _written(table, table, "old")


def _written(table: str, command: str, row: str) -> str:
    names, values = ", ".join(COLUMNS[table]), ", ".join(f"{row}.{name}" for name in COLUMNS[table])
    first, said = (f"{command}, ", "'delete', ") if command else ("", "")
    return f"INSERT INTO {table}({first}rowid, {names}) VALUES ({said}{row}.work_id, {values}); "  # noqa: S608


def hits(cursor: Any, wanted: list[str], places: list[str], most: int, titles_only: bool) -> dict[int, float]:
    """Titles first, the newest; then what has the words anywhere, ranked by what is read of it."""
    whole = [_whole(word) for word in wanted]
    found = dict.fromkeys(_in_titles(cursor, whole, places, most), 0.0)
    begun = [_begun(cursor, word) for word in wanted] if len(found) < most else whole
    if begun != whole:
        for pk in _in_titles(cursor, begun, places, most):
            found.setdefault(pk, 0.3)
    if len(found) < most and not titles_only:
        anywhere = _anywhere(cursor, begun, places, most)
        found |= _ranked(cursor, wanted, (whole, begun), {pk: read for pk, read in anywhere.items() if pk not in found})
    best = sorted(found, key=lambda pk: (found[pk], -pk))[:most]
    return {pk: found[pk] for pk in best}


def matching(cursor: Any, terms: list[Term], places: list[str], most: int) -> list[int]:
    asked = [_begun(cursor, word) if begun else _whole(word) for word, begun in terms]
    return list(_anywhere(cursor, asked, places, most))


def _whole(word: str) -> str:
    return f'"{word}"'


def _begun(cursor: Any, word: str) -> str:
    """The words that begin with it, itself if there is such a word. A beginning that has no list of its own in the
    index would be put together from the whole lists of its words before the first hit is known: a few words are rather
    asked for by name."""
    last = word
    alike: list[str] = []
    while len(alike) <= MOST_LONGER:
        sql = "SELECT term FROM search_vocabulary WHERE term >= %s AND term <= %s LIMIT 1"
        row = cursor.execute(sql, [last, f"{word}\U0010ffff"]).fetchone()
        if row is None:
            return " OR ".join(map(_whole, alike or [word]))
        alike.append(row[0])
        last = f"{row[0]}\x01"  # what comes after it, however it goes on
    return f'"{word}" *'


def _in_titles(cursor: Any, terms: list[str], places: list[str], most: int) -> Hits:
    return _newest(cursor, "search_titles", TITLE, terms, places, most)


def _anywhere(cursor: Any, terms: list[str], places: list[str], most: int) -> Hits:
    return _newest(cursor, "search_index", EVERYWHERE, terms, places, most)


def _newest(cursor: Any, table: str, fields: str, terms: list[str], places: list[str], most: int) -> Hits:
    """Most works may stand in one place: its list is only walked where the rows, asked without it, are not enough."""
    found = _matching(cursor, table, _query(fields, terms), most)
    standing = _read(cursor, found, places)
    if len(standing) == len(found) or len(found) < most:
        return standing
    return _read(cursor, _matching(cursor, table, f"{_query(fields, terms)} AND {_placed(places)}", most), [])


def _read(cursor: Any, works: list[int], places: list[str]) -> Hits:
    """Those that stand in all the places, with what is needed of their rows: each is read once."""
    if not works:
        return {}
    here = "".join([" AND ' ' || place || ' ' LIKE %s"] * len(places))
    sql = f"SELECT work_id, title || ' ' || names, speech <> '' FROM search_entry WHERE {AMONG}{here}"  # noqa: S608
    rows = cursor.execute(sql, [json.dumps(works), *(f"% {place} %" for place in places)]).fetchall()
    return {pk: (text, bool(is_said)) for pk, text, is_said in sorted(rows, reverse=True)}


def _matching(cursor: Any, table: str, query: str, most: int) -> list[int]:
    sql = f"SELECT rowid FROM {table} WHERE {table} MATCH %s ORDER BY rowid DESC LIMIT %s"  # noqa: S608
    return [pk for (pk,) in cursor.execute(sql, [query, most]).fetchall()]


def _query(fields: str, terms: Sequence[str]) -> str:
    return " AND ".join(f"({{{fields}}} : ({term}))" for term in terms)


def _placed(places: list[str]) -> str:
    return " AND ".join(f'place : "{place}"' for place in places)


def _ranked(cursor: Any, wanted: list[str], asked: Sequence[list[str]], hits: Hits) -> dict[int, float]:
    """`hits` have all the wanted words somewhere, and not in their titles alone."""
    whole, begun = asked
    ranks = _by_names(wanted, hits)
    said = {pk for pk, (_text, is_said) in hits.items() if is_said}
    left = set(hits) - ranks.keys()
    for fields, terms, rank in ((BODY, whole, 2.0), (BODY, begun, 2.3), (EVERYWHERE, whole, 3.0)):
        if terms is begun or begun == whole:  # where nothing is said they can only be written
            ranks |= dict.fromkeys(left - said, rank)
            left &= said
        if left:
            here = left & _between(cursor, _query(fields, terms), left)
            ranks |= dict.fromkeys(here, rank)
            left -= here
    return ranks | dict.fromkeys(left, 3.3)


def _by_names(wanted: list[str], hits: Hits) -> dict[int, float]:
    """Ranks of those that have the words in title and names."""
    ranks = {}
    for pk, (text, _is_said) in hits.items():
        if all(word in text for word in wanted):  # most are out by this look
            words = text.split()
            if all(word in words for word in wanted):
                ranks[pk] = 1.0
            elif all(_begins_some(word, words) for word in wanted):
                ranks[pk] = 1.3
    return ranks


def _begins_some(word: str, words: list[str]) -> bool:
    return any(each.startswith(word) for each in words)


def _between(cursor: Any, query: str, works: Collection[int]) -> set[int]:
    sql = "SELECT rowid FROM search_index WHERE search_index MATCH %s AND rowid BETWEEN %s AND %s"
    sql += " AND +rowid IN (SELECT value FROM json_each(%s))"  # with a plus: not looked up one by one
    values = [query, min(works), max(works), json.dumps(list(works))]
    return {pk for (pk,) in cursor.execute(sql, values).fetchall()}
