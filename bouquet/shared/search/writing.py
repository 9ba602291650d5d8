"""Writes the words of works into their entries."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.module_loading import import_string

from bouquet.shared.network.kinds import kind_named
from bouquet.shared.search.folding import words
from bouquet.shared.search.models import Entry
from bouquet.shared.search.spelling import learn, words_to_learn
from bouquet.shared.works.models import Work

CHUNK = 500
MOST_SPEECH = 250_000  # letters of one work, said or written: a whole day of talk would not fit an index
Piece = tuple[int, str]  # the second, and what is said from there on


def write_entries(work_ids: Iterable[int]) -> int:
    """Safe to run twice and for works that are gone; gives how many were written."""
    ids = list(work_ids)
    written = 0
    for start in range(0, len(ids), CHUNK):
        found = Work.objects.filter(pk__in=ids[start : start + CHUNK]).select_related("channel", "author")
        works = list(found.prefetch_related("tags", "also_on"))
        said, text = _said(works), _written(works)
        entries = [_entry(work, said.get(work.pk, []), text.get(work.pk, "")) for work in works]
        fields = ["title", "names", "body", "speech", "said", "moments", "place", "written_at"]
        Entry.objects.bulk_create(entries, update_conflicts=True, unique_fields=["work"], update_fields=fields)
        shown = [entry for entry, work in zip(entries, works, strict=True) if work.on_shelves]
        learn(set().union(*(words_to_learn(entry.title, entry.names) for entry in shown)))
        written += len(entries)
    return written


def place_of(*, site_id: int | None = None, kind: str = "") -> list[str]:
    """The words that say where a work stands."""
    return [f"site{site_id}"] * (site_id is not None) + [f"kind{kind}"] * bool(kind)


def _said(works: list[Work]) -> dict[int, list[Piece]]:
    """What is said in them, asked of each kind that has a word for it (SiteKind.speech)."""
    said: dict[int, list[Piece]] = {}
    for kind in {work.kind for work in works}:
        speech = getattr(kind_named(kind), "speech", "")
        if speech:
            said |= import_string(speech)([work.pk for work in works if work.kind == kind])
    return said


def _written(works: list[Work]) -> dict[int, str]:
    """What is written in them beyond title and summary (SiteKind.text)."""
    written: dict[int, str] = {}
    for kind in {work.kind for work in works}:
        if text := getattr(kind_named(kind), "text", ""):
            written |= import_string(text)([work.pk for work in works if work.kind == kind])
    return written


def _in_every_language(work: Work, name: str) -> str:
    translated = (texts.get(name, "") for texts in work.translations.values())
    return " ".join([getattr(work, name), *translated])


def _entry(work: Work, said: list[Piece], text: str) -> Entry:
    tags = " ".join(tag.name for tag in work.tags.all())
    places = place_of(site_id=work.site_id, kind=work.kind)
    for site in work.also_on.all():
        places += place_of(site_id=site.pk)
    names = {tags, work.channel.name if work.channel else "", work.author.name if work.author else ""}
    pieces = _fitting(said)
    return Entry(
        work=work,
        title=" ".join(words(_in_every_language(work, "title"))),
        names=" ".join(words(" ".join(sorted(names)))),
        body=" ".join(words(f"{_in_every_language(work, 'summary')} {text}"))[:MOST_SPEECH],
        speech="\n".join(folded for folded, _text, _at in pieces),
        said="\n".join(text for _folded, text, _at in pieces),
        moments=[at for _folded, _text, at in pieces],
        place=" ".join(places),
    )


def _fitting(said: list[Piece]) -> list[tuple[str, str, int]]:
    """Folded words, the text itself and its second, a line each, as far as there is room."""
    lines, room = [], MOST_SPEECH
    for at, text in said:
        folded = " ".join(words(text))
        room -= len(folded) + 1
        if room < 0:
            break
        if folded:
            lines.append((folded, " ".join(text.split()), at))
    return lines
