"""PostgreSQL's text search, asked so that its index alone answers.

`heads` has titles and names, each word with a letter for its field, and is short; `texts` has every word, and where
something is said in a work, those that are written once more with a letter. Weights would say the same, but they are
not in the index: for each hit the row itself would have to be read and looked through.

An index of this kind gives all hits or none: it has no order. So every few thousand works have a number, which is a
word of theirs like any other, and the newest of them are asked first: a frequent word costs no more than a rare one.

A beginning is put together from the whole lists of its words before anything else is asked. So all words are kept by
themselves, too (`search_vocabulary`), and a few that begin alike are asked for by name.
"""

from __future__ import annotations

from math import ceil
from typing import Any

from bouquet.toolkit.remembered import remembered

Term = tuple[str, bool]  # a word, and whether a beginning is enough
Words = list[list[str]]  # for each that is wanted, in quotes: itself, and what is as good
HEADS = {"a": "title", "b": "names", "p": "place"}
NUMBER = "work_id >> 13"  # some eight thousand works have one
NEWEST = 2  # of those numbers are asked first
MORE = 1.25  # times as many again as they promise: how far is looked then
PART = 3  # but no further than to a third of all: walking through everything costs less by then
MOST_LONGER = 12  # words: so many that begin alike are asked for one by one, more by their beginning


def _words(*fields: str) -> str:
    text = " || ' ' || ".join(fields)
    return f"array_remove(string_to_array(replace({text}, E'\\n', ' '), ' '), '')"


def _coded(letter: str, field: str, condition: str = "true") -> str:
    said = f"'{letter}:' || replace(replace({field}, E'\\n', ' '), ' ', ' {letter}:')"
    return f"CASE WHEN {condition} THEN string_to_array({said}, ' ') ELSE ARRAY[]::text[] END"


_NUMBER = f"ARRAY['n:' || ({NUMBER})::text]"
_IS_SAID = "CASE WHEN speech = '' THEN ARRAY[]::text[] ELSE ARRAY['is:said'] END"
_HEADS = " || ".join([*(_coded(letter, field) for letter, field in HEADS.items()), _NUMBER, _IS_SAID])
_WRITTEN = _coded("t", "title || ' ' || names || ' ' || body", "speech <> ''")
_TEXTS = " || ".join([_words("title", "names", "body", "speech"), _WRITTEN, _coded("p", "place"), _NUMBER])
# In their order, so that two who write at once never wait for each other.
_LEARN = f"""
    INSERT INTO search_vocabulary SELECT found.word FROM
        (SELECT DISTINCT unnest({_words("title", "names", "body", "speech")}) COLLATE "C" AS word FROM written) AS found
     WHERE NOT EXISTS (SELECT 1 FROM search_vocabulary AS known WHERE known.word = found.word) ORDER BY found.word
        ON CONFLICT DO NOTHING
"""  # noqa: S608 (words of this file)
COLUMNS = [
    "ALTER TABLE search_entry DROP COLUMN IF EXISTS heads, DROP COLUMN IF EXISTS words",  # of an earlier shape
    f"ALTER TABLE search_entry ADD COLUMN heads tsvector GENERATED ALWAYS AS (array_to_tsvector({_HEADS})) STORED,"
    f" ADD COLUMN texts tsvector GENERATED ALWAYS AS (array_to_tsvector({_TEXTS})) STORED",
    "CREATE INDEX search_heads ON search_entry USING gin (heads)",
    "CREATE INDEX search_texts ON search_entry USING gin (texts)",
]
VOCABULARY = [
    'CREATE TABLE IF NOT EXISTS search_vocabulary (word text COLLATE "C" PRIMARY KEY)',
    "CREATE OR REPLACE FUNCTION search_learn() RETURNS trigger LANGUAGE plpgsql AS $$"
    f" BEGIN {_LEARN}; RETURN NULL; END $$",
]
FORGET = """
    DELETE FROM search_vocabulary WHERE word NOT IN
        (SELECT lexeme FROM search_entry, unnest(tsvector_to_array(texts)) AS lexeme)
"""
LONGER = f"""
    SELECT wanted, word FROM unnest(%s::text[]) AS wanted, LATERAL (SELECT word FROM search_vocabulary
        WHERE word >= wanted COLLATE "C" AND word < (wanted || U&'\\+10FFFF') COLLATE "C" ORDER BY word
        LIMIT {MOST_LONGER + 1}) AS longer
"""  # noqa: S608 (a number of this file)
# Materialized: else PostgreSQL may walk from the newest row on, past all that do not match.
FOUND = """
    WITH found AS MATERIALIZED (SELECT work_id, heads FROM search_entry WHERE {column} @@ %(terms)s::tsquery)
    SELECT work_id, {here}, {rank}, heads @@ '''is:said'''
      FROM (SELECT * FROM found ORDER BY work_id DESC LIMIT %(most)s) AS newest ORDER BY work_id DESC
"""
BY_NAMES = "CASE WHEN heads @@ %(whole)s::tsquery THEN 1 WHEN heads @@ %(begun)s::tsquery THEN 1.3 END::float"
BY_TEXTS = """
    SELECT work_id, (CASE WHEN NOT heads @@ '''is:said''' THEN CASE WHEN texts @@ %(whole)s::tsquery THEN 2 ELSE 2.3 END
            WHEN texts @@ %(written)s::tsquery THEN 2 WHEN texts @@ %(begun)s::tsquery THEN 2.3
            WHEN texts @@ %(whole)s::tsquery THEN 3 ELSE 3.3 END)::float
      FROM search_entry WHERE work_id = ANY(%(hits)s)
"""


