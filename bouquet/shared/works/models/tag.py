"""Words that makers hang on their works."""

from __future__ import annotations

from django.db import models


class Tag(models.Model):
    """One word for all who use it: `slug` is the folded form that finds it, `name` as it was first written."""

    slug = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=40)

    class Meta:
        ordering = ["slug"]  # wherever a work's tags are named: without it PostgreSQL gives them in any order

    def __str__(self) -> str:
        return self.name


class Tagging(models.Model):
    """A tag that hangs on a work: written by `work.tags.set(…)`. A model of its own for its index."""

    work = models.ForeignKey("works.Work", models.CASCADE, related_name="taggings")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="taggings", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["work", "tag"], name="a_tag_hangs_once_on_a_work")]
        # The last works that a tag was hung on: without it PostgreSQL walks through all tags of all works.
        indexes = [models.Index("tag", models.F("id").desc(), name="hung_on_last")]
