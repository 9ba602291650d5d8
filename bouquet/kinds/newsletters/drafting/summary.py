"""A work in a few of its own sentences: its lead where it has one, else the sentences that say most of it.

Extractive: nothing is written that the work does not say. Sentences are weighed by the words that the whole text, and
above all its title, comes back to (H. P. Luhn, 1958), and by how early they stand; they keep their order.
"""

from __future__ import annotations

import re
from collections import Counter
from html import unescape

from django.utils.html import strip_tags
from django.utils.module_loading import import_string

from bouquet.shared.network.kinds import kind_named
from bouquet.shared.works.models import Work

MOST = 320  # characters: what is read of a story in a mail
LEAST = 60  # a shorter lead is a label, not a summary
READ = 12_000  # characters of a text; what is told later is not what it is about
# After . ! ? … and a closing mark, before what begins a sentence; not after "M." or an initial.
SENTENCE = re.compile(r"(?<=[.!?…])(?<!\b[A-ZÀ-Ý]\.)(?<!\bMM\.)(?<!\bDr\.)[»”\"]?\s+(?=[«“\"—–-]?\s?[A-ZÀ-ÝŒ0-9])")
WORD = re.compile(r"\w{4,}")


def summary_of(work: Work, text: str = "", language: str = "") -> str:
    """At most MOST characters of the work's own words, whole sentences where they fit; "" where it has none."""
    lead = _plain(work.said_in(language or work.language, "summary"))
    if len(lead) >= LEAST or (lead and not text):
        return _shortened(lead)
    found = SENTENCE.split(_plain(text)[:READ])  # a lead that comes again as the first paragraph is told once
    sentences = list(dict.fromkeys(each for each in found if 25 <= len(each) <= MOST))
    if not sentences:
        return _shortened(lead)
    chosen: list[int] = []
    for place in _by_weight(sentences, work.title):
        if sum(len(sentences[each]) + 1 for each in [*chosen, place]) <= MOST:
            chosen.append(place)
    return " ".join(sentences[place] for place in sorted(chosen))


def texts_of(works: list[Work]) -> dict[int, str]:
    """What is written in them beyond their summary, as each kind gives it for search (SiteKind.text)."""
    texts: dict[int, str] = {}
    for slug in {work.kind for work in works}:
        kind = kind_named(slug)
        if kind and kind.text:
            texts |= import_string(kind.text)([work.pk for work in works if work.kind == slug])
    return texts


def _by_weight(sentences: list[str], title: str) -> list[int]:
    counts = Counter(word for sentence in sentences for word in _words(sentence))
    named = set(_words(title))

    def weight(place: int) -> float:
        words = set(_words(sentences[place]))
        if not words:
            return 0.0
        said = sum(counts[word] for word in words if counts[word] > 1) + 4 * len(words & named)
        return said / len(words) ** 0.5 + 3 / (1 + place)

    return sorted(range(len(sentences)), key=lambda place: (-weight(place), place))


def _words(text: str) -> list[str]:
    return WORD.findall(text.casefold())


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", unescape(strip_tags(text))).strip()


def _shortened(text: str) -> str:
    """Whole sentences where one fits, else words and an ellipsis."""
    if len(text) <= MOST:
        return text
    kept = ""
    for sentence in SENTENCE.split(text):
        if len(kept) + len(sentence) + 1 > MOST:
            break
        kept = f"{kept} {sentence}".strip()
    return kept or text[: MOST - 1].rsplit(" ", 1)[0].rstrip(",;:–— ") + "…"
