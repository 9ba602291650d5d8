"""Channels that people follow who follow the same as a member does: a few people, a few of their follows, no more."""

from __future__ import annotations

from django.db import connection
from django.utils.translation import gettext as _

from bouquet.shared.accounts.models import Person
from bouquet.shared.discovery.candidates import NEWEST_OF_CHANNEL, Wish

NEIGHBOURS = 40  # people whose follows are looked at
FROM_EACH = 50  # of their follows
FEWEST_AGREE = 3  # people: fewer would tell of one of them
CHANNELS = 3
WORKS = 3  # of each
COUNTED = f"""
    WITH mine AS (SELECT id, channel_id FROM works_follow WHERE person_id = %(person)s),
    shared AS (SELECT channel_id FROM mine ORDER BY id DESC LIMIT 3),
    neighbours AS (SELECT person_id FROM works_follow
        WHERE channel_id IN (SELECT channel_id FROM shared) AND person_id <> %(person)s LIMIT {NEIGHBOURS}),
    theirs AS (SELECT channel_id FROM works_follow
        WHERE person_id IN (SELECT person_id FROM neighbours) LIMIT {NEIGHBOURS * FROM_EACH})
    SELECT channel.id, channel.name, COUNT(*) AS people
      FROM theirs JOIN works_channel AS channel ON channel.id = theirs.channel_id
     WHERE theirs.channel_id NOT IN (SELECT channel_id FROM mine)
       AND theirs.channel_id NOT IN (SELECT channel_id FROM discovery_dismissal
            WHERE person_id = %(person)s AND channel_id IS NOT NULL)
     GROUP BY channel.id, channel.name
    HAVING COUNT(*) >= {FEWEST_AGREE}
     ORDER BY people DESC, channel.id LIMIT %(most)s
"""  # noqa: S608 (numbers of this file)


def neighbours_wishes(person: Person) -> list[Wish]:
    """The newest of those channels. One query."""
    why = _("%(channel)s is followed by people who follow the same channels as you")
    return [
        Wish(NEWEST_OF_CHANNEL, (channel, WORKS), 2.0 - 0.1 * place, why % {"channel": name})
        for place, (channel, name) in enumerate(channels_of_neighbours(person))
    ]


def channels_of_neighbours(person: Person, most: int = CHANNELS) -> list[tuple[int, str]]:
    """Channels that at least FEWEST_AGREE of the people follow who share a channel with this member, and their names.

    One query: the channels that this member followed last, some of their followers, what is counted of those people's
    other channels. Written as SQL, like the other wishes: as querysets it cost more than its answer.
    """
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, {"person": person.pk, "most": most})
        return [(channel, name) for channel, name, _people in cursor.fetchall()]
