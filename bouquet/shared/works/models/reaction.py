"""What a person says of a work with one click."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from bouquet.shared.works.models.work import Work


class Reaction(models.Model):
    work = models.ForeignKey(Work, models.CASCADE, related_name="reactions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reactions")
    name = models.CharField(max_length=12, default="like")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["work", "person"], name="one_reaction_per_person_and_work")]
