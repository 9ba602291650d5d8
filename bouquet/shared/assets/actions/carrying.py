"""What is said in a film goes over to another file of it: captions and chapters, moved and cut to its length."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from bouquet.shared.assets.actions.captions import keep_captions
from bouquet.shared.assets.actions.chapters import keep_chapters
from bouquet.shared.assets.captions.chapters import ChaptersRefused
from bouquet.shared.assets.captions.writing import cues_of
from bouquet.shared.assets.models import Asset, Caption


def carry_texts(
    former: Asset,
    asset: Asset,
    *,
    starts_at: float = 0.0,
    chapters: Iterable[Any] | None = None,
    automatic: bool = True,
) -> int:
    """Copy captions and chapters of `former` to `asset`, which begins `starts_at` seconds later.

    Without `automatic` those that a machine heard stay behind: they are the words of that file. What lies before
    its beginning or behind its end is left out; gives how many texts and chapters that were.
    `chapters` are used in place of those written by hand. Call it inside a transaction.
    """
    earlier, length = round(starts_at * 1000), round((asset.duration or 0) * 1000)
    left_out = 0
    captions = former.captions.select_related("changed_by")
    for caption in captions if automatic else captions.exclude(origin=Caption.Origin.AUTOMATIC):
        cues = cues_of(caption)
        kept = moved_cues(cues, earlier=earlier, length=length)
        left_out += len(cues) - len(kept)
        keep_captions(
            asset,
            kept,
            language=caption.language,
            by=caption.changed_by,
            kind=caption.kind,
            origin=caption.origin,
            label=caption.label,
        )
    marks = [(each.starts_at, each.title) for each in (former.chapters.all() if chapters is None else chapters)]
    moved = moved_chapters(marks, earlier=earlier, length=length)
    left_out += len(marks) - len(moved)
    try:
        keep_chapters(asset, moved)
    except ChaptersRefused:  # too few are left to be chapters
        return left_out + len(moved)
    return left_out


def moved_cues(cues: Iterable[Sequence[Any]], *, earlier: int, length: int) -> list[list[Any]]:
    """Milliseconds. A text that begins before the film or ends after it is shown for the time that is left of it."""
    moved = []
    for start, end, *rest in cues:
        start, end = max(0, start - earlier), end - earlier
        end = min(end, length) if length else end
        if end > start:
            moved.append([start, end, *rest])
    return moved


def moved_chapters(marks: Sequence[tuple[int, str]], *, earlier: int, length: int) -> list[tuple[int, str]]:
    """The chapter in which the film now begins is its first. One that would last half a second is none."""
    moved = [(max(0, at - earlier), title) for at, title in marks if not length or at - earlier < length - 500]
    before = [number for number, (at, _title) in enumerate(moved) if at == 0]
    return moved[before[-1] :] if before else moved
