"""The words of an album beyond its own: what is said below and of its photos, written down for search."""

from __future__ import annotations

from collections.abc import Iterable

from bouquet.kinds.photos.models import Photo


def words_of(work_ids: Iterable[int]) -> dict[int, str]:
    """See SiteKind.text. One query."""
    said: dict[int, list[str]] = {}
    rows = Photo.objects.filter(album__in=list(work_ids)).order_by("position", "pk")
    for album, caption, alternative, credit in rows.values_list("album", "caption", "alternative", "credit"):
        words = said.setdefault(album, [])
        words += [each for each in (caption, alternative) if each]
        if credit not in words:
            words.append(credit)
    return {album: " ".join(words) for album, words in said.items()}
