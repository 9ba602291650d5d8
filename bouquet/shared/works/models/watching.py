"""Where a person stands in a work that plays: what they go on with on any device, and what they have watched."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from bouquet.shared.works.models.work import CARD, Work
from bouquet.shared.works.viewer import Viewer

KEPT = timedelta(days=400)


class WatchingQuerySet(models.QuerySet["Watching"]):
    def of(self, viewer: Viewer) -> WatchingQuerySet:
        """What this viewer watched and may still open, with its cards. Its order is `by=("-updated_at", "-pk")`."""
        works = Work.objects.visible_to(viewer).values("pk")
        rows = self.filter(person=viewer.person, work__in=works)
        return rows.select_related(*(f"work__{name}" for name in CARD))

    def to_go_on_with(self) -> WatchingQuerySet:
        return self.filter(is_open=True)

    def outlived(self) -> WatchingQuerySet:
        """Not touched for so long that nobody goes on with it."""
        return self.filter(updated_at__lt=timezone.now() - KEPT)


class Watching(models.Model):
    """One for each person and work, from the first seconds on. Written by `actions/watching.py` alone."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="watched", db_index=False)
    work = models.ForeignKey(Work, models.CASCADE, related_name="watched_by")
    seconds = models.FloatField(default=0)  # where they stand; 0: it starts over
    duration = models.FloatField(default=0)  # of the work, when that was noted
    is_open = models.BooleanField(default=False)  # begun and not at its end: stands under “go on watching”
    finished_at = models.DateTimeField(null=True)  # when they last came to its end
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField(db_index=True)

    objects = WatchingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "work"], name="one_place_per_person_and_work")]
        indexes = [
            models.Index("person", F("updated_at").desc(), F("id").desc(), name="watched_by_person"),
            models.Index(
                "person",
                F("updated_at").desc(),
                F("id").desc(),
                name="open_for_person",
                condition=Q(is_open=True),
            ),
        ]

    @property
    def share(self) -> float:
        """How far they are, 0 to 1."""
        return min(1.0, self.seconds / self.duration) if self.duration > 0 else 0.0


class HistoryPause(models.Model):
    """A person with this row keeps no history: nothing of what they watch is written down, its place neither."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    since = models.DateTimeField(auto_now_add=True)
