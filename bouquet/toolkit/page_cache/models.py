"""What has changed: a log that every server process reads once in half a second, and nobody else."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class Clearing(models.Model):
    """Pages that carry one of these marks are not true any more. Written in the transaction that made it so."""

    marks = models.TextField()  # with spaces between
    at = models.DateTimeField(default=timezone.now, db_index=True)
