"""Comments through the API. What may not be seen is 404; what waits or was hidden is for its author and makers."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from bouquet.shared.accounts.models import Person
from bouquet.shared.comments import actions
from bouquet.shared.comments.models import Block, Comment
from bouquet.shared.comments.panel import ORDERS, Said, with_work
from bouquet.shared.comments.permissions import find_comment, makes, may_decide, may_edit, may_give_back, may_remove
from bouquet.shared.works.models import Channel, Work
from bouquet.shared.works.permissions import Viewer, find_work
from bouquet.toolkit.api import Anyone, Members, Problem
from bouquet.toolkit.pages import keyset_page

router = Router(tags=["comments"])
WORKS = Work.objects.select_related("site", "channel")
TEXT = "Plain text; addresses, @names and times become links. At most 3000 characters."


class AuthorOut(Schema):
    name: str
    handle: str


class CommentOut(Schema):
    id: str
    url: str = Field(description="An address that never changes.")
    work: str = Field(description="Id of the work.")
    author: AuthorOut | None = Field(description="Null where the words or the account are gone, and for guests.")
    guest: str = Field(description="The name of who wrote it elsewhere, before it came here: without an account.")
    text: str = Field(description="Empty where it is not shown to this caller.")
    html: str
    state: Literal["live", "held", "hidden", "down", "removed"]
    thread: str | None = Field(description="Id of the comment that begins its thread; null for that one.")
    answers: str | None = Field(description="Id of the comment that it answers.")
    created_at: datetime
    edited_at: datetime | None
    likes: int
    answer_count: int
    hearted: bool = Field(description="The maker likes it.")
    pinned: bool
    reason: str = Field(description="Of a decision, for its author and who decides.")
    held_for: list[str] = Field(description="Why it waits, for who decides.")


class CommentsOut(Schema):
    comments: list[CommentOut]
    next_cursor: str | None = Field(description="Null on the last page.")


class DiscussionOut(CommentsOut):
    total: int = Field(description="Published comments, answers included.")
    policy: Literal["open", "approval", "closed"]
    words: str = Field(description="Why it is closed; empty where it is open.")
    closes_at: datetime | None


class PageIn(Schema):
    cursor: str = Field("", max_length=500, description="`next_cursor` of the page before.")
    limit: int = Field(20, ge=1, le=100)


class DiscussionIn(PageIn):
    order: Literal["newest", "liked", "oldest"] = "newest"


class HeldIn(PageIn):
    state: Literal["held", "live", "hidden"] = "held"


class CommentIn(Schema):
    text: str = Field(max_length=20_000, description=TEXT)
    answers: str = Field("", max_length=16, description="Id of the comment that this answers.")
    key: str = Field("", max_length=24, description="Yours: the same key twice is one comment.", pattern=r"^[\w-]*$")


class CommentChange(Schema):
    text: str = Field(max_length=20_000, description=TEXT)


class DecisionIn(Schema):
    decision: Literal["publish", "hide"]
    reason: str = Field("", max_length=500, description="Its author reads it.")


class ReportIn(Schema):
    why: Literal["spam", "hate", "illegal", "private", "other"]
    words: str = Field("", max_length=1000)


@router.get("/works/{uid}/comments", response=DiscussionOut, auth=Anyone, summary="What was said of a work")
def discussion(request: HttpRequest, uid: str, asked: Query[DiscussionIn]) -> Any:
    """The comments that begin threads; `pinned` ones first on the first page of every order."""
    viewer = Viewer.of(request)
    work = find_work(WORKS.all(), uid, viewer)
    threads = Comment.objects.filter(work=work.pk, listed=True).select_related("author")
    page = keyset_page(threads, asked.cursor, asked.limit, by=ORDERS[asked.order])
    pinned = Comment.objects.filter(work=work.pk, pinned=True).select_related("author") if not asked.cursor else []
    opening = actions.opening_for(work)
    return {
        "comments": [_out(each, viewer) for each in with_work([*pinned, *page.rows], work)],
        "next_cursor": page.next_cursor,
        "total": work.comment_count,
        "policy": opening.policy,
        "words": opening.words,
        "closes_at": opening.closes_at,
    }


@router.post("/works/{uid}/comments", response={201: CommentOut}, auth=Members, summary="Say something of a work")
def add(request: HttpRequest, uid: str, asked: CommentIn) -> Any:
    """`state` says whether it is published or waits for a decision. Too fast: 429 with Retry-After's moment."""
    viewer = Viewer.of(request)
    work = find_work(WORKS.all(), uid, viewer)
    answered = find_comment(asked.answers, viewer) if asked.answers else None
    try:
        comment, _new = actions.add_comment(work, by=request.user, text=asked.text, answers=answered, key=asked.key)
    except actions.CommentRefused as refused:
        raise _problem(refused) from None
    return 201, _out(_find(comment.uid, viewer), viewer)


