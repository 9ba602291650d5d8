"""What a person is told."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Notice(models.Model):
    """One thing a person is told. `kind` names the words (the app's notices.py); `values` fill them, in their language."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=60)
    values = models.JSONField(default=dict)
    url = models.CharField(max_length=300, blank=True)
    key = models.CharField(max_length=120, blank=True)  # the same news twice makes one notice
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "-created_at"])]
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], condition=~models.Q(key=""), name="one_notice_per_key")
        ]
