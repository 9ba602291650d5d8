"""“Did you mean …?”: other lines for one that finds nothing, or hardly anything.

A line is only ever said when it finds something for this very reader, by whole words, in works that they may find in
a list. So it never leads to an empty page, and a word that only stands in what is not for them is never told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from bouquet.shared.network.models import Site
from bouquet.shared.search.engine import matching
from bouquet.shared.search.folding import fold
from bouquet.shared.search.spelling import corrections
from bouquet.shared.search.writing import place_of
from bouquet.shared.works.models import Work
from bouquet.shared.works.permissions import Viewer

FEW = 2  # hits: with no more than these another line is looked for
SAID = 3
MOST_TRIES = 8
MOST_CORRECTED = 4  # words of a line
LOOKED_AT = 200  # works that a line must be tried on: the newest
TIMES_MORE = 5  # where there are hits already, another line must find so many times more
READ = 5  # works whose spelling is looked up
Line = list[tuple[str, bool]]  # words, each with whether it is another than the reader's


@dataclass(frozen=True)
class Meant:
    """A line that finds something. `pieces`: its words as they are written on the network, and whether each is new."""

    pieces: Line

    @property
    def line(self) -> str:
        return " ".join(word for word, _new in self.pieces)


def did_you_mean(wanted: list[str], *, viewer: Viewer, site: Site | None = None, found: int = 0) -> list[Meant]:
    """Better lines than `wanted` (folded words), which found so many works; none where that is enough."""
    if not wanted or found > FEW:
        return []
    places = place_of(site_id=None if site is None or site.is_main else site.pk)
    enough = max(1, found * TIMES_MORE)
    unknown = [word for word in wanted if not _listed([(word, False)], places, viewer)]
    options = {word: corrections(word) for word in (unknown or wanted)[:MOST_CORRECTED]}
    best = _corrected(wanted, unknown, options)
    said = _those_that_find(_with_other_words(best, unknown, options), enough, places, viewer)
    if said or found:
        return said
    return _those_that_find(_with_a_word_less(best), enough, places, viewer)


def _corrected(wanted: list[str], unknown: list[str], options: dict[str, list[str]]) -> Line:
    """What finds nothing by itself is corrected, or left out where nothing is like it."""
    likeliest = {word: others[0] for word, others in options.items() if word in unknown and others}
    kept = [word for word in wanted if word not in unknown or word in likeliest]
    return [(likeliest.get(word, word), word in likeliest) for word in kept]


def _with_other_words(best: Line, unknown: list[str], options: dict[str, list[str]]) -> Iterator[Line]:
    """The best, then it with the next corrections; where every word is known, each of them in turn is doubted."""
    if unknown and best:
        yield best
    for word, others in options.items():
        replaced = others[0] if unknown and others else word
        for other in others[1:] if unknown else others:
            yield [(other, True) if before == replaced else (before, new) for before, new in best]


def _with_a_word_less(best: Line) -> Iterator[Line]:
    if len(best) > 1:
        for place in range(len(best)):
            yield best[:place] + best[place + 1 :]


def _those_that_find(lines: Iterator[Line], enough: int, places: list[str], viewer: Viewer) -> list[Meant]:
    said: list[Meant] = []
    for line in islice(lines, MOST_TRIES):
        listed = _listed(line, places, viewer)
        if len(listed) >= enough:
            said.append(Meant(_as_written(line, listed[:READ])))
        if len(said) == SAID:
            break
    return said


def _listed(line: Line, places: list[str], viewer: Viewer) -> list[int]:
    """What this viewer finds in lists, the newest first. Of a new word the whole is asked for."""
    begun = [word for word, new in line if not new]
    found = matching([word for word, _new in line], places=places, begun=begun, most=LOOKED_AT)
    if not found:
        return []
    return list(Work.objects.listed_for(viewer).filter(pk__in=found).order_by("-pk").values_list("pk", flat=True))


def _as_written(line: Line, works: list[int]) -> Line:
    """With the accents that it has in those works: they are listed for the reader, so nothing else is told."""
    written: dict[str, str] = {}
    for work in Work.objects.filter(pk__in=works).select_related("channel").prefetch_related("tags"):
        titles = [work.title, *(texts.get("title", "") for texts in work.translations.values())]
        names = [work.channel.name if work.channel else "", *(tag.name for tag in work.tags.all())]
        for word in re.findall(r"\w+", " ".join(titles + names).lower()):
            written.setdefault(fold(word), word)
    return [(written.get(word, word) if new else word, new) for word, new in line]