def lay(cursor: Any) -> None:
    """What is missing is made, and filled from the rows that are there."""
    cursor.execute("SELECT 1 FROM pg_indexes WHERE indexname = 'search_texts' AND schemaname = current_schema()")
    is_new = cursor.fetchone() is None
    for statement in [*(COLUMNS if is_new else []), *VOCABULARY]:
        cursor.execute(statement)
    follow(cursor)
    if is_new:
        fill(cursor)


def follow(cursor: Any, *, on: bool = True) -> None:
    """The triggers of the vocabulary; what else is kept are columns, and follows their row by itself."""
    for name, when in (("added", "INSERT"), ("changed", "UPDATE")):
        cursor.execute(f"DROP TRIGGER IF EXISTS search_entry_{name} ON search_entry")
        if on:
            cursor.execute(
                f"CREATE TRIGGER search_entry_{name} AFTER {when} ON search_entry REFERENCING NEW TABLE AS written"
                " FOR EACH STATEMENT EXECUTE FUNCTION search_learn()"
            )


def fill(cursor: Any) -> None:
    cursor.execute(_LEARN.replace("FROM written", "FROM search_entry"))
    cursor.execute("ANALYZE search_entry")


def forget(cursor: Any) -> None:
    """Words that no work has any more. Reads all there is: for the night. Who writes an entry waits meanwhile, else a
    word that it knows might be forgotten under its hands; in a transaction."""
    cursor.execute("LOCK TABLE search_entry IN SHARE MODE")
    cursor.execute(FORGET)


def hits(cursor: Any, wanted: list[str], places: list[str], most: int, titles_only: bool) -> dict[int, float]:
    """Titles first, the newest; then what has the words anywhere, ranked by where they stand."""
    whole = [[f"'{word}'"] for word in wanted]
    found = {row[0]: 0.0 for row in _newest(cursor, "heads", _terms(whole, "a:"), places, most)}
    begun = _begun(cursor, wanted) if len(found) < most else whole
    if begun != whole:
        for row in _newest(cursor, "heads", _terms(begun, "a:"), places, most):
            found.setdefault(row[0], 0.3)
    if len(found) < most and not titles_only:
        names = {"whole": _terms(whole, "a:", "b:"), "begun": _terms(begun, "a:", "b:")}
        rows = _newest(cursor, "texts", _terms(begun, ""), places, most, names)
        found |= _ranked(cursor, whole, begun, [row for row in rows if row[0] not in found])
    best = sorted(found, key=lambda pk: (found[pk], -pk))[:most]
    return {pk: found[pk] for pk in best}


def matching(cursor: Any, terms: list[Term], places: list[str], most: int) -> list[int]:
    begun = iter(_begun(cursor, [word for word, is_begun in terms if is_begun]))
    asked = [next(begun) if is_begun else [f"'{word}'"] for word, is_begun in terms]
    return [row[0] for row in _newest(cursor, "texts", _terms(asked, ""), places, most)]