@router.get("/comments/mine", response=CommentsOut, auth=Members, summary="Comments on the caller's works")
def mine(request: HttpRequest, asked: Query[HeldIn]) -> Any:
    """Those that wait for a decision, were published, or were hidden; newest first."""
    viewer = Viewer.of(request)
    comments = Comment.objects.of_channels(request.user).filter(state=asked.state).with_company()
    page = keyset_page(
        comments.select_related("work__channel", "root", "answers"), asked.cursor, asked.limit, by=("-pk",)
    )
    return {"comments": [_out(each, viewer) for each in page.rows], "next_cursor": page.next_cursor}


@router.get("/comments/{comment}", response=CommentOut, auth=Anyone, summary="One comment")
def show(request: HttpRequest, comment: str) -> Any:
    viewer = Viewer.of(request)
    return _out(_find(comment, viewer), viewer)


@router.get("/comments/{comment}/answers", response=CommentsOut, auth=Anyone, summary="The answers of its thread")
def answers(request: HttpRequest, comment: str, asked: Query[PageIn]) -> Any:
    viewer = Viewer.of(request)
    found = _find(comment, viewer)
    root = found.root or found
    rows = root.thread.filter(shown=True).select_related("author", "answers")
    page = keyset_page(rows, asked.cursor, asked.limit, by=("place", "pk"))
    for each in with_work(page.rows, found.work):
        each.root = root
    return {"comments": [_out(each, viewer) for each in page.rows], "next_cursor": page.next_cursor}


@router.patch("/comments/{comment}", response=CommentOut, auth=Members, summary="Change one's own words")
def edit(request: HttpRequest, comment: str, asked: CommentChange) -> Any:
    """For a quarter of an hour after it was written."""
    viewer = Viewer.of(request)
    found = _find(comment, viewer)
    if not may_edit(viewer, found):
        raise PermissionDenied(_("A comment can be edited for a quarter of an hour, by who wrote it."))
    try:
        actions.edit_comment(found, by=request.user, text=asked.text)
    except actions.CommentRefused as refused:
        raise _problem(refused) from None
    return _out(found, viewer)


@router.delete("/comments/{comment}", response={204: None}, auth=Members, summary="Take one's own comment away")
def remove(request: HttpRequest, comment: str) -> Any:
    viewer = Viewer.of(request)
    found = _find(comment, viewer)
    if not may_remove(viewer, found):
        raise PermissionDenied(_("This comment is somebody else's."))
    actions.remove_comment(found, by=request.user)
    return 204, None


@router.put("/comments/{comment}/like", response={204: None}, auth=Members, summary="Like it; twice is once")
def put_like(request: HttpRequest, comment: str) -> Any:
    try:
        actions.like_comment(_live(request, comment), by=request.user)
    except actions.CommentRefused as refused:
        raise _problem(refused) from None
    return 204, None


@router.delete("/comments/{comment}/like", response={204: None}, auth=Members, summary="Take a like back")
def delete_like(request: HttpRequest, comment: str) -> Any:
    actions.unlike_comment(_live(request, comment), by=request.user)
    return 204, None


@router.put("/comments/{comment}/heart", response={204: None}, auth=Members, summary="The maker's own heart")
def put_heart(request: HttpRequest, comment: str) -> Any:
    actions.heart_comment(_of_mine(request, comment), by=request.user)
    return 204, None


@router.delete("/comments/{comment}/heart", response={204: None}, auth=Members, summary="Take the heart back")
def delete_heart(request: HttpRequest, comment: str) -> Any:
    actions.unheart_comment(_of_mine(request, comment), by=request.user)
    return 204, None


@router.put("/comments/{comment}/pin", response={204: None}, auth=Members, summary="Put it above all others")
def put_pin(request: HttpRequest, comment: str) -> Any:
    """For the maker; one of a work, and only what begins a thread."""
    found = _of_mine(request, comment)
    if found.root_id:
        raise Problem(409, _("This cannot be pinned"), _("Only what begins a thread can stand above all others."))
    actions.pin_comment(found, by=request.user)
    return 204, None


@router.delete("/comments/{comment}/pin", response={204: None}, auth=Members, summary="Pin it no more")
def delete_pin(request: HttpRequest, comment: str) -> Any:
    actions.unpin_comment(_of_mine(request, comment), by=request.user)
    return 204, None


