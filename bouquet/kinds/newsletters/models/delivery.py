"""One row for each reader of an issue: made once, claimed before the mail is handed over, closed after it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bouquet.kinds.newsletters.models.issue import Issue
from bouquet.kinds.newsletters.models.reader import Subscriber


class Delivery(models.Model):
    class State(models.TextChoices):
        WAITING = "waiting", _("waits")
        CLAIMED = "claimed", _("a worker has it")  # nothing of it has been given away: may be taken back
        HANDED = "handed", _("is being handed over")  # its last byte may be on its way: never sent again
        SENT = "sent", _("accepted by the mail server")
        UNSURE = "unsure", _("handed over, answer unknown")
        FAILED = "failed", _("refused")
        SKIPPED = "skipped", _("not wanted any more")

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="deliveries")
    subscriber = models.ForeignKey(Subscriber, models.SET_NULL, null=True, related_name="deliveries")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    claim = models.CharField(max_length=32, blank=True)  # of which run
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=300, blank=True)  # what the mail server said

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issue", "subscriber"], name="one_mail_for_a_reader")]
        indexes = [
            models.Index("issue", "id", name="mails_waiting", condition=Q(state="waiting")),
            models.Index("issue", "state", name="mails_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.issue_id} → {self.subscriber_id}: {self.state}"
