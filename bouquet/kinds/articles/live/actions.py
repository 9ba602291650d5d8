"""An entry is written, mended, pinned, taken out; the live ends and goes on. Each is out at once.

What was changed on the desk and is not published yet stays a draft: it gets the entry, too, and readers get none of it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from bouquet.kinds.articles.models import ArticlePage
from bouquet.shared.accounts.models import Person

Blocks = list[dict[str, Any]]


def add_entry(page: ArticlePage, name: str, *, title: str, text: str, pinned: bool = False, by: Person) -> None:
    """`name` is the form's own: who presses twice says it once."""
    at = timezone.now().replace(microsecond=0).isoformat()
    value = {"at": at, "title": title, "text": text, "pinned": pinned, "corrected": "", "last": False}

    def add(blocks: Blocks) -> None:
        if all(block.get("id") != name for block in blocks):
            blocks.append({"type": "entry", "value": value, "id": name})

    _change(page, add, by=by)


def amend_entry(page: ArticlePage, name: str, *, by: Person, **changes: Any) -> None:
    """`title`, `text`, `corrected` (what was wrong: readers see it), `pinned`."""

    def amend(blocks: Blocks) -> None:
        for block in blocks:
            if block.get("id") == name and block["type"] == "entry":
                block["value"] |= changes

    _change(page, amend, by=by)


def remove_entry(page: ArticlePage, name: str, *, by: Person) -> None:
    def remove(blocks: Blocks) -> None:
        blocks[:] = [block for block in blocks if not (block.get("id") == name and block["type"] == "entry")]

    _change(page, remove, by=by)


def end_live(page: ArticlePage, *, over: bool, by: Person) -> None:
    """The newest entry is the last one; with `over=False` it goes on."""

    def end(blocks: Blocks) -> None:
        entries = [block["value"] for block in blocks if block["type"] == "entry"]
        newest = max(reversed(entries), key=lambda each: datetime.fromisoformat(each["at"]), default=None)
        for value in entries:
            value["last"] = over and value is newest

    _change(page, end, by=by)


@transaction.atomic
def _change(page: ArticlePage, change: Callable[[Blocks], None], *, by: Person) -> None:
    """In what readers have, and in the draft that is newer than that."""
    shown = ArticlePage.objects.select_for_update().get(pk=page.pk)
    draft: Any = shown.get_latest_revision_as_object() if shown.has_unpublished_changes else None
    _rewrite(shown, change)
    shown.save_revision(user=by, log_action=True).publish(user=by)
    if draft is not None:
        _rewrite(draft, change)
        draft.save_revision(user=by)


def _rewrite(page: ArticlePage, change: Callable[[Blocks], None]) -> None:
    blocks: Blocks = json.loads(json.dumps(list(page.body.raw_data), default=str))
    change(blocks)
    page.body = json.dumps(blocks)  # type: ignore[assignment]
