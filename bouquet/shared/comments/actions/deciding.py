"""What makers and editors decide: publish what waits, hide with a reason, block somebody from a channel."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from bouquet.shared.accounts.models import Person
from bouquet.shared.comments.events import CommentDecided, CommentPublished, CommentRemoved
from bouquet.shared.comments.models import Block, Comment, Report
from bouquet.shared.comments.permissions import makes, may_decide, may_give_back
from bouquet.shared.comments.standing import lock_comment, turn
from bouquet.shared.works.actions import one_line
from bouquet.shared.works.models import Channel
from bouquet.shared.works.permissions import Viewer
from bouquet.toolkit.events import announce


def publish_comment(comment: Comment, *, by: Person) -> bool:
    """Approve what waits, or bring back what was hidden; whether it changed. That `by` may is asked before."""
    with transaction.atomic():
        row = lock_comment(comment)
        if row.state == Comment.State.REMOVED:
            return False
        was_held = row.state == Comment.State.HELD
        changed = turn(row, Comment.State.LIVE, reason="", decided_by=by, decided_at=timezone.now())
        if changed:
            announce(CommentDecided(comment_id=row.pk, work_id=row.work_id, state=row.state))
            if was_held:
                announce(CommentPublished(comment_id=row.pk, work_id=row.work_id))
    _copy(row, comment)
    return changed


def hide_comment(comment: Comment, *, by: Person, reason: str = "", by_desk: bool = False, tell: bool = True) -> bool:
    """Out of sight for all but its author and who decides; the author is told, with the reason (`tell`: unless
    something that is told them says it already).
    """
    state = Comment.State.DOWN if by_desk else Comment.State.HIDDEN
    with transaction.atomic():
        row = lock_comment(comment)
        if row.state in (Comment.State.REMOVED, Comment.State.DOWN):
            return False
        fields = {"reason": one_line(reason)[:500], "decided_by": by, "decided_at": timezone.now()}
        changed = turn(row, state, **fields)
        if changed and tell:
            announce(CommentDecided(comment_id=row.pk, work_id=row.work_id, state=state, by_desk=by_desk))
    _copy(row, comment)
    return changed


def decide_all(comments: Iterable[Comment], *, by: Person, publish: bool, reason: str = "") -> int:
    """Several at once; those that this person may not decide about are left alone. How many changed."""
    viewer, changed = Viewer.for_person(by), 0
    for comment in comments:
        if publish and may_give_back(viewer, comment):
            changed += publish_comment(comment, by=by)
        elif not publish and may_decide(viewer, comment.work):
            by_desk = not makes(viewer, comment.work)
            changed += hide_comment(comment, by=by, reason=reason, by_desk=by_desk)
    return changed


def block_author(comment: Comment, *, by: Person) -> Block | None:
    """Who wrote it comments on this channel no more. What they wrote stays until it is hidden."""
    channel = comment.work.channel
    if channel is None or comment.author is None or comment.author_id in (by.pk, channel.owner_id):
        return None
    return Block.objects.get_or_create(channel=channel, person=comment.author, defaults={"by": by})[0]


def unblock_person(channel: Channel, person: Person) -> None:
    Block.objects.filter(channel=channel, person=person).delete()


def settle_reports(comment: Comment, *, by: Person) -> int:
    """The desk has looked: whatever it decided, these reports are done."""
    return Report.objects.filter(comment=comment, settled_at=None).update(settled_at=timezone.now(), settled_by=by)


def forget_guest(comment: Comment, *, by: Person) -> bool:
    """Somebody without an account wants what they wrote elsewhere gone: words and name, for good."""
    with transaction.atomic():
        row = lock_comment(comment)
        if not row.guest_name:
            return False
        turn(row, Comment.State.REMOVED, text="", held_for=[], reason="", hearted=False)
        row.guest_name, row.decided_by, row.decided_at = "", by, timezone.now()
        row.save(update_fields=["guest_name", "decided_by", "decided_at"])
        Report.objects.filter(comment=row).update(said="")
        announce(CommentRemoved(comment_id=row.pk, work_id=row.work_id))
    return True


def _copy(row: Comment, comment: Comment) -> None:
    comment.state, comment.reason, comment.decided_at = row.state, row.reason, row.decided_at
