"""How many articles a site shows of each month: kept, because counting 200,000 of them takes a reader's patience."""

from __future__ import annotations

from django.db import models

from bouquet.shared.network.models import Site


class Month(models.Model):
    """Written by months.py. A month without articles has no row."""

    site = models.ForeignKey(Site, models.CASCADE, related_name="article_months")
    starts = models.DateField()
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "starts"], name="one_row_for_a_month_of_a_site")]
