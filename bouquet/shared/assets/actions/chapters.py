"""Chapters of a film by hand. Without any, those of its description hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction

from bouquet.shared.assets.captions.chapters import (
    ChapterMark,
    ChaptersRefused,
    as_lines,
    as_vtt,
    checked,
    from_lines,
    in_description,
)
from bouquet.shared.assets.models import Asset, Chapter

__all__ = [
    "ChapterMark",
    "ChaptersRefused",
    "chapter_lines",
    "chapters_in",
    "chapters_track",
    "keep_chapters",
    "read_chapters",
]
chapter_lines = as_lines
chapters_in = in_description
chapters_track = as_vtt


def read_chapters(text: str, asset: Asset) -> list[ChapterMark]:
    """A chapter a line: “1:23 The river”. Raises ChaptersRefused with a sentence."""
    return from_lines(text, asset.duration)


@transaction.atomic
def keep_chapters(asset: Asset, given: Iterable[Sequence[Any]]) -> list[ChapterMark]:
    """(milliseconds, title) in order; none: those of the description hold again. Raises ChaptersRefused."""
    marks = checked(given, asset.duration)
    asset.chapters.all().delete()
    Chapter.objects.bulk_create(Chapter(asset=asset, starts_at=mark.starts_at, title=mark.title) for mark in marks)
    return marks
