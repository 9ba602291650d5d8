"""Another file for a film, on its way and afterwards; the former one is kept for a while."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bouquet.shared.assets.models import Asset
from bouquet.toolkit.ids import short_id


class Replacement(models.Model):
    """`asset` takes the place of the film's asset, which is then `former`. A trim says what it keeps of the former."""

    class State(models.TextChoices):
        COMING = "coming", _("on its way")
        DONE = "done", _("the film is this file")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("cancelled")
        UNDONE = "undone", _("the former film is back")

    uid = models.CharField(max_length=16, unique=True, default=short_id, editable=False)
    video = models.ForeignKey("videos.Video", models.CASCADE, related_name="replacements")
    asset = models.OneToOneField(Asset, models.SET_NULL, null=True, related_name="replacement")
    former = models.OneToOneField(Asset, models.SET_NULL, null=True, related_name="gave_way")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="replacements")
    state = models.CharField(max_length=9, choices=State.choices, default=State.COMING)
    reason = models.TextField(blank=True)  # why it failed: a sentence
    at_once = models.BooleanField(default=False)  # as soon as it plays, not only when every quality is made
    keeps_texts = models.BooleanField(default=True)  # captions and chapters come along
    starts_at = models.FloatField(null=True)  # a trim: seconds of the former film
    ends_at = models.FloatField(null=True)
    exact = models.BooleanField(default=False)  # a trim that encodes the picture again, to cut where it was said
    was_seconds = models.FloatField(null=True)  # the former film's length
    left_out = models.PositiveIntegerField(default=0)  # captions and chapters that lay outside the new film
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "ended_at"], name="replacement_ended")]
        constraints = [
            models.UniqueConstraint(fields=["video"], condition=Q(state="coming"), name="one_replacement_on_its_way"),
        ]

    def __str__(self) -> str:
        return f"replacement {self.uid}"

    @property
    def is_trim(self) -> bool:
        return self.ends_at is not None

    @property
    def is_on_its_way(self) -> bool:
        """Its bytes are not all here: whoever sends them may go on."""
        on_their_way = (Asset.State.WAITING, Asset.State.UPLOADING)
        return bool(self.state == self.State.COMING and self.asset and self.asset.state in on_their_way)

    @property
    def is_sent(self) -> bool:
        """On its way by an upload, not cut here."""
        return self.is_on_its_way and not self.is_trim

    @property
    def begins_at(self) -> float | None:
        """Where in the former film a cut one begins: near `starts_at`, or there exactly."""
        cut = (self.asset.facts if self.asset else {}).get("cut", {})
        return cut.get("starts_at", self.starts_at) if self.is_trim else None

    @property
    def shift(self) -> float:
        """By how many seconds it begins earlier (or, below 0, later) than was asked; 0 for less than a tenth."""
        if self.starts_at is None or self.begins_at is None:
            return 0.0
        moved = self.starts_at - self.begins_at
        return moved if abs(moved) >= 0.1 else 0.0

    @property
    def shift_size(self) -> float:
        return abs(self.shift)

    @property
    def kept_until(self) -> datetime | None:
        """Until when one may go back to the former film; None where it is gone."""
        if self.state != self.State.DONE or self.former_id is None or self.ended_at is None:
            return None
        return self.ended_at + timedelta(days=settings.FORMER_FILM_DAYS)

    @property
    def length_change(self) -> float:
        """Seconds by which the new film is longer (shorter: below 0); 0 for less than two seconds."""
        if self.asset is None or not self.asset.duration or not self.was_seconds:
            return 0.0
        change = self.asset.duration - self.was_seconds
        return change if abs(change) >= 2 else 0.0


def old_enough_to_go() -> datetime:
    """What was put aside before this moment is played by nobody any more: the addresses of its streams have ended."""
    return timezone.now() - timedelta(hours=settings.STREAM_ADDRESS_HOURS)
