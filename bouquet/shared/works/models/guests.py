"""Guests: works that other sites of the network list, and those that a site's editors want there no more."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F

from bouquet.shared.network.models import Site
from bouquet.shared.works.models.work import Work


class TurnedAway(models.Model):
    """The editors of a site dropped this guest: nobody but they can have it listed there again."""

    work = models.ForeignKey(Work, models.CASCADE, related_name="turned_away")
    site = models.ForeignKey(Site, models.CASCADE, related_name="+", db_index=False)
    reason = models.CharField(max_length=500, blank=True)  # its maker reads it
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index("site", F("id").desc(), name="turned_away_by_site")]
        constraints = [models.UniqueConstraint(fields=["work", "site"], name="turned_away_once")]
