"""What is searched: one row of plain words for each work. The engine's own index hangs on it (engine/).

Beside it the words of titles, tags and channels by themselves, for lines that are misspelt (spelling.py).
"""

from __future__ import annotations

from django.db import models

from bouquet.shared.works.models import Work


class Entry(models.Model):
    """The words of a work, folded (folding.py). Whether a reader may find it is asked of the work, never kept here.

    What is read of many rows at once stands before what may be long: SQLite walks through a row from its beginning.
    """

    work = models.OneToOneField(Work, models.CASCADE, primary_key=True, related_name="entry")
    title = models.TextField()
    names = models.TextField()  # of the channel and the author
    place = models.CharField(max_length=80)  # where it stands, as words: “site7 kindvideos”
    speech = models.TextField(blank=True)  # what is said in it, folded, a piece a line
    body = models.TextField()
    said = models.TextField(blank=True)  # the same as it was written, line for line
    moments = models.JSONField(default=list)  # the second at which each line is said
    written_at = models.DateTimeField(auto_now=True)


class Word(models.Model):
    """A word of the titles, tags and channels of what may stand on shelves: what a misspelt one may have meant.

    Not who may find it: that is asked of works before a word is ever said (meaning.py).
    """

    text = models.CharField(max_length=40, unique=True)  # folded
    works = models.PositiveIntegerField(default=1)  # that have it; counted anew every night


class Slip(models.Model):
    """What is left of a word's beginning when a letter or two of it are dropped (spelling.py)."""

    form = models.CharField(max_length=7)
    word = models.ForeignKey(Word, models.CASCADE, related_name="slips")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["form", "word"], name="one_slip_per_form_and_word")]
