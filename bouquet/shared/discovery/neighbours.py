"""Channels that people follow who follow the same as a member does: a few people, a few of their follows, no more."""

from __future__ import annotations

from django.db.models import Count
from django.utils.translation import gettext as _

from bouquet.shared.accounts.models import Person
from bouquet.shared.discovery.candidates import NEWEST_OF_CHANNEL, Wish
from bouquet.shared.discovery.models import Dismissal
from bouquet.shared.works.models import Follow

NEIGHBOURS = 40  # people whose follows are looked at
FROM_EACH = 50  # of their follows
FEWEST_AGREE = 3  # people: fewer would tell of one of them
CHANNELS = 3
WORKS = 3  # of each


def neighbours_wishes(person: Person) -> list[Wish]:
    """The newest of those channels. Two queries."""
    why = _("%(channel)s is followed by people who follow the same channels as you")
    return [
        Wish(NEWEST_OF_CHANNEL, (channel, WORKS), 2.0 - 0.1 * place, why % {"channel": name})
        for place, (channel, name) in enumerate(channels_of_neighbours(person))
    ]


def channels_of_neighbours(person: Person, most: int = CHANNELS) -> list[tuple[int, str]]:
    """Channels that at least FEWEST_AGREE of the people follow who share a channel with this member, and their names.

    Two queries: the channels that this member followed last, and what is counted of their other followers.
    """
    mine = Follow.objects.filter(person=person)
    last = list(mine.order_by("-pk").values_list("channel", flat=True)[:3])
    if not last:
        return []
    neighbours = Follow.objects.filter(channel__in=last).exclude(person=person).values("person")[:NEIGHBOURS]
    theirs = Follow.objects.filter(person__in=neighbours).values("pk")[: NEIGHBOURS * FROM_EACH]
    hidden = Dismissal.objects.filter(person=person, channel__isnull=False).values("channel")
    counted = (
        Follow.objects.filter(pk__in=theirs)
        .exclude(channel__in=mine.values("channel"))
        .exclude(channel__in=hidden)
        .values("channel", "channel__name")
        .annotate(people=Count("pk"))
        .filter(people__gte=FEWEST_AGREE)
        .order_by("-people", "channel")
    )
    return [(row["channel"], row["channel__name"]) for row in counted[:most]]
