"""Writes the words of works into their entries."""

from __future__ import annotations

from collections.abc import Iterable

from bouquet.shared.search.folding import words
from bouquet.shared.search.models import Entry
from bouquet.shared.works.models import Work

CHUNK = 500


def write_entries(work_ids: Iterable[int]) -> int:
    """Safe to run twice and for works that are gone; gives how many were written."""
    ids = list(work_ids)
    written = 0
    for start in range(0, len(ids), CHUNK):
        works = Work.objects.filter(pk__in=ids[start : start + CHUNK]).select_related("channel", "author")
        entries = [_entry(work) for work in works]
        fields = ["title", "names", "body", "place", "written_at"]
        Entry.objects.bulk_create(entries, update_conflicts=True, unique_fields=["work"], update_fields=fields)
        written += len(entries)
    return written


def place_of(*, site_id: int | None = None, kind: str = "") -> list[str]:
    """The words that say where a work stands."""
    return [f"site{site_id}"] * (site_id is not None) + [f"kind{kind}"] * bool(kind)


def _entry(work: Work) -> Entry:
    names = {work.channel.name if work.channel else "", work.author.name if work.author else ""}
    return Entry(
        work=work,
        title=" ".join(words(work.title)),
        names=" ".join(words(" ".join(sorted(names)))),
        body=" ".join(words(work.summary)),
        place=" ".join(place_of(site_id=work.site_id, kind=work.kind)),
    )
