"""What suggestions remember: how many addresses saw a work on a day, how many works of a sort there are, and what a
member said of suggestions. What a member follows, likes and watches stays where it is; nothing is worked out ahead.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from bouquet.shared.network.models import Site
from bouquet.shared.works.models import Channel, Work


class Reach(models.Model):
    """How many different addresses viewed a work on a day: one address is one, whatever it does. A number, nobody."""

    work = models.ForeignKey(Work, models.CASCADE, related_name="reaches", db_index=False)
    day = models.DateField(db_index=True)
    addresses = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["work", "day"], name="one_reach_per_work_and_day")]


class Tally(models.Model):
    """How many works everybody may find, by site, kind, category and language. Written anew every few minutes."""

    site = models.ForeignKey(Site, models.CASCADE, related_name="tallies", db_index=False)
    kind = models.CharField(max_length=24)
    category = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=8, blank=True)
    works = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "site", "category", "language"], name="one_tally_of_a_sort")
        ]


class HomeChoice(models.Model):
    """A member who switched suggestions off (or on again). Without a row they are on."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="home_choice")
    is_on = models.BooleanField(default=True)


class Dismissal(models.Model):
    """“Not interested” in a work, or a channel not to be suggested any more. Lists that are asked for show it still."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="dismissals", db_index=False)
    work = models.ForeignKey(Work, models.CASCADE, null=True, related_name="dismissals")
    channel = models.ForeignKey(Channel, models.CASCADE, null=True, related_name="dismissals")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "work"], name="a_work_is_dismissed_once"),
            models.UniqueConstraint(fields=["person", "channel"], name="a_channel_is_hidden_once"),
            models.CheckConstraint(
                condition=Q(work__isnull=False, channel__isnull=True) | Q(work__isnull=True, channel__isnull=False),
                name="a_dismissal_is_of_one_thing",
            ),
        ]
