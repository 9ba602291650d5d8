"""What a person is told, and how they want to be told."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from bouquet.shared.notifications.kinds import NoticeKind, notice_kind


class NoticeQuerySet(models.QuerySet["Notice"]):
    def of(self, person: Any) -> Self:
        return self.filter(person=person)

    def unread(self) -> Self:
        return self.filter(read_at=None)

    def mark_read(self) -> int:
        return self.unread().update(read_at=timezone.now())


class Notice(models.Model):
    """One thing a person is told. `kind` names the words (an app's notices.py); `values` fill them when it is read."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=60)
    values = models.JSONField(default=dict)
    url = models.CharField(max_length=300, blank=True)
    key = models.CharField(max_length=120, blank=True)  # the same news twice makes one notice
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index("person", models.F("created_at").desc(), models.F("id").desc(), name="notices_of_person"),
            models.Index(fields=["person"], condition=models.Q(read_at=None), name="unread_notices"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], condition=~models.Q(key=""), name="one_notice_per_key")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def about(self) -> NoticeKind:
        return notice_kind(self.kind)

    @property
    def stop_path(self) -> str:
        """Where to end this kind of news from this source, "" where there is no such place."""
        return self.about.stop % self.values if self.about.stop and "slug" in self.values else ""

    @property
    def title(self) -> str:
        """Its words in the language that is active now."""
        return self.about.words(self.values)


class NoticePreference(models.Model):
    """What a person chose for one kind of notice. Without a row, the kind's own way."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notice_preferences")
    kind = models.CharField(max_length=60)
    on_page = models.BooleanField(default=True)
    by_mail = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="one_preference_per_person_and_kind")]


def unread_count(person: Any) -> int:
    """For the bar: one query on an index that holds only what is unread."""
    return Notice.objects.of(person).unread().count() if person.is_authenticated else 0
