"""Who may read, change and decide about comments. What may not be seen does not exist."""

from __future__ import annotations

from datetime import timedelta

from django.http import Http404
from django.utils import timezone

from bouquet.shared.comments.models import Comment, CommentQuerySet
from bouquet.shared.works.models import Work
from bouquet.shared.works.permissions import Viewer, find_work

EDIT_FOR = timedelta(minutes=15)


def find_comment(uid: str, viewer: Viewer, *, among: CommentQuerySet | None = None) -> Comment:
    """The comment with this uid, if this viewer may open its work and read it there. Raises as `find_work` does."""
    if not uid.isascii() or not uid.isalnum():
        raise Http404
    found = among if among is not None else Comment.objects.all()
    comment = found.filter(uid=uid).select_related("author", "work", "work__site", "work__channel", "root").first()
    if comment is None:
        raise Http404
    find_work(Work.objects.all(), comment.work.uid, viewer)
    if not may_read(viewer, comment):
        raise Http404
    return comment


def may_read(viewer: Viewer, comment: Comment) -> bool:
    """Its words: what is published, by everybody; what waits or was hidden, by its author and who decides."""
    if comment.is_live:
        return True
    if comment.state == Comment.State.REMOVED or viewer.person is None:
        return False
    return comment.author_id == viewer.person.pk or may_decide(viewer, comment.work)


def may_decide(viewer: Viewer, work: Work) -> bool:
    """Approve, hide, pin: who made the work, who owns its channel, who edits its site."""
    return makes(viewer, work) or (viewer.person is not None and viewer.edits(work.site_id))


def may_honour(viewer: Viewer, work: Work) -> bool:
    """Put on top, recommend: the maker; in a newsroom, whose channel is nobody's own, the editors."""
    if makes(viewer, work):
        return True
    is_nobodys = work.channel is None or work.channel.owner_id is None
    return is_nobodys and viewer.person is not None and viewer.edits(work.site_id)


def makes(viewer: Viewer, work: Work) -> bool:
    person = viewer.person
    if person is None:
        return False
    return person.pk == work.author_id or (work.channel is not None and work.channel.owner_id == person.pk)


def may_edit(viewer: Viewer, comment: Comment) -> bool:
    """Its author, for a quarter of an hour, while it is read or waits."""
    is_theirs = viewer.person is not None and comment.author_id == viewer.person.pk
    in_time = comment.created_at > timezone.now() - EDIT_FOR
    return is_theirs and in_time and comment.state in (Comment.State.LIVE, Comment.State.HELD)


def may_remove(viewer: Viewer, comment: Comment) -> bool:
    """Its author, always."""
    is_theirs = viewer.person is not None and comment.author_id == viewer.person.pk
    return is_theirs and comment.state != Comment.State.REMOVED


def may_give_back(viewer: Viewer, comment: Comment) -> bool:
    """What the editors took down, only they publish again; what its author removed, nobody."""
    if comment.state == Comment.State.DOWN:
        return viewer.edits(comment.work.site_id)
    return comment.state in (Comment.State.HELD, Comment.State.HIDDEN) and may_decide(viewer, comment.work)
