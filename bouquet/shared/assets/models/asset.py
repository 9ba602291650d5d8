"""Files and what is made of them: an upload is received, an asset is made ready in steps that survive a kill."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bouquet.toolkit.ids import long_id

LEVEL, PEAK = -16.0, -1.0  # LUFS and dBTP: what podcasts and video platforms level to (AES TD1008)
LEAST_GAIN, MOST_GAIN = -12.0, 6.0  # dB; more would lift noise, or hide a measurement that is wrong


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
    source = models.CharField(max_length=255, blank=True)  # path of the original; empty once it is gone
    archived_at = models.DateTimeField(null=True)  # its original lies below ORIGINALS_ARCHIVE since; None: UPLOADS_ROOT
    stored_at = models.DateTimeField(null=True)  # what was made of it lies in the object store since; None: here
    original_stored_at = models.DateTimeField(null=True)  # and its original
    sha256 = models.CharField(max_length=64, blank=True)
    facts = models.JSONField(default=dict)  # what the probe found
    duration = models.FloatField(null=True)  # seconds
    width = models.PositiveIntegerField(null=True)  # as shown: rotation applied
    height = models.PositiveIntegerField(null=True)
    poster = models.CharField(max_length=80, blank=True)  # folder below MEDIA_ROOT/posters: its version, never reused
    tint = models.CharField(max_length=7, blank=True)  # a colour of the poster, shown until it has loaded
    storyboard = models.BooleanField(default=False)
    loudness = models.FloatField(null=True)  # LUFS, integrated (EBU R 128); None: no sound, silence, not measured yet
    true_peak = models.FloatField(null=True)  # dBTP of the same track
    created_at = models.DateTimeField(auto_now_add=True)
    received_at = models.DateTimeField(null=True)  # the last byte
    playable_at = models.DateTimeField(null=True)
    ready_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "created_at"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.uid}"

    @property
    def upload_folder(self) -> Path:
        """Where its original lies: `part` while it arrives, `source` afterwards."""
        return Path(settings.UPLOADS_ROOT) / self.uid

    @property
    def source_path(self) -> Path | None:
        """The original, or None while it has not arrived and once it is gone."""
        root = settings.ORIGINALS_ARCHIVE if self.archived_at else settings.UPLOADS_ROOT
        return Path(root) / self.source if self.source and root else None

    @property
    def has_original(self) -> bool:
        """It can be cut, encoded again, saved: it was neither dropped nor is the place it was moved to away.

        The object store is not asked. What reads the file has it brought here first (`store.fetching.original_here`).
        """
        path = self.source_path
        return path is not None and (
            path.is_file() or (self.original_stored_at is not None and bool(settings.OBJECT_STORE))
        )

    @property
    def no_original(self) -> str:
        """Why there is no original, in a sentence; "" where there is one."""
        if self.has_original:
            return ""
        if self.source and (self.archived_at or self.original_stored_at):
            return gettext("The original of this film lies on a disk that cannot be reached at the moment.")
        return gettext("The original of this film is not kept any more.")

    @property
    def stream_folder(self) -> Path:
        """What was made of it: served below a signed address, path for path, from here or from the object store."""
        return Path(settings.STREAMS_ROOT) / self.uid

    @property
    def master_playlist(self) -> Path:
        return self.stream_folder / "master.m3u8"

    @property
    def is_playable(self) -> bool:
        """Something can be played: asked of the renditions (a query unless prefetched), never a kept flag."""
        wanted = Rendition.Kind.AUDIO if self.kind == Asset.Kind.AUDIO else Rendition.Kind.VIDEO
        return any(rendition.kind == wanted for rendition in self.renditions.all())

    @property
    def public_state(self) -> str:
        """waiting, uploading, processing, playable, ready or failed. May ask the renditions and the upload's file."""
        if self.state == Asset.State.PROCESSING and self.is_playable:
            return "playable"
        if self.state == Asset.State.WAITING and self._arrived() > 0:
            return Asset.State.UPLOADING.value
        return str(self.state)

    @property
    def progress(self) -> float:
        """0 to 1: of the bytes while they arrive, of the steps afterwards (a query, unless they were prefetched)."""
        if self.state in (Asset.State.WAITING, Asset.State.UPLOADING):
            return self._arrived() / self.size if self.size else 0.0
        if self.state == Asset.State.READY:
            return 1.0
        steps = list(self.steps.all())
        return round(sum(step.progress for step in steps) / len(steps), 3) if steps else 0.0

    @property
    def timings(self) -> dict[str, Any]:
        """Seconds from the last byte to each mark, and CPU seconds of each step that measured them."""
        marks: dict[str, Any] = {}
        if self.received_at is None:
            return marks
        steps = list(self.steps.all())
        probed = next((step.finished_at for step in steps if step.name == "probe"), None)
        ends = {
            "received": self.received_at,
            "probed": probed,
            "first_playable": self.playable_at,
            "ready": self.ready_at,
        }
        for name, moment in ends.items():
            if moment is not None:
                marks[name] = round((moment - self.received_at).total_seconds(), 3)
        marks["cpu"] = {step.name: step.cpu_seconds for step in steps if step.cpu_seconds is not None}
        return marks

    def poster_url(self, width: int = 640, ending: str = "webp") -> str:
        """Address of its picture (320, 640 or 1280 px wide), whole where a CDN gives it, or "" while there is none."""
        return f"{self._poster_address}/{width}.{ending}" if self.poster else ""

    @property
    def poster_folder(self) -> Path:
        """Where those files lie; ask only where `poster` is set."""
        return Path(settings.MEDIA_ROOT) / "posters" / self.poster

    @property
    def share_picture_url(self) -> str:
        """The JPEG that other networks show beside a link, or ""."""
        return f"{self._poster_address}/og.jpg" if self.poster else ""

    @property
    def _poster_address(self) -> str:
        return f"{settings.STREAM_ORIGIN}{settings.MEDIA_URL}posters/{self.poster}"

    @property
    def gain_db(self) -> float:
        """What a player adds to be heard at LEVEL, in dB: without a peak above PEAK, 0.0 where nothing is known."""
        if self.loudness is None:
            return 0.0
        gain = LEVEL - self.loudness
        if self.true_peak is not None:
            gain = min(gain, PEAK - self.true_peak)
        return round(min(max(gain, LEAST_GAIN), MOST_GAIN), 2)

    def _arrived(self) -> int:
        upload = getattr(self, "upload", None)
        return upload.offset if upload else 0


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

    @property
    def path(self) -> str:
        """Where a tus client sends the bytes, on any host of the network."""
        return f"/tus/{self.uid}"

    @property
    def part_path(self) -> Path:
        return self.asset.upload_folder / "part"

    @property
    def whole_path(self) -> Path:
        return self.asset.upload_folder / "source"

    @property
    def offset(self) -> int:
        """How many bytes have arrived: the length of the file, so that it is right after any crash."""
        if self.finished_at:
            return self.size
        with suppress(FileNotFoundError, ValueError):  # bytes behind it await their checksum
            return int(self.part_path.with_name("unverified").read_text())
        for path in (self.part_path, self.whole_path):
            try:
                return path.stat().st_size
            except FileNotFoundError:
                continue
        return 0

    @property
    def has_expired(self) -> bool:
        return self.finished_at is None and self.expires_at <= timezone.now()


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
    language = models.CharField(max_length=16, blank=True)  # of a sound track, BCP 47
    channels = models.PositiveSmallIntegerField(null=True)  # of a sound track
    label = models.CharField(max_length=80, blank=True)  # of a sound track, as the player's menu shows it
    described = models.BooleanField(default=False)  # a sound track that also says what is to be seen
    bandwidth = models.PositiveIntegerField(default=0)  # peak bits per second, measured on the segments
    average_bandwidth = models.PositiveIntegerField(default=0)
    frame_rate = models.FloatField(null=True)
    growing = models.BooleanField(default=False)  # segments are still being added
    segments = models.PositiveIntegerField(default=0)
    size = models.BigIntegerField(default=0)
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["asset", "name"], name="one_rendition_per_asset_and_name")]
