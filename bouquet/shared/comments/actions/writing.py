"""Write a comment, change it, take it away."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from bouquet.shared.accounts.models import Person
from bouquet.shared.comments.events import CommentHeld, CommentPublished, CommentRemoved
from bouquet.shared.comments.measures import measure_for
from bouquet.shared.comments.models import Comment
from bouquet.shared.comments.permissions import may_decide
from bouquet.shared.comments.phases import (
    CommentRefused,
    Draft,
    check_pace,
    check_words,
    check_writer,
    comments_that_stood,
    reasons_to_hold,
)
from bouquet.shared.comments.policy import Opening, opening_of, rules_for
from bouquet.shared.comments.standing import count, lock_comment, turn
from bouquet.shared.comments.words import MOST, people_in, tidy
from bouquet.shared.works.models import Work
from bouquet.shared.works.permissions import Viewer
from bouquet.toolkit.events import announce

SAME_WITHIN = timedelta(minutes=10)
FAR_TOO_MUCH = 10 * MOST  # what goes beyond is refused anyway: ten megabytes are not read to the end first


def add_comment(
    work: Work, *, by: Person, text: str, answers: Comment | None = None, key: str = ""
) -> tuple[Comment, bool]:
    """Published, or held for a person to look at (`state`); and whether it is new: the same form sent twice, or the
    same words a moment later, are one comment. Raises CommentRefused. That `by` may open the work is asked before.
    """
    text = tidy(text[:FAR_TOO_MUCH])
    check_words(text)
    with transaction.atomic():
        Person.objects.select_for_update().only("pk").get(pk=by.pk)  # one after the other: a double click waits here
        if known := _sent_before(work, by, text, answers, key):
            return known, False
        if key and Comment.objects.filter(author=by, key=key[:24]).exists():
            key = ""  # of something said elsewhere
        draft = _draft(work, by, text)
        check_writer(work, by, draft.opening, draft.measure)
        if answers is not None and not (answers.is_live and answers.work_id == work.pk):
            raise CommentRefused(_("What you answer is not here any more."), 409)
        check_pace(draft)
        comment = _keep(draft, answers, key)
        told = CommentHeld if comment.state == Comment.State.HELD else CommentPublished
        announce(told(comment_id=comment.pk, work_id=work.pk))
    return comment, True


def edit_comment(comment: Comment, *, by: Person, text: str) -> Comment:
    """Other words; marked as edited. They pass the phases again: what would have been held is held now.

    That `by` may edit it is asked before (`permissions.may_edit`). Raises CommentRefused.
    """
    text = tidy(text[:FAR_TOO_MUCH])
    check_words(text)
    with transaction.atomic():
        row = lock_comment(comment)
        if text == row.text:
            return comment
        draft = _draft(comment.work, by, text)
        reasons = [reason for reason in reasons_to_hold(draft) if reason != "policy"]
        row.text, row.mentions, row.edited_at = text, people_in(text), timezone.now()
        row.held_for = list(dict.fromkeys([*row.held_for, *reasons]))
        row.save(update_fields=["text", "mentions", "edited_at", "held_for"])
        if reasons and turn(row, Comment.State.HELD):
            announce(CommentHeld(comment_id=row.pk, work_id=row.work_id))
    for name in ("text", "mentions", "edited_at", "state", "held_for"):
        setattr(comment, name, getattr(row, name))
    return comment


def remove_comment(comment: Comment, *, by: Person | None) -> None:
    """Its words are gone for good; answers to it stay, under a line that says so."""
    with transaction.atomic():
        row = lock_comment(comment)
        if turn(row, Comment.State.REMOVED, text="", mentions=[], held_for=[], hearted=False):
            announce(CommentRemoved(comment_id=row.pk, work_id=row.work_id))
    comment.state, comment.text = row.state, row.text


def opening_for(work: Work) -> Opening:
    """Whether it may be commented on now, with the house's rules read afresh."""
    return opening_of(work, rules_for(work))


def _sent_before(work: Work, by: Person, text: str, answers: Comment | None, key: str) -> Comment | None:
    theirs = Comment.objects.filter(author=by, work_id=work.pk)
    if key and (known := theirs.filter(key=key[:24]).first()):
        return known
    lately = theirs.filter(created_at__gt=timezone.now() - SAME_WITHIN, answers=answers, text=text)
    return lately.exclude(state=Comment.State.REMOVED).first()


def _draft(work: Work, by: Person, text: str) -> Draft:
    rules = rules_for(work)
    return Draft(
        work=work,
        by=by,
        text=text,
        opening=opening_of(work, rules),
        rules=rules,
        standing=comments_that_stood(by, rules.hold_first),
        is_trusted=may_decide(Viewer.for_person(by), work),
        measure=measure_for(by, work.site),
    )


def _keep(draft: Draft, answers: Comment | None, key: str) -> Comment:
    reasons = reasons_to_hold(draft)
    root = answers.root or answers if answers else None
    place = 0
    if root is not None:
        root = lock_comment(root)  # places of a thread are given one after the other
        place = (root.thread.aggregate(last=Max("place"))["last"] or 0) + 1
    comment = Comment.objects.create(
        work_id=draft.work.pk,
        channel_id=draft.work.channel_id,
        author=draft.by,
        root=root,
        answers=answers,
        place=place,
        text=draft.text,
        mentions=people_in(draft.text),
        state=Comment.State.HELD if reasons else Comment.State.LIVE,
        held_for=reasons,
        key=key[:24],
    )
    if comment.is_live:
        count(comment, 1)
    comment.work = draft.work
    return comment
