"""Channels that people follow who follow the same as a member does: a few people, a few of their follows, no more."""

from __future__ import annotations

from django.utils.translation import gettext as _

from bouquet.shared.accounts.models import Person
from bouquet.shared.discovery.candidates import Source, together
from bouquet.shared.discovery.models import Dismissal
from bouquet.shared.works.models import Channel, Follow, Work

NEIGHBOURS = 40  # people whose follows are looked at
FROM_EACH = 50  # of their follows
FEWEST_AGREE = 3  # people: fewer would tell of one of them
CHANNELS = 3
WORKS = 3  # of each


def neighbours_sources(person: Person) -> list[Source]:
    """The newest of those channels. Five queries and one for each channel."""
    channels = channels_of_neighbours(person, CHANNELS)
    if not channels:
        return []
    names = dict(Channel.objects.filter(pk__in=channels).values_list("pk", "name"))
    newest = Work.objects.filter(on_shelves=True).order_by("-published_at", "-pk").values_list("pk", flat=True)
    why = _("%(channel)s is followed by people who follow the same channels as you")
    return [
        Source(list(newest.filter(channel=pk)[:WORKS]), 2.0 - 0.1 * place, why % {"channel": names[pk]})
        for place, pk in enumerate(channels)
        if pk in names
    ]


def channels_of_neighbours(person: Person, most: int = CHANNELS) -> list[int]:
    """Channels that at least FEWEST_AGREE of the people follow who share a channel with this member. Four queries."""
    mine = list(Follow.objects.filter(person=person).order_by("-pk").values_list("channel", flat=True)[:1000])
    if not mine:
        return []
    sharing = Follow.objects.filter(channel__in=mine[:3]).exclude(person=person)
    neighbours = set(sharing.values_list("person", flat=True)[:NEIGHBOURS])
    rows = Follow.objects.filter(person__in=neighbours).values_list("person", "channel")[: NEIGHBOURS * FROM_EACH]
    chosen: dict[int, list[int]] = {}
    for neighbour, channel in rows:
        chosen.setdefault(neighbour, []).append(channel)
    known = set(mine)
    known.update(Dismissal.objects.filter(person=person, channel__isnull=False).values_list("channel", flat=True))
    return [channel for channel in together(list(chosen.values()), FEWEST_AGREE) if channel not in known][:most]
