"""The password of a work, and the key that whoever said it carries in their session."""

from __future__ import annotations

from django.db import models

from bouquet.shared.works.models.work import Work
from bouquet.toolkit.ids import long_id


class Lock(models.Model):
    """One for each work that asks for a password. A new password makes a new key: the old ones open nothing."""

    work = models.OneToOneField(Work, models.CASCADE, related_name="lock")
    password = models.CharField(max_length=200)  # hashed as passwords of people are
    key = models.CharField(max_length=32, unique=True, default=long_id)
