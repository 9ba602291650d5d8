"""Where the parts of a film begin, as somebody wrote them by hand."""

from __future__ import annotations

from django.db import models


class Chapter(models.Model):
    asset = models.ForeignKey("assets.Asset", models.CASCADE, related_name="chapters")
    starts_at = models.PositiveIntegerField()  # milliseconds
    title = models.CharField(max_length=120)

    class Meta:
        ordering = ["starts_at"]
        constraints = [models.UniqueConstraint(fields=["asset", "starts_at"], name="one_chapter_at_a_time")]

    def __str__(self) -> str:
        return self.title
