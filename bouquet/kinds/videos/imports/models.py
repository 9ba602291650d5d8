"""An import is a job with its items. What is done stays done; a killed worker's item is taken up where it stopped."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bouquet.shared.network.models import Site
from bouquet.shared.works.models import Channel, Work
from bouquet.toolkit.ids import short_id


class ImportJob(models.Model):
    """One source, looked at (dry run) and then taken over into a channel; again and again where it `repeats`."""

    class Source(models.TextChoices):
        PEERTUBE = "peertube", _("a PeerTube channel")
        FEED = "feed", _("a feed (RSS, MRSS, podcast)")
        CSV = "csv", _("a table of addresses (CSV)")
        FOLDER = "folder", _("a folder on the server")

    class State(models.TextChoices):
        LOOKING = "looking", _("being looked at")
        LOOKED = "looked", _("ready to start")
        REFUSED = "refused", _("cannot start")
        RUNNING = "running", _("under way")
        PAUSED = "paused", _("paused")
        DONE = "done", _("finished")
        CANCELLED = "cancelled", _("cancelled")

    class Repeat(models.TextChoices):
        NEVER = "", _("only once")
        HOURLY = "hourly", _("every hour")
        DAILY = "daily", _("every day")

    uid = models.CharField(max_length=16, unique=True, default=short_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="video_imports")
    channel = models.ForeignKey(Channel, models.CASCADE, related_name="video_imports")
    site = models.ForeignKey(Site, models.CASCADE, related_name="video_imports")
    source = models.CharField(max_length=8, choices=Source.choices)
    address = models.CharField(max_length=2000)  # of the source; a table's file name; a folder's path
    title = models.CharField(max_length=200, blank=True)  # as the source calls itself
    visibility = models.CharField(max_length=10, choices=Work.Visibility.choices, default=Work.Visibility.PUBLIC)
    language = models.CharField(max_length=8, blank=True)  # of the page it was last asked for on; empty: the person's
    repeat = models.CharField(max_length=6, choices=Repeat.choices, default=Repeat.NEVER, blank=True)
    again_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.LOOKING)
    reason = models.TextField(blank=True)  # why it cannot start or was paused by itself: a sentence
    at_once = models.BooleanField(default=False)  # starts as soon as it has been looked at
    place = models.TextField(blank=True)  # where the dry run goes on after a kill
    created_at = models.DateTimeField(auto_now_add=True)
    looked_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("import")
        indexes = [
            models.Index("person", models.F("created_at").desc(), models.F("id").desc(), name="imports_of_person"),
            models.Index(fields=["again_at"], condition=Q(again_at__isnull=False), name="imports_due"),
            models.Index(fields=["state"], condition=Q(state__in=["looking", "running"]), name="imports_alive"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.title or self.address

    @property
    def path(self) -> str:
        return reverse("videos:import", args=[self.uid])

    @property
    def is_alive(self) -> bool:
        """Something is being done for it now."""
        return self.state in (self.State.LOOKING, self.State.RUNNING)

    @property
    def may_start(self) -> bool:
        return self.state in (self.State.LOOKED, self.State.PAUSED)


class ImportItem(models.Model):
    """One film of a source. `key` is its name there, the same whichever job meets it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        FETCHING = "fetching", _("being fetched")
        DONE = "done", _("here")
        KNOWN = "known", _("was here already")
        REFUSED = "refused", _("cannot be taken")
        FAILED = "failed", _("failed")
        LEFT_OUT = "left_out", _("left out")

    job = models.ForeignKey(ImportJob, models.CASCADE, related_name="items")
    channel = models.ForeignKey(Channel, models.CASCADE, related_name="import_items")
    key = models.CharField(max_length=200)
    title = models.CharField(max_length=140)
    address = models.TextField(blank=True)  # of the file
    facts = models.JSONField(default=dict)  # what else its source said: Entry.facts
    published_at = models.DateTimeField(null=True)
    size = models.BigIntegerField(null=True)  # as announced; as it is, once it is here
    measured = models.BooleanField(default=False)  # its size was asked for
    got = models.BigIntegerField(default=0)  # bytes so far
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    reason = models.TextField(blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True)  # a pause after a failed try
    video = models.ForeignKey("videos.Video", models.SET_NULL, null=True, blank=True, related_name="imported_as")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [
            models.Index(fields=["job", "id"], name="items_of_import"),
            models.Index(fields=["job", "state", "id"], name="items_by_state"),
            models.Index(fields=["channel", "key"], name="items_by_key"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["job", "key"], name="an_item_once_in_an_import"),
            # The promise: whatever is started anew, at once or in two workers, a film comes into a channel once.
            models.UniqueConstraint(
                fields=["channel", "key"], condition=Q(state__in=["fetching", "done"]), name="a_film_comes_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def spool(self) -> Path:
        """Where its bytes gather before they are a video's."""
        return Path(settings.UPLOADS_ROOT) / "incoming" / f"import-{self.pk}"

    @property
    def share(self) -> float | None:
        return min(1.0, self.got / self.size) if self.size else None

    @property
    def came_as(self) -> int:
        """The video's key. Raises LookupError where it has not come, or was removed since."""
        if self.video_id is None:
            raise LookupError(f"import item {self.pk} has no video")
        return self.video_id

    def fact(self, name: str, default: Any = "") -> Any:
        return self.facts.get(name) or default
