"""What was voted, in a parcel: numbers without names. Who voted stays behind with their accounts, so that a poll which
is still open takes one vote of each account of the place where it comes.
"""

from __future__ import annotations

from typing import Any

from bouquet.kinds.articles.models import Article, Poll, PollAnswer

MOST = 1_000_000_000  # votes for one answer: what a file says beyond that is no number of people


def polls_out(article: Article) -> list[dict[str, Any]]:
    polls = Poll.objects.filter(article=article.pk).prefetch_related("answers").order_by("pk")
    return [
        {
            "block": poll.block,
            "question": poll.question,
            "answers": [{"id": each.name, "words": each.words, "votes": each.votes} for each in poll.answers.all()],
        }
        for poll in polls
    ]


def polls_in(article: Article, rows: Any) -> None:
    """After the article has been published here: its polls are there. Votes go to the lines that have their ids."""
    said = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    known = {poll.block: poll for poll in article.polls.prefetch_related("answers")}
    for row in said:
        poll, answers = known.get(str(row.get("block"))), row.get("answers")
        if poll is None or not isinstance(answers, list):
            continue
        lines = {str(each.get("id")): each for each in answers if isinstance(each, dict)}
        if not any(_votes_of(lines.get(answer.name)) for answer in poll.answers.all()):
            continue
        Poll.objects.filter(pk=poll.pk).update(question=str(row.get("question") or poll.question)[:200])
        for answer in poll.answers.all():
            if line := lines.get(answer.name):
                words = str(line.get("words") or answer.words)[:120]
                PollAnswer.objects.filter(pk=answer.pk).update(votes=_votes_of(line), words=words)


def _votes_of(line: Any) -> int:
    votes = line.get("votes") if isinstance(line, dict) else None
    return votes if isinstance(votes, int) and not isinstance(votes, bool) and 0 <= votes <= MOST else 0
