"""A comment's standing changes here and nowhere else; the counts of its thread and its work go with it."""

from __future__ import annotations

from typing import Any

from django.db.models import F

from bouquet.shared.comments.models import Comment
from bouquet.shared.works.models import Work


def lock_comment(comment: Comment) -> Comment:
    """Its row as it is now, for this transaction only."""
    return Comment.objects.select_for_update().get(pk=comment.pk)


def turn(row: Comment, state: str, **fields: Any) -> bool:
    """Put a locked row into a state; whether it changed."""
    if row.state == state:
        return False
    was_live, row.state = row.is_live, state
    for name, value in fields.items():
        setattr(row, name, value)
    if not row.is_live:
        row.pinned = False  # a place of honour is for what can be read
    row.save(update_fields=["state", "pinned", *fields])
    count(row, int(row.is_live) - int(was_live))
    return True


def count(row: Comment, step: int) -> None:
    """One published comment more (1) or less (-1)."""
    if not step:
        return
    Work.objects.filter(pk=row.work_id).update(comment_count=F("comment_count") + step)
    above = {pk for pk in (row.root_id, row.answers_id) if pk is not None}
    if above:
        Comment.objects.filter(pk__in=above).update(answer_count=F("answer_count") + step)
