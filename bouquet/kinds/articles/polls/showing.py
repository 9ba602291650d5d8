"""A poll as one reader gets it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from bouquet.kinds.articles.models import Article, Poll, PollAnswer, PollVote
from bouquet.shared.works.permissions import Viewer

SECONDS_OLD = 60  # so old may be what strangers read of an open poll: their page is kept (page_cache)


@dataclass(frozen=True)
class ShownAnswer:
    name: str
    words: str
    votes: int
    share: int  # per cent; those of all add up to a hundred
    is_mine: bool = False


@dataclass(frozen=True)
class ShownPoll:
    question: str
    answers: list[ShownAnswer]
    votes: int
    closes_at: datetime
    is_open: bool
    shows_results: bool  # to this reader
    may_vote: bool  # signed in, not yet voted, open
    is_guest: bool  # nobody is signed in
    as_of: datetime
    uid: str = ""  # none: on the desk, before it was published

    @property
    def has_voted(self) -> bool:
        return any(answer.is_mine for answer in self.answers)


def polls_of(article: Article, viewer: Viewer) -> dict[str, ShownPoll]:
    """By the id of the block. One query, for a member two."""
    answers = PollAnswer.objects.filter(poll__article=article.pk, poll__is_up=True).select_related("poll")
    by_poll: dict[Poll, list[PollAnswer]] = {}
    for answer in answers.order_by("poll", "place", "pk"):
        by_poll.setdefault(answer.poll, []).append(answer)
    mine: set[int] = set()
    if by_poll and viewer.person is not None:
        given = PollVote.objects.filter(person=viewer.person, poll__in=by_poll)
        mine = set(given.values_list("answer", flat=True))
    return {poll.block: _shown(poll, rows, mine, viewer) for poll, rows in by_poll.items()}


def one_poll(poll: Poll, viewer: Viewer) -> ShownPoll:
    return polls_of(poll.article, viewer)[poll.block]


def sketch_of(value: Any) -> ShownPoll:
    """On the desk, as a member will get it: nobody can vote there."""
    answers = [ShownAnswer(line.id, line.value, 0, 0) for line in value["answers"].bound_blocks]
    now, closes_at = timezone.now(), value["closes_at"] or timezone.now()
    return ShownPoll(value["question"], answers, 0, closes_at, now < closes_at, False, True, False, now)


def _shown(poll: Poll, rows: list[PollAnswer], mine: set[int], viewer: Viewer) -> ShownPoll:
    shares = shares_of([row.votes for row in rows])
    answers = [
        ShownAnswer(row.name, row.words, row.votes, share, row.pk in mine)
        for row, share in zip(rows, shares, strict=True)
    ]
    has_voted, is_open = any(answer.is_mine for answer in answers), poll.is_open
    return ShownPoll(
        question=poll.question,
        answers=answers,
        votes=sum(row.votes for row in rows),
        closes_at=poll.closes_at,
        is_open=is_open,
        shows_results=has_voted or not is_open or poll.shows_results,
        may_vote=is_open and not has_voted and viewer.person is not None,
        is_guest=viewer.person is None,
        as_of=timezone.now(),
        uid=poll.uid,
    )


def shares_of(votes: list[int]) -> list[int]:
    """In whole per cent that add up to a hundred (the largest remainders get what rounding leaves)."""
    total = sum(votes)
    if not total:
        return [0] * len(votes)
    shares = [100 * each // total for each in votes]
    rest = sorted(range(len(votes)), key=lambda place: (-(100 * votes[place] % total), place))
    for place in rest[: 100 - sum(shares)]:
        shares[place] += 1
    return shares
