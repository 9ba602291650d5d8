"""A stretch of a film: what one worker encodes at a time, while others encode others."""

from __future__ import annotations

from django.db import models

from bouquet.shared.assets.models.asset import Asset
from bouquet.toolkit.tasks.models import TaskRow, WorkerRow


class PieceQuerySet(models.QuerySet["Piece"]):
    def in_order(self) -> PieceQuerySet:
        return self.order_by("rank", "number")

    def of_the_living(self) -> list[Piece]:
        """Being encoded by a task that runs: the queue knows whose worker is dead, on whatever machine it was."""
        pieces = list(self.filter(state=Piece.State.RUNNING))
        tasks = TaskRow.objects.running().filter(
            pk__in=[piece.task for piece in pieces if piece.task], worker__in=WorkerRow.objects.values("name")
        )
        alive = {(str(pk), attempts) for pk, attempts in tasks.values_list("pk", "attempts")}
        return [piece for piece in pieces if (piece.task, piece.task_attempt) in alive]


class Piece(models.Model):
    """Encoded into a folder of its own, then moved into its place in the film by whoever holds the asset's lock.

    `token` names that folder and the run that writes to it: a worker that was thought dead and is not finds another
    token in the row, and what it made counts for nothing.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        MADE = "made"  # encoded, not in its place yet
        PUBLISHED = "published"

    asset = models.ForeignKey(Asset, models.CASCADE, related_name="pieces")
    step = models.CharField(max_length=24)
    rank = models.PositiveSmallIntegerField()  # of its step among those made at the same time
    number = models.PositiveIntegerField()
    first_frame = models.PositiveBigIntegerField(default=0)  # on the grid of the film's rate
    first_segment = models.PositiveIntegerField(default=0)
    segments = models.PositiveIntegerField(null=True)  # None: to the end
    is_sound = models.BooleanField(default=False)  # every sound track, whole: an AAC encoder cannot be joined
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    task = models.CharField(max_length=36, blank=True)  # TaskRow that encodes it, and which of its attempts
    task_attempt = models.PositiveSmallIntegerField(default=0)
    token = models.CharField(max_length=32, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    progress = models.FloatField(default=0)
    cuts = models.JSONField(default=dict)  # by rung: seconds and bytes of each of its segments
    taken_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(null=True)
    cpu_seconds = models.FloatField(null=True)

    objects = PieceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["asset", "step", "number"], name="one_piece_per_step_and_number")
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.number} of {self.asset_id}"
