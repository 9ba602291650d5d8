"""Where in a film a word is said: the line that says most of what was asked for, and its second."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bouquet.shared.search.models import Entry


@dataclass(frozen=True)
class Moment:
    at: int  # seconds
    text: str


def moments_of(work_ids: list[int], wanted: list[str]) -> dict[int, Moment]:
    """For those of a page of works in which a wanted word is said. One query."""
    entries = Entry.objects.filter(pk__in=work_ids).exclude(speech="").only("speech", "said", "moments")
    found = ((entry.pk, _best(entry, wanted)) for entry in entries)
    return {pk: moment for pk, moment in found if moment is not None}


def _best(entry: Entry, wanted: list[str]) -> Moment | None:
    """The first of the lines with most of the wanted words, and the one after it: sentences go on."""
    said: dict[int, int] = {}
    for word in wanted:
        for number in {entry.speech.count("\n", 0, hit.start() + 1) for hit in _hits(word, entry.speech)}:
            said[number] = said.get(number, 0) + 1
    if not said:
        return None
    best = min(said, key=lambda number: (-said[number], number))
    return Moment(at=entry.moments[best], text=" ".join(entry.said.split("\n")[best : best + 2]))


MOST_HITS = 200  # of one word in one film


def _hits(word: str, speech: str) -> list[re.Match[str]]:
    """Where a word of the folded text begins so. What is written there is letters, digits, spaces and line ends."""
    hits = []
    for hit in re.finditer(rf"(?:^|(?<=[ \n])){re.escape(word)}", speech):
        hits.append(hit)
        if len(hits) == MOST_HITS:
            break
    return hits
