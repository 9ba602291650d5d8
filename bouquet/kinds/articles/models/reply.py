"""What somebody who is named in an article answers to it, by right."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bouquet.kinds.articles.models.article import Article
from bouquet.shared.network.models import Site
from bouquet.toolkit.ids import long_id, short_id

# French law 2004-575 (today its article 1-1, III) and decree 2007-1527: asked within three months of publication,
# inserted within three days, free, at most as long as the article and never above 200 lines.
ASKED_WITHIN_MONTHS = 3
ANSWERED_WITHIN = timedelta(days=3)
MOST_LINES, LETTERS_A_LINE = 200, 80


class Reply(models.Model):
    """`state` is changed by replies/actions.py alone, which keeps `Article.replies`. What the article was is written
    down: the paper outlives it.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting for the desk")
        PUBLISHED = "published", _("published")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn by who asked")

    class Standing(models.TextChoices):
        NAMED = "named", _("I am named in it")
        MEANT = "meant", _("I am not named, but everybody can tell that I am meant")
        SPEAKS = "speaks", _("I speak for a person or an organisation that is named or meant")

    uid = models.CharField(max_length=16, unique=True, default=short_id, editable=False)
    secret = models.CharField(max_length=32, unique=True, default=long_id, editable=False)  # of the requester's page
    article = models.ForeignKey(Article, models.SET_NULL, null=True, related_name="asked_replies")
    site = models.ForeignKey(Site, models.CASCADE, related_name="+", db_index=False)
    title = models.CharField(max_length=300)  # of the article, when it was asked
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="asked_replies")
    name = models.CharField(_("your name, as it will stand below the reply"), max_length=120)
    email = models.EmailField(_("your e-mail address"), blank=True)
    standing = models.CharField(_("why it is yours to reply"), max_length=8, choices=Standing.choices)
    passage = models.TextField(_("the passage that you contest, word for word"), max_length=4000)
    text = models.TextField(_("your reply"), max_length=MOST_LINES * LETTERS_A_LINE)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    reason = models.TextField(_("reason"), max_length=1000, blank=True)  # of a refusal: who asked reads it
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("right of reply")
        indexes = [
            models.Index("site", "state", F("id").desc(), name="replies_of_desk"),
            models.Index(fields=["article"], name="replies_shown", condition=Q(state="published")),
        ]

    def __str__(self) -> str:
        return f"{self.uid}: {self.title}"

    @property
    def due_at(self) -> datetime:
        return self.asked_at + ANSWERED_WITHIN

    @property
    def is_late(self) -> bool:
        return self.state == self.State.WAITING and self.due_at < timezone.now()

    @property
    def anchor(self) -> str:
        return f"reply-{self.uid}"
