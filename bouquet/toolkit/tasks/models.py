"""The queue: one row for each piece of work, one for each living worker, one for each thing that repeats."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bouquet.toolkit.tasks.lanes import LANES


class TaskRowQuerySet(models.QuerySet["TaskRow"]):
    def waiting(self) -> TaskRowQuerySet:
        return self.filter(state=TaskRow.State.WAITING)

    def running(self) -> TaskRowQuerySet:
        return self.filter(state=TaskRow.State.RUNNING)

    def failed(self) -> TaskRowQuerySet:
        return self.filter(state=TaskRow.State.FAILED)

    def due(self, urgencies: Iterable[int] | None = None) -> TaskRowQuerySet:
        """What may start now, the most urgent first."""
        wanted = [lane.urgency for lane in LANES.values()] if urgencies is None else list(urgencies)
        same = TaskRow.objects.running().filter(key=OuterRef("key"))
        return (
            self.waiting()
            .filter(urgency__in=wanted, run_after__lte=timezone.now())
            .exclude(Q(alone=True) & Exists(same))
            .order_by("urgency", "-priority", "run_after")
        )

    def of_nobody(self) -> TaskRowQuerySet:
        """Running, says the row, but its worker is not there any more."""
        return self.running().exclude(worker__in=WorkerRow.objects.values("name"))


class TaskRow(models.Model):
    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("cancelled")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    task = models.CharField(max_length=200)
    args = models.JSONField(default=list)
    kwargs = models.JSONField(default=dict)
    lane = models.CharField(max_length=12)
    urgency = models.SmallIntegerField()
    priority = models.SmallIntegerField(default=0)
    key = models.CharField(max_length=250, blank=True)
    alone = models.BooleanField(default=False)  # not while another row of this key runs
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    run_after = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=6)
    timeout = models.PositiveIntegerField()  # seconds
    worker = models.CharField(max_length=80, blank=True)
    slot = models.PositiveSmallIntegerField(null=True)
    cancel_asked = models.BooleanField(default=False)
    progress = models.FloatField(null=True)
    result = models.JSONField(null=True)
    error = models.TextField(blank=True)
    enqueued_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = TaskRowQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index("state", "urgency", models.F("priority").desc(), "run_after", name="task_claim"),
            models.Index(fields=["state", "urgency", "run_after"], name="task_due"),
            models.Index(fields=["state", "finished_at"], name="task_finished"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=Q(state="waiting") & ~Q(key=""), name="one_waiting_per_key"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.id}"

    @property
    def name(self) -> str:
        return self.task.removeprefix("bouquet.").replace(".tasks.", ".")

    @property
    def reason(self) -> str:
        """The last line of the error: what a person wants to read first."""
        return self.error.strip().rpartition("\n")[2]

    @property
    def waited(self) -> float | None:
        """Seconds from when it was due to when its last run began."""
        return max(0.0, (self.started_at - self.run_after).total_seconds()) if self.started_at else None

    @property
    def took(self) -> float | None:
        """Seconds of its last run."""
        if not self.started_at or not self.finished_at:
            return None
        return max(0.0, (self.finished_at - self.started_at).total_seconds())


class WorkerRow(models.Model):
    """A living worker: it adds one to `beats` every few seconds. Who stops doing so is dead, whatever clocks say."""

    name = models.CharField(primary_key=True, max_length=80)
    place = models.CharField(max_length=200)  # machine, boot and process namespace: where `pid` means something
    pid = models.PositiveIntegerField()
    born = models.CharField(max_length=40)  # the process' start, so that a reused pid is not taken for it
    lanes = models.JSONField(default=list)
    slots = models.PositiveSmallIntegerField(default=1)
    beats = models.PositiveBigIntegerField(default=0)
    started_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name


class ScheduleRow(models.Model):
    task = models.CharField(primary_key=True, max_length=200)
    due_at = models.DateTimeField()
    last_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.task
