"""Verbs: put up what an article asks, vote."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from bouquet.kinds.articles.models import Article, ArticlePage, Poll, PollAnswer, PollVote
from bouquet.shared.accounts.models import Person

MOST, WITHIN_SECONDS = 30, 60  # tries of one account, in all polls


class VoteRefused(Exception):
    """`reason` is a sentence, `status` that of HTTP."""

    def __init__(self, reason: str, status: int) -> None:
        super().__init__(reason)
        self.reason, self.status = reason, status


def put_up_polls(article: Article, page: ArticlePage) -> None:
    """The article has been published: what it asks may be voted on. One in which somebody has voted keeps its words.

    Inside the caller's transaction. A poll that is taken out of the text keeps its votes: it may come back.
    """
    known = {poll.block: poll for poll in Poll.objects.select_for_update().filter(article=article)}
    for block, value in dict(polls_in(page)).items():
        poll = known.pop(block, None) or Poll(article=article, block=block)
        has_votes = poll.pk is not None and poll.votes_in_all > 0
        poll.closes_at, poll.shows_results, poll.is_up = value["closes_at"], value["results_first"], True
        if not has_votes:
            poll.question = value["question"][:200]
        poll.save()
        if not has_votes:
            _write_answers(poll, value["answers"])
    Poll.objects.filter(pk__in=[poll.pk for poll in known.values()]).update(is_up=False)


def polls_in(page: ArticlePage) -> Iterator[tuple[str, Any]]:
    """The id of each poll's block, and what was filled in. What a parcel brings may be half of one: passed over."""
    for block in page.body:
        if block.block_type == "poll" and block.id and block.value["closes_at"] and len(block.value["answers"]) > 1:
            yield block.id, block.value


def _write_answers(poll: Poll, answers: Any) -> None:
    known = {answer.name: answer for answer in poll.answers.all()}
    for place, line in enumerate(answers.bound_blocks):
        answer = known.pop(line.id, None) or PollAnswer(poll=poll, name=line.id)
        answer.words, answer.place = line.value[:120], place
        answer.save()
    PollAnswer.objects.filter(pk__in=[answer.pk for answer in known.values()]).delete()


def vote(poll: Poll, *, by: Person, answer: str) -> bool:
    """`answer` is the name of one. False where this vote was there already: a form sent twice is one vote.

    That `by` may open the article is asked before. Raises VoteRefused.
    """
    _check_pace(by)
    with transaction.atomic():
        poll = Poll.objects.select_for_update().get(pk=poll.pk)  # what it asks stands still meanwhile
        chosen = poll.answers.filter(name=answer[:36]).first()
        if chosen is None:
            raise VoteRefused(_("Choose one of the answers."), 422)
        given = PollVote.objects.filter(poll=poll, person=by).first()
        if given is not None:
            if given.answer_id == chosen.pk:
                return False
            raise VoteRefused(_("You have voted already. A vote cannot be changed."), 409)
        if not poll.is_open:
            when = date_format(timezone.localtime(poll.closes_at), "DATETIME_FORMAT")
            raise VoteRefused(_("This poll closed on %(date)s.") % {"date": when}, 409)
        PollVote.objects.create(poll=poll, answer=chosen, person=by)
        PollAnswer.objects.filter(pk=chosen.pk).update(votes=F("votes") + 1)
    return True


def _check_pace(person: Person) -> None:
    """Programs try; people vote now and then."""
    name = f"articles.votes:{person.pk}"
    if not cache.add(name, 1, WITHIN_SECONDS) and cache.incr(name) > MOST:
        raise VoteRefused(_("You are voting very fast. Wait a minute, then go on."), 429)
