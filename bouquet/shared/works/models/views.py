"""How many views a work had, by the day. Written in batches by `counting.py`."""

from __future__ import annotations

from django.db import models

from bouquet.shared.works.models.work import Work


class DayViews(models.Model):
    work = models.ForeignKey(Work, models.CASCADE, related_name="day_views", db_index=False)
    day = models.DateField(db_index=True)
    views = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["work", "day"], name="one_row_per_work_and_day")]
