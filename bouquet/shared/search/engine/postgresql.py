"""PostgreSQL's text search, asked so that its index alone answers.

Each word is kept with a letter for the field where it stands. Weights would say the same, but they are not in the
index: for each hit the row itself would have to be read and looked through. Titles and names have a column of their
own beside the one of everything: it is short, so that rows can be looked through where that is the quicker way.
"""

from __future__ import annotations

from typing import Any

Term = tuple[str, bool]  # a word, and whether a beginning is enough
FIELDS = {"a": "title", "b": "names", "c": "body", "d": "speech", "p": "place"}


def _coded(letters: str) -> str:
    fields = (f"'{each}:' || replace(replace({FIELDS[each]}, E'\\n', ' '), ' ', ' {each}:')" for each in letters)
    return "array_to_tsvector(" + " || ".join(f"string_to_array({field}, ' ')" for field in fields) + ")"


INDEX = [
    f"ALTER TABLE search_entry ADD COLUMN IF NOT EXISTS heads tsvector GENERATED ALWAYS AS ({_coded('abp')}) STORED",
    f"ALTER TABLE search_entry ADD COLUMN IF NOT EXISTS words tsvector GENERATED ALWAYS AS ({_coded('abcdp')}) STORED",
    "CREATE INDEX IF NOT EXISTS search_heads ON search_entry USING gin (heads)",
    "CREATE INDEX IF NOT EXISTS search_words ON search_entry USING gin (words)",
]
SHORT = 4  # letters: so many words may begin so that the newest works are looked through first
WINDOW = 5  # times as many of them as are wanted

# How many works have a word, PostgreSQL knows: it takes the index for a rare one and walks from the newest for a
# frequent one. Of beginnings it knows nothing, and would walk past everything: MATERIALIZED makes it take the index.
IN_TITLES = "SELECT work_id FROM search_entry WHERE heads @@ %(whole)s::tsquery ORDER BY work_id DESC LIMIT %(most)s"
OF_NEWEST = """
    WITH newest AS MATERIALIZED (SELECT work_id, heads FROM search_entry ORDER BY work_id DESC LIMIT %(window)s)
    SELECT work_id FROM newest WHERE heads @@ %(terms)s::tsquery ORDER BY work_id DESC LIMIT %(most)s
"""
ANYWHERE = """
    WITH found AS MATERIALIZED (SELECT work_id FROM search_entry WHERE words @@ %(terms)s::tsquery)
    SELECT work_id FROM found ORDER BY work_id DESC LIMIT %(most)s
"""
# Ranks: by titles and names for all that match; the others only once they are known to be among the first.
RANKED = """
    WITH found AS MATERIALIZED (SELECT work_id, heads FROM search_entry WHERE {column} @@ %(all)s::tsquery),
    best AS (SELECT work_id, CASE WHEN heads @@ %(t0)s::tsquery THEN 0 WHEN heads @@ %(t0b)s::tsquery THEN 0.3
            WHEN heads @@ %(t1)s::tsquery THEN 1 WHEN heads @@ %(t1b)s::tsquery THEN 1.3 ELSE 2 END AS rank
        FROM found ORDER BY rank, work_id DESC LIMIT %(most)s)
    SELECT best.work_id, (CASE WHEN rank < 2 THEN rank WHEN words @@ %(t2)s::tsquery THEN 2
            WHEN words @@ %(t2b)s::tsquery THEN 2.3 WHEN words @@ %(t3)s::tsquery THEN 3 ELSE 3.3 END)::float
      FROM best JOIN search_entry AS entry ON entry.work_id = best.work_id
"""


def hits(cursor: Any, wanted: list[str], places: list[str], most: int, tiers: int) -> dict[int, float]:
    whole, begun = [(word, False) for word in wanted], [(word, True) for word in wanted]
    cursor.execute(IN_TITLES, {"whole": _query(whole, places, "a"), "most": most})
    found = {pk: 0.0 for (pk,) in cursor.fetchall()}
    if len(found) >= most:
        return found
    if all(len(word) <= SHORT for word in wanted):
        newest = _of_newest(cursor, begun, places, "a", most)
        if len(newest) >= most:
            return dict.fromkeys(newest, 0.3) | found
    asked = {"all": _query(begun, places, "abcd"[:tiers]), "most": most}
    for tier in range(4):
        letters = "abcd"[: tier + 1]
        asked |= {f"t{tier}": _query(whole, places, letters), f"t{tier}b": _query(begun, places, letters)}
    cursor.execute(RANKED.format(column="heads" if tiers <= 2 else "words"), asked)
    return dict(cursor.fetchall())


def matching(cursor: Any, terms: list[Term], places: list[str], most: int) -> list[int]:
    """In titles and names of the newest, where that is enough."""
    newest = _of_newest(cursor, terms, places, "ab", most)
    if len(newest) >= most:
        return newest
    cursor.execute(ANYWHERE, {"terms": _query(terms, places, "abcd"), "most": most})
    return [pk for (pk,) in cursor.fetchall()]


def _of_newest(cursor: Any, terms: list[Term], places: list[str], letters: str, most: int) -> list[int]:
    cursor.execute(OF_NEWEST, {"window": WINDOW * most, "terms": _query(terms, places, letters), "most": most})
    return [pk for (pk,) in cursor.fetchall()]


def _query(terms: list[Term], places: list[str], letters: str) -> str:
    """All the words, each in one of the fields; and the place."""
    words = [" | ".join(f"'{each}:{word}'{':*' * begun}" for each in letters) for word, begun in terms]
    return " & ".join([f"({word})" for word in words] + [f"'p:{place}'" for place in places])
