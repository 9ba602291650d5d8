"""Verbs: keep a page, say what it shows, clear what shows something."""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from bouquet.toolkit.page_cache.log import LOOKS_BACK
from bouquet.toolkit.page_cache.models import Clearing
from bouquet.toolkit.page_cache.notes import EVERYTHING, NOTES, Notes, mark

__all__ = ["EVERYTHING", "clear_pages", "depends_on", "keep_page", "may_keep"]


def keep_page(
    request: Any, *marks: str, seconds: int | None = None, until: datetime | None = None, query: Iterable[str] = ()
) -> None:
    """This page is the same for every stranger who asks with the same key (config/page_key.py): it may be kept.

    `marks` say what it shows: `clear_pages` with one of them ends it at once. `seconds`: how old may be what has no
    mark (counts, “3 hours ago”); the setting where nothing is said. `until`: when it becomes another page by itself.
    `query`: the parameters of the address that the page reads; one with others is not kept.
    """
    notes = _notes_of(request)
    if notes is None or not may_keep(request):
        return
    notes.keep = True
    notes.seconds = min(seconds or settings.PAGE_CACHE_SECONDS, notes.seconds or settings.PAGE_CACHE_SECONDS)
    notes.query.update(query)
    notes.marks.update(map(mark, marks))
    if until is not None:
        notes.until = min(until.timestamp(), notes.until or until.timestamp())


def may_keep(request: Any) -> bool:
    """Whether a door stands before this request that would keep its page."""
    return _notes_of(request) is not None and not request.user.is_authenticated


def depends_on(request: Any, *marks: str) -> None:
    """More of what the page shows; for blocks and lists inside it, whether or not it will be kept."""
    if notes := _notes_of(request):
        notes.marks.update(map(mark, marks))


def clear_pages(*marks: str) -> None:
    """What shows any of these is made anew, in every process, within a second of this transaction's end. One INSERT.

    EVERYTHING clears all. A change that is rolled back clears nothing.
    """
    if not settings.PAGE_CACHE_SECONDS:
        return
    words = " ".join(sorted({mark(each) for each in marks}))
    Clearing.objects.create(marks=words)
    written = time.monotonic()
    transaction.on_commit(lambda: _again_after_long(words, written))


def _again_after_long(words: str, written: float) -> None:
    """PostgreSQL shows rows in the order of their commits: readers do not look back for ever (log.LOOKS_BACK)."""
    if time.monotonic() - written > LOOKS_BACK / 3:
        Clearing.objects.create(marks=words)


def _notes_of(request: Any) -> Notes | None:
    return request.META.get(NOTES)
