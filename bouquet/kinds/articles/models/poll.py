"""A poll in an article: what was asked, what may be answered, who has voted.

A vote belongs to an answer's row, never to its words or its place. What people voted on is kept here, and is what the
page shows: once somebody has voted, neither the question nor the answers change any more (polls/actions.py).
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bouquet.kinds.articles.models.article import Article
from bouquet.toolkit.ids import short_id


class Poll(models.Model):
    """Written when its article is published. `block`: the id of the block that an editor filled in."""

    uid = models.CharField(max_length=16, unique=True, default=short_id, editable=False)
    article = models.ForeignKey(Article, models.CASCADE, related_name="polls", db_index=False)
    block = models.CharField(max_length=36)
    question = models.CharField(max_length=200)
    closes_at = models.DateTimeField()
    shows_results = models.BooleanField(default=False)  # to who has not voted, too
    is_up = models.BooleanField(default=True)  # it stands in the published text

    class Meta:
        verbose_name = _("poll")
        verbose_name_plural = _("polls")
        constraints = [models.UniqueConstraint(fields=["article", "block"], name="a_block_is_one_poll")]

    def __str__(self) -> str:
        return self.question

    @property
    def is_open(self) -> bool:
        return timezone.now() < self.closes_at

    @property
    def votes_in_all(self) -> int:
        """One query."""
        return int(self.answers.aggregate(sum=models.Sum("votes"))["sum"] or 0)


class PollAnswer(models.Model):
    """`votes` counts, and stays when the account of who voted is erased."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="answers", db_index=False)
    name = models.CharField(max_length=36)  # the id of its line in the block
    words = models.CharField(max_length=120)
    place = models.PositiveSmallIntegerField(default=0)
    votes = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("answer of a poll")
        ordering = ["place", "pk"]
        constraints = [models.UniqueConstraint(fields=["poll", "name"], name="an_answer_is_one_line")]

    def __str__(self) -> str:
        return self.words


class PollVote(models.Model):
    """That an account has voted, and what. One a poll: the database holds that."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="votes", db_index=False)
    answer = models.ForeignKey(PollAnswer, models.CASCADE, related_name="given")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="poll_votes")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("vote in a poll")
        constraints = [models.UniqueConstraint(fields=["poll", "person"], name="a_person_votes_once")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.poll_id}"


def voted_on(page_id: int | None) -> dict[str, tuple[str, dict[str, str]]]:
    """By block, of an article's page: the question and the answers (by their lines) of polls in which somebody has
    voted. Two queries; one where there is none.
    """
    if page_id is None:
        return {}
    polls = Poll.objects.filter(Q(answers__votes__gt=0), article__page=page_id).distinct().prefetch_related("answers")
    return {poll.block: (poll.question, {each.name: each.words for each in poll.answers.all()}) for poll in polls}
