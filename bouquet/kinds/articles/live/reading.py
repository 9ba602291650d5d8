"""In which order the entries of a live article are read, and whether it goes on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any, TypeVar

from django.utils import timezone

GOES_ON = timedelta(hours=6)  # after its last entry a live article is over, whether or not somebody says so
Entry = TypeVar("Entry", bound=Any)  # a block, or a piece made of one: its `value` is what matters


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """What is kept at the top, then the newest first; of two in one second, the one that was written later."""
    later_first = list(entries)[::-1]
    return sorted(later_first, key=lambda each: (bool(each.value.get("pinned")), each.value["at"]), reverse=True)


def newest(entries: Iterable[Entry]) -> Entry | None:
    return max(entries, key=lambda each: each.value["at"], default=None)


def is_going_on(entries: Sequence[Entry]) -> bool:
    """Something was added lately, and nobody said that it was the last: the page looks for more."""
    last = newest(entries)
    return last is not None and not last.value.get("last") and last.value["at"] > timezone.now() - GOES_ON
