"""Comments that were written elsewhere come with the work they are about: words, dates, threads, and a name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from bouquet.shared.comments.models import Comment
from bouquet.shared.comments.words import MOST, tidy
from bouquet.shared.works.actions import one_line
from bouquet.shared.works.models import Work

BROUGHT = "brought"  # why one waits: a name of phases.REASONS


@dataclass(frozen=True)
class Brought:
    key: str  # its name where it comes from
    answers: str  # the key of what it answers; "": it begins a thread
    name: str
    text: str
    at: datetime | None
    held: bool = False

    @classmethod
    def told(cls, said: dict[str, Any]) -> Self:
        """As a line of JSON has it."""
        when = datetime.fromisoformat(said["at"]) if said.get("at") else None
        return cls(said["key"], said.get("answers", ""), said["name"], said["text"], when, bool(said.get("held")))


def bring_comments(work: Work, brought: Iterable[Brought]) -> int:
    """Nobody is told, and no phase holds one: they were decided about where they were written. How many came.

    Not safe to run twice for a work: its caller does it in the transaction in which the work comes.
    """
    now = timezone.now()
    rows: dict[str, Comment] = {}
    places: dict[int, int] = {}
    with transaction.atomic():
        for each in sorted(brought, key=lambda each: each.at or now):
            if text := tidy(each.text):
                rows[each.key] = _put(work, each, text, now, rows, places)
        _count(work, rows.values())
    return len(rows)


def _put(
    work: Work, each: Brought, text: str, now: datetime, rows: dict[str, Comment], places: dict[int, int]
) -> Comment:
    answers = rows.get(each.answers)
    root = (answers.root or answers) if answers else None
    if root is not None:
        places[root.pk] = places.get(root.pk, 0) + 1
    return Comment.objects.create(
        work_id=work.pk,
        channel_id=work.channel_id,
        guest_name=one_line(each.name)[:80] or _("A reader"),
        root=root,
        answers=answers,
        place=places[root.pk] if root is not None else 0,
        text=text if len(text) <= MOST else f"{text[: MOST - 1]}…",
        state=Comment.State.HELD if each.held else Comment.State.LIVE,
        held_for=[BROUGHT] if each.held else [],
        created_at=min(each.at or now, now),
    )


def _count(work: Work, rows: Iterable[Comment]) -> None:
    live = [row for row in rows if row.is_live]
    answered: dict[int, int] = {}
    for row in live:
        for pk in {pk for pk in (row.root_id, row.answers_id) if pk is not None}:
            answered[pk] = answered.get(pk, 0) + 1
    for pk, number in answered.items():
        Comment.objects.filter(pk=pk).update(answer_count=number)
    if live:
        Work.objects.filter(pk=work.pk).update(comment_count=F("comment_count") + len(live))
