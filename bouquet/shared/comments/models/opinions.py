"""What people do to a comment: like it, want no more news of its thread, report it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bouquet.shared.comments.models.comment import Comment
from bouquet.shared.network.models import Site


class Like(models.Model):
    comment = models.ForeignKey(Comment, models.CASCADE, related_name="liked_by")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="comment_likes")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "comment"], name="one_like_per_comment")]


class Silence(models.Model):
    """A person wants no notices of a thread. `thread` is its first comment."""

    thread = models.ForeignKey(Comment, models.CASCADE, related_name="silences")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="silences")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "thread"], name="one_silence_per_thread")]


class Report(models.Model):
    """A reader asks the desk to look at a comment. `said` is what stood there then."""

    class Why(models.TextChoices):
        SPAM = "spam", _("Advertising or spam")
        HATE = "hate", _("Hatred, insults or threats")
        ILLEGAL = "illegal", _("Against the law")
        PRIVATE = "private", _("It tells private things about somebody")
        OTHER = "other", _("Something else")

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="reports")
    site = models.ForeignKey(Site, models.CASCADE, related_name="comment_reports", db_index=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="comment_reports")
    why = models.CharField(_("reason"), max_length=8, choices=Why.choices)
    words = models.CharField(_("in your own words"), max_length=1000, blank=True)
    said = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes = [models.Index("site", F("id").desc(), name="reports_open", condition=Q(settled_at=None))]
        constraints = [models.UniqueConstraint(fields=["person", "comment"], name="one_report_per_comment")]
