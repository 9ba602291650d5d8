"""Polls through the API: read, and vote."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema

from bouquet.kinds.articles.permissions import find_article
from bouquet.kinds.articles.polls.actions import VoteRefused, vote
from bouquet.kinds.articles.polls.finding import find_poll
from bouquet.kinds.articles.polls.showing import ShownPoll, one_poll, polls_of
from bouquet.shared.works.permissions import Viewer
from bouquet.toolkit.access import public
from bouquet.toolkit.api import Anyone, Members, Problem

router = Router(tags=["articles"])


class AnswerOut(Schema):
    id: str = Field(alias="name")
    words: str
    votes: int | None = Field(description="Null while this caller does not see the results.")
    share: int | None = Field(description="Per cent, whole; all of them add up to 100.")
    yours: bool = Field(alias="is_mine")


class PollOut(Schema):
    id: str = Field(alias="uid")
    question: str
    answers: list[AnswerOut]
    votes: int = Field(description="In all.")
    closes_at: datetime
    is_open: bool
    shows_results: bool = Field(description="To this caller: they voted, it is closed, or it shows them beforehand.")
    may_vote: bool

    @staticmethod
    def resolve_answers(poll: ShownPoll) -> list[dict[str, Any]]:
        shows = poll.shows_results
        return [
            {
                "name": each.name,
                "words": each.words,
                "votes": each.votes if shows else None,
                "share": each.share if shows else None,
                "is_mine": each.is_mine,
            }
            for each in poll.answers
        ]


class VoteIn(Schema):
    answer: str = Field(max_length=36, description="The id of one of the answers.")


@router.get("/articles/{uid}/polls", response=list[PollOut], auth=Anyone, summary="The polls in an article")
@public
def list_polls(request: HttpRequest, uid: str) -> Any:
    viewer = Viewer.of(request)
    return list(polls_of(find_article(uid, viewer), viewer).values())


@router.get("/polls/{uid}", response=PollOut, auth=Anyone, summary="One poll")
@public
def show_poll(request: HttpRequest, uid: str) -> Any:
    viewer = Viewer.of(request)
    return one_poll(find_poll(uid, viewer), viewer)


@router.put(
    "/polls/{uid}/vote",
    response={200: PollOut, 201: PollOut},
    auth=Members,
    summary="Vote, once; the same vote again changes nothing (200)",
)
def cast_vote(request: HttpRequest, uid: str, wish: VoteIn) -> Any:
    viewer = Viewer.of(request)
    poll = find_poll(uid, viewer)
    try:
        is_new = vote(poll, by=request.user, answer=wish.answer)  # type: ignore[arg-type]
    except VoteRefused as refused:
        raise Problem(refused.status, _("Your vote is not counted"), refused.reason) from None
    return (201 if is_new else 200), one_poll(poll, viewer)
