"""One mail that many get: drafted by the machine, changed and verified by people, frozen when it starts to go out."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bouquet.kinds.newsletters.models.newsletter import Newsletter
from bouquet.shared.network.models import Site
from bouquet.shared.works.models import Work
from bouquet.toolkit.ids import long_id, short_id


class Issue(models.Model):
    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        CHECKED = "checked", _("verified")
        SCHEDULED = "scheduled", _("scheduled")
        SENDING = "sending", _("being sent")
        PAUSED = "paused", _("paused")
        SENT = "sent", _("sent")
        CANCELLED = "cancelled", _("cancelled")

    OPEN = (State.DRAFT, State.CHECKED, State.SCHEDULED)  # its words can be changed

    uid = models.CharField(max_length=16, unique=True, default=short_id, editable=False)
    newsletter = models.ForeignKey(Newsletter, models.CASCADE, related_name="issues")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    subject = models.CharField(_("subject"), max_length=200)
    intro = models.TextField(_("first words"), max_length=2000, blank=True)
    before = models.TextField(_("words before the works"), max_length=2000, blank=True)
    after = models.TextField(_("words after them"), max_length=2000, blank=True)
    due_at = models.DateTimeField(null=True)  # the hour of its list for which it was drafted
    drafted_at = models.DateTimeField(auto_now_add=True)
    machine = models.CharField(max_length=80, blank=True)  # what wrote its summaries; "": taken from the works
    notes = models.JSONField(default=list)  # what happened to it that its editors should know: codes of words.py
    links = models.JSONField(default=dict)  # {a stranger's address: what it answered}

    # Who verified it. Only verification.py writes these; the constraint below is the last guard.
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    checked_name = models.CharField(max_length=80, blank=True)
    checked_at = models.DateTimeField(null=True)
    checked_digest = models.CharField(max_length=64, blank=True)

    scheduled_for = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    gathered_at = models.DateTimeField(null=True)  # every reader has their row
    ended_at = models.DateTimeField(null=True)
    html = models.TextField(blank=True)  # frozen when it starts: what everybody gets, but for their own links
    text = models.TextField(blank=True)
    trouble = models.CharField(max_length=300, blank=True)  # why it does not go on, in the mail server's words
    tally = models.JSONField(default=dict)  # of its deliveries, kept when their rows have gone

    class Meta:
        verbose_name = _("issue")
        verbose_name_plural = _("issues")
        constraints = [
            models.UniqueConstraint(fields=["newsletter", "number"], name="issues_are_numbered"),
            models.UniqueConstraint(
                fields=["newsletter", "due_at"], condition=Q(due_at__isnull=False), name="one_issue_for_an_hour"
            ),
            models.CheckConstraint(
                name="nothing_goes_out_unverified",
                condition=Q(state__in=["draft", "cancelled"])
                | (Q(checked_at__isnull=False) & ~Q(checked_name="") & ~Q(checked_digest="")),
            ),
        ]
        indexes = [
            models.Index("newsletter", F("id").desc(), name="issues_of_newsletter"),
            models.Index("newsletter", F("ended_at").desc(), name="issues_sent", condition=Q(state="sent")),
            models.Index("state", "scheduled_for", name="issues_due"),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def site(self) -> Site:
        return self.newsletter.site

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def path(self) -> str:
        return reverse("newsletters:issue", args=[self.newsletter.slug, self.number])

    @property
    def address(self) -> str:
        return f"{self.site.url}{self.path}"

    def digest(self) -> str:
        """Of all that a reader gets. Another digest than the verified one is another issue. Two queries."""
        letter, items = self.newsletter, self.items.select_related("work__poster").order_by("position", "pk")
        said: list[Any] = [self.subject, self.intro, self.before, self.after, letter.name, letter.sender_name]
        said += [letter.sender_address, letter.reply_to, letter.language]
        said += [[each.work_id, each.title, each.summary, each.alt, each.picture] for each in items]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


class IssueItem(models.Model):
    """A work as this issue tells of it: words copied, so that they can be changed, and why it was chosen."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="items")
    work = models.ForeignKey(Work, models.SET_NULL, null=True, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("summary"), max_length=1000, blank=True)
    with_picture = models.BooleanField(_("with its picture"), default=True)
    alt = models.CharField(_("what the picture shows"), max_length=300, blank=True)
    reason = models.JSONField(default=dict)  # {"code": …, "place": …, "number": …}: words.py says it
    machine = models.CharField(max_length=80, blank=True)  # which machine wrote the summary; "": the work's own words

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["issue", "work"], name="a_work_once_in_an_issue")]

    def __str__(self) -> str:
        return self.title

    @property
    def picture(self) -> str:
        """Its path, or "" where it is told without one."""
        poster = self.work.poster if self.work else None
        return poster.share_picture_url if poster and self.with_picture else ""

    @property
    def why(self) -> str:
        from bouquet.kinds.newsletters.wording import reason_words

        return reason_words(self.reason)


class Link(models.Model):
    """Where a link of a mail leads. Its clicks are one number: nobody's name or address stands beside them."""

    uid = models.CharField(max_length=32, unique=True, default=long_id, editable=False)
    issue = models.ForeignKey(Issue, models.CASCADE, related_name="tracked")
    address = models.CharField(max_length=1000)
    clicks = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issue", "address"], name="a_link_once_in_an_issue")]

    def __str__(self) -> str:
        return self.address
