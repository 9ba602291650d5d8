"""Words that makers hang on their works."""

from __future__ import annotations

from django.db import models


class Tag(models.Model):
    """One word for all who use it: `slug` is the folded form that finds it, `name` as it was first written."""

    slug = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=40)

    def __str__(self) -> str:
        return self.name
