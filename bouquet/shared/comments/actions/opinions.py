"""Like, heart, pin, silence, report. Each says which state is meant, so that twice is once."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import F

from bouquet.shared.accounts.models import Person
from bouquet.shared.comments.events import CommentReported
from bouquet.shared.comments.models import Comment, Like, Report, Silence
from bouquet.shared.comments.phases import CommentRefused
from bouquet.shared.comments.policy import opening_of, rules_for
from bouquet.shared.comments.standing import lock_comment
from bouquet.shared.works.actions import plain_text
from bouquet.toolkit.events import announce


def like_comment(comment: Comment, *, by: Person) -> None:
    """One mark of respect of each person. A discussion that is closed takes no more: CommentRefused."""
    opening = opening_of(comment.work, rules_for(comment.work))
    if not opening.is_open:
        raise CommentRefused(opening.words, 403)
    with transaction.atomic():
        _like, is_new = Like.objects.get_or_create(comment=comment, person=by)
        if is_new:
            Comment.objects.filter(pk=comment.pk).update(likes=F("likes") + 1)
    comment.refresh_from_db(fields=["likes"])


def unlike_comment(comment: Comment, *, by: Person) -> None:
    with transaction.atomic():
        gone, _rows = Like.objects.filter(comment=comment, person=by).delete()
        if gone:
            Comment.objects.filter(pk=comment.pk, likes__gt=0).update(likes=F("likes") - 1)
    comment.refresh_from_db(fields=["likes"])


def heart_comment(comment: Comment, *, by: Person) -> None:
    """The maker's own sign that they like it."""
    _set_heart(comment, True)


def unheart_comment(comment: Comment, *, by: Person) -> None:
    _set_heart(comment, False)


def pin_comment(comment: Comment, *, by: Person) -> None:
    """Above all others; one of a work. Answers are not pinned, only what begins a thread."""
    with transaction.atomic():
        row = lock_comment(comment)
        if row.root_id is None and row.is_live:
            Comment.objects.filter(work=row.work_id, pinned=True).exclude(pk=row.pk).update(pinned=False)
            Comment.objects.filter(pk=row.pk).update(pinned=True)
            comment.pinned = True


def unpin_comment(comment: Comment, *, by: Person) -> None:
    Comment.objects.filter(pk=comment.pk).update(pinned=False)
    comment.pinned = False


def silence_thread(comment: Comment, *, by: Person) -> None:
    """No more notices of the thread that it stands in."""
    Silence.objects.get_or_create(thread_id=comment.root_id or comment.pk, person=by)


def listen_to_thread(comment: Comment, *, by: Person) -> None:
    Silence.objects.filter(thread_id=comment.root_id or comment.pk, person=by).delete()


def report_comment(comment: Comment, *, by: Person, why: str, words: str = "") -> Report | None:
    """To the desk of its site, with what it says now. Once for each person; None where they did already."""
    try:
        with transaction.atomic():
            report = Report.objects.create(
                comment=comment,
                site_id=comment.work.site_id,
                person=by,
                why=why,
                words=plain_text(words)[:1000],
                said=comment.text,
            )
            announce(CommentReported(comment_id=comment.pk, work_id=comment.work_id))
    except IntegrityError:
        return None
    return report


def _set_heart(comment: Comment, hearted: bool) -> None:
    Comment.objects.filter(pk=comment.pk).update(hearted=hearted)
    comment.hearted = hearted
