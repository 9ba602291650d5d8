"""Files and what is made of them: an upload is received, an asset is made ready in steps that survive a kill."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from bouquet.toolkit.ids import long_id


class Asset(models.Model):
    """The file behind a work. `reason` says in a sentence for its owner why it failed."""

    class Kind(models.TextChoices):
        VIDEO = "video", _("video")
        AUDIO = "audio", _("audio")
        IMAGE = "image", _("picture")

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting for the file")
        UPLOADING = "uploading", _("arriving")
        PROCESSING = "processing", _("being prepared")
        READY = "ready", _("ready")
        FAILED = "failed", _("failed")

    uid = models.CharField(max_length=32, unique=True, default=long_id, editable=False)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="assets")
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    reason = models.TextField(blank=True)
    filename = models.CharField(max_length=255, blank=True)  # as its owner called it; shown, never used as a path
    size = models.BigIntegerField(default=0)
    source = models.CharField(max_length=255, blank=True)  # path below UPLOADS_ROOT; empty once the original is gone
    sha256 = models.CharField(max_length=64, blank=True)
    facts = models.JSONField(default=dict)  # what the probe found
    duration = models.FloatField(null=True)  # seconds
    width = models.PositiveIntegerField(null=True)  # as shown: rotation applied
    height = models.PositiveIntegerField(null=True)
    poster = models.CharField(max_length=80, blank=True)  # folder below MEDIA_ROOT/posters: its version, never reused
    tint = models.CharField(max_length=7, blank=True)  # a colour of the poster, shown until it has loaded
    storyboard = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    received_at = models.DateTimeField(null=True)  # the last byte
    playable_at = models.DateTimeField(null=True)
    ready_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "created_at"])]


class Upload(models.Model):
    """A tus 1.0 upload. The file's own length is the offset; the row holds what was promised."""

    uid = models.CharField(max_length=32, unique=True, default=long_id, editable=False)
    asset = models.OneToOneField(Asset, models.CASCADE, related_name="upload")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="uploads")
    size = models.BigIntegerField()
    metadata = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(db_index=True)
    finished_at = models.DateTimeField(null=True)


class Step(models.Model):
    """One step of making an asset ready. What is done stays done; a killed worker's step is taken up again."""

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    asset = models.ForeignKey(Asset, models.CASCADE, related_name="steps")
    name = models.CharField(max_length=24)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    progress = models.FloatField(default=0)  # 0 to 1
    attempts = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    cpu_seconds = models.FloatField(null=True)
    error = models.TextField(blank=True)  # for the operator

    class Meta:
        constraints = [models.UniqueConstraint(fields=["asset", "name"], name="one_step_per_asset_and_name")]


class Rendition(models.Model):
    """One playable form of an asset, in its folder below STREAMS_ROOT/<asset uid>/<name>/."""

    class Kind(models.TextChoices):
        VIDEO = "video"
        AUDIO = "audio"

    asset = models.ForeignKey(Asset, models.CASCADE, related_name="renditions")
    name = models.CharField(max_length=16)  # v240, v1080, source, audio, fast
    kind = models.CharField(max_length=5, choices=Kind.choices)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    codecs = models.CharField(max_length=80)  # RFC 6381, read from the init segment
    bandwidth = models.PositiveIntegerField(default=0)  # peak bits per second, measured on the segments
    average_bandwidth = models.PositiveIntegerField(default=0)
    frame_rate = models.FloatField(null=True)
    growing = models.BooleanField(default=False)  # segments are still being added
    segments = models.PositiveIntegerField(default=0)
    size = models.BigIntegerField(default=0)
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["asset", "name"], name="one_rendition_per_asset_and_name")]
