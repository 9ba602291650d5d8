"""Where a work used to be, on whatever server. Kept by imports, answered for years."""

from __future__ import annotations

from django.db import models


class OldAddress(models.Model):
    """Asked for here (the old host name leads here now), it is sent on to the work's page."""

    host = models.CharField(max_length=120)
    path = models.CharField(max_length=500)  # with its query; without a slash at its end
    work = models.ForeignKey("works.Work", models.CASCADE, related_name="old_addresses")
    embed = models.BooleanField(default=False)  # it was the bare player, for other people's pages

    class Meta:
        constraints = [models.UniqueConstraint(fields=["host", "path"], name="one_work_per_old_address")]
        indexes = [models.Index(fields=["path"], name="old_addresses_by_path")]

    def __str__(self) -> str:
        return f"{self.host}{self.path}"