@router.put("/comments/{comment}/silence", response={204: None}, auth=Members, summary="No notices of its thread")
def put_silence(request: HttpRequest, comment: str) -> Any:
    actions.silence_thread(_live(request, comment), by=request.user)
    return 204, None


@router.delete("/comments/{comment}/silence", response={204: None}, auth=Members, summary="Notices of its thread again")
def delete_silence(request: HttpRequest, comment: str) -> Any:
    actions.listen_to_thread(_live(request, comment), by=request.user)
    return 204, None


@router.put("/comments/{comment}/decision", response=CommentOut, auth=Members, summary="Publish what waits, or hide it")
def decide(request: HttpRequest, comment: str, asked: DecisionIn) -> Any:
    """For the maker of the work and the editors of its site. What editors took down, only they publish again."""
    viewer = Viewer.of(request)
    found = _find(comment, viewer)
    if asked.decision == "publish":
        if not found.is_live and not may_give_back(viewer, found):
            raise PermissionDenied(_("This comment is not yours to decide about."))
        actions.publish_comment(found, by=request.user)
    else:
        if not may_decide(viewer, found.work):
            raise PermissionDenied(_("This comment is not yours to decide about."))
        by_desk = not makes(viewer, found.work)
        actions.hide_comment(found, by=request.user, reason=asked.reason, by_desk=by_desk)
    return _out(found, viewer)


@router.post("/comments/{comment}/reports", response={204: None}, auth=Members, summary="Report it to the editors")
def report(request: HttpRequest, comment: str, asked: ReportIn) -> Any:
    """Once for each person: a second report changes nothing."""
    actions.report_comment(_live(request, comment), by=request.user, why=asked.why, words=asked.words)
    return 204, None


@router.put("/channels/{slug}/blocks/{handle}", response={204: None}, auth=Members, summary="Block somebody")
def put_block(request: HttpRequest, slug: str, handle: str) -> Any:
    """They cannot comment on this channel of the caller any more."""
    channel, person = _channel_and_person(request, slug, handle)
    if person.pk == request.user.pk:
        raise Problem(409, _("That is you"), _("Nobody is blocked from their own channel."))
    Block.objects.get_or_create(channel=channel, person=person, defaults={"by": request.user})
    return 204, None


@router.delete("/channels/{slug}/blocks/{handle}", response={204: None}, auth=Members, summary="Block them no more")
def delete_block(request: HttpRequest, slug: str, handle: str) -> Any:
    actions.unblock_person(*_channel_and_person(request, slug, handle))
    return 204, None


def _find(uid: str, viewer: Viewer) -> Comment:
    return find_comment(uid, viewer, among=Comment.objects.select_related("answers"))


def _live(request: HttpRequest, uid: str) -> Comment:
    return find_comment(uid, Viewer.of(request), among=Comment.objects.filter(state=Comment.State.LIVE))


def _of_mine(request: HttpRequest, uid: str) -> Comment:
    found = _live(request, uid)
    if not makes(Viewer.of(request), found.work):
        raise PermissionDenied(_("This is for the maker of the work."))
    return found


def _channel_and_person(request: HttpRequest, slug: str, handle: str) -> tuple[Channel, Person]:
    if not (slug + handle).isprintable():
        raise Http404
    channel = get_object_or_404(Channel, slug=slug, owner=request.user)
    return channel, get_object_or_404(Person.objects.active(), handle=handle)


def _problem(refused: actions.CommentRefused) -> Problem:
    extra = {"again_at": refused.again_at.isoformat()} if refused.again_at else {}
    return Problem(refused.status, _("This comment was not taken"), refused.reason, **extra)


def _out(comment: Comment, viewer: Viewer) -> dict[str, Any]:
    said = Said(comment, viewer)
    reads = said.is_readable and comment.writer is not None
    decides = may_decide(viewer, comment.work)
    return {
        "id": comment.uid,
        "url": f"{comment.work.site.url}{comment.path}",
        "work": comment.work.uid,
        "author": comment.author if reads else None,
        "guest": comment.guest_name if reads else "",
        "text": comment.text if reads else "",
        "html": str(said.html) if reads else "",
        "state": comment.state,
        "thread": comment.root.uid if comment.root else None,
        "answers": comment.answers.uid if comment.answers else None,
        "created_at": comment.created_at,
        "edited_at": comment.edited_at,
        "likes": comment.likes,
        "answer_count": comment.answer_count,
        "hearted": comment.hearted,
        "pinned": comment.pinned,
        "reason": comment.reason if reads and (said.is_mine or decides) else "",
        "held_for": said.why_held if decides or said.is_mine else [],
    }
