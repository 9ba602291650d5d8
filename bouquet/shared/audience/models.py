"""Rows of the first store, and what the collector and the loader keep. No row holds a person, an address or a browser's
own words; `docs/decisions/0051` says what another store would put in their place.
"""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class Subject(models.IntegerChoices):
    """Whose numbers they are."""

    WORK = 1
    CHANNEL = 2
    SITE = 3
    ADDRESS = 4  # only in DayVisitor: one household's views of one work


class Dimension(models.IntegerChoices):
    ALL = 0
    SOURCE = 1
    COUNTRY = 2
    DEVICE = 3
    EMBED = 4
    WORK = 5  # of a channel or a site: which of its works


class Play(models.Model):
    """One playing of one work, as far as its player has told. Kept BOUQUET_AUDIENCE_DAYS days."""

    number = models.BigIntegerField(primary_key=True)
    day = models.DateField(db_index=True)  # on which it began: all that it adds is that day's
    work_id = models.BigIntegerField()
    channel_id = models.BigIntegerField(default=0)
    site_id = models.BigIntegerField()
    visitor = models.BigIntegerField()
    origin = models.BigIntegerField()
    began_at = models.FloatField()  # Unix seconds, the server's clock
    last_at = models.FloatField()
    duration = models.FloatField(default=0)
    seconds = models.FloatField(default=0)
    parts = models.BinaryField(max_length=13)  # the hundredths that were seen, as one number of 100 bits
    ended = models.BooleanField(default=False)
    viewed = models.BooleanField(default=False)  # it has been counted as a view
    marks = models.PositiveSmallIntegerField(default=0)
    country = models.CharField(max_length=2, blank=True)
    device = models.PositiveSmallIntegerField(default=0)
    source = models.CharField(max_length=100, blank=True)
    embed = models.CharField(max_length=100, blank=True)


class Tally(models.Model):
    """What a day brought to a work, a channel or a site: in all, and by what. Added to, never worked out again."""

    subject = models.PositiveSmallIntegerField(choices=Subject)
    subject_id = models.BigIntegerField()
    dimension = models.PositiveSmallIntegerField(choices=Dimension)
    day = models.DateField()
    value = models.CharField(max_length=100, blank=True)
    plays = models.PositiveIntegerField(default=0)
    views = models.PositiveIntegerField(default=0)
    visitors = models.PositiveIntegerField(default=0)  # only of Dimension.ALL
    seconds = models.FloatField(default=0)
    ends = models.PositiveIntegerField(default=0)

    class Meta:
        # In the order in which pages ask: one subject, one dimension, a stretch of days.
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "subject_id", "dimension", "day", "value"], name="one_tally_of_a_kind_a_day"
            )
        ]


class Curve(models.Model):
    """How many of a day's plays saw each hundredth of a work: 100 numbers of four bytes."""

    work_id = models.BigIntegerField()
    day = models.DateField()
    seen = models.BinaryField(max_length=400)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["work_id", "day"], name="one_curve_a_work_and_day")]


class DayVisitor(models.Model):
    """Who has been here today, by a number that means nothing tomorrow. Removed when the day is over."""

    day = models.DateField()
    subject = models.PositiveSmallIntegerField(choices=Subject)
    subject_id = models.BigIntegerField()
    visitor = models.BigIntegerField()
    views = models.PositiveSmallIntegerField(default=0)
    viewed_at = models.FloatField(default=0)  # the last that was counted

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "subject", "subject_id", "visitor"], name="one_row_a_visitor_a_day")
        ]


class DaySalt(models.Model):
    """Drawn when the day's first hit comes, overwritten and removed when it is over."""

    day = models.DateField(primary_key=True)
    salt = models.BinaryField(max_length=32)


class LoadedFile(models.Model):
    """A spool file whose hits are in the store: written in the same transaction, so that none counts twice."""

    name = models.CharField(max_length=100, primary_key=True)
    loaded_at = models.DateTimeField(default=timezone.now)


class Dropped(models.Model):
    """How many words of players were not kept, and why, by the day."""

    day = models.DateField()
    reason = models.CharField(max_length=24)
    number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "reason"], name="one_row_a_reason_a_day")]