def _begun(cursor: Any, wanted: list[str]) -> Words:
    """For each word those that begin with it, itself if there is such a word; or its beginning, where there are many.
    One query."""
    longer: dict[str, list[str]] = {word: [] for word in wanted}
    if wanted:
        cursor.execute(LONGER, [wanted])
        for word, other in cursor.fetchall():
            longer[word].append(f"'{other}'")
    asked = ((word, alike or [f"'{word}'"]) for word, alike in longer.items())
    return [alike if len(alike) <= MOST_LONGER else [f"'{word}':*"] for word, alike in asked]


def _terms(words: Words, *letters: str) -> str:
    each = ([f"'{letter}{some[1:]}" for letter in letters for some in alike] for alike in words)
    return " & ".join(f"({' | '.join(some)})" for some in each)


def _newest(
    cursor: Any, column: str, terms: str, places: list[str], most: int, names: dict[str, str] | None = None
) -> list[tuple[int, bool, float | None, bool]]:
    """Rows of FOUND. Most works may stand in one place: its list is only walked where the rows, asked without it, are
    not enough."""
    placed = " & ".join(f"'p:{place}'" for place in places)
    here = "heads @@ %(placed)s::tsquery" if placed else "true"
    sql = FOUND.format(column=column, here=here, rank=BY_NAMES if names else "NULL")
    # Two words in one title are not so frequent, and the list of a title's word is short.
    values = {"placed": placed, "most": most, "is_frequent": column == "texts" or "&" not in terms} | (names or {})
    found = _in_parts(cursor, sql, terms, values)
    standing = [row for row in found if row[1]]
    if len(standing) == len(found) or len(found) < most:
        return standing
    return _in_parts(cursor, sql, f"{terms} & {placed}", values)


def _in_parts(cursor: Any, sql: str, terms: str, values: dict[str, Any]) -> list[Any]:
    """The newest works are asked first; then as many older ones as may be enough by these; then all."""
    last: int = remembered(("newest entry",), lambda: _last_number(cursor)) or 0
    if last >= NEWEST and values["is_frequent"]:
        most = values["most"]
        found = _of_numbers(cursor, sql, terms, values, range(last - NEWEST + 1, last + 2))  # one may be new
        further = ceil((most - len(found)) * NEWEST * MORE / (len(found) or 1))
        if 0 < further <= last // PART:
            older = range(last - NEWEST - further + 1, last - NEWEST + 1)
            found += _of_numbers(cursor, sql, terms, values, older)
        if len(found) >= most:
            return found[:most]
    cursor.execute(sql, values | {"terms": terms})
    return cursor.fetchall()  # type: ignore[no-any-return]


def _of_numbers(cursor: Any, sql: str, terms: str, values: dict[str, Any], numbers: range) -> list[Any]:
    among = " | ".join(f"'n:{number}'" for number in numbers)
    cursor.execute(sql, values | {"terms": f"{terms} & ({among})"})
    return cursor.fetchall()  # type: ignore[no-any-return]


def _last_number(cursor: Any) -> int | None:
    """A minute old is new enough: what it does not name is found among all."""
    cursor.execute("SELECT max(work_id) >> 13 FROM search_entry")
    last: int | None = cursor.fetchone()[0]
    return last


def _ranked(cursor: Any, whole: Words, begun: Words, rows: list[Any]) -> dict[int, float]:
    """They have all the wanted words somewhere, and not in their titles alone. Most are ranked already."""
    ranks = {pk: rank for pk, _here, rank, _is_said in rows if rank is not None}
    pairs = zip(whole, begun, strict=True)
    only_begun = any(word not in alike and not alike[0].endswith("*") for (word,), alike in pairs)  # none has it whole
    if begun == whole or only_begun:
        written = 2.3 if only_begun else 2.0
        ranks |= {pk: written for pk, _here, rank, is_said in rows if rank is None and not is_said}
    if left := [row[0] for row in rows if row[0] not in ranks]:
        asked = {"whole": _terms(whole, ""), "written": _terms(whole, "t:"), "begun": _terms(begun, "t:")}
        cursor.execute(BY_TEXTS, asked | {"hits": left})
        ranks |= dict(cursor.fetchall())
    return ranks
