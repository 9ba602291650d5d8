"""The feed of what a person follows, without fan-out on write and without sorting everything on read.

The newest N works of many channels lie in the N channels that published last, and each of those gives at most N. So:
one look at the index for each followed channel (its newest work), the N foremost channels, and the hour below which
nothing can be on this page. What is left to sort is a handful of works, however many there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import F, OuterRef, Subquery
from django.http import HttpRequest
from django.utils import timezone

from bouquet.shared.accounts.models import Person
from bouquet.shared.works.models import Channel, Follow, Work, WorkQuerySet
from bouquet.shared.works.viewer import Viewer
from bouquet.toolkit.pages import Page, after_cursor, keyset_page

LATEST = ("-published_at", "-pk")


def followed_page(
    person: Person, viewer: Viewer, place: HttpRequest | str | None = None, *, size: int = 24
) -> Page[Work]:
    """A page of the newest works in the channels that a person follows. Three queries."""
    works = _that_can_be_on_it(person, Work.objects.listed_for(viewer), place, size + 1)
    return keyset_page(works.cards(), place, size, LATEST)


def followed_newest(person: Person, viewer: Viewer, number: int) -> list[tuple[int, int]]:
    """The newest works there, each with its channel: for who shows them among others. Three queries."""
    works = _that_can_be_on_it(person, Work.objects.listed_for(viewer), None, number + 1)
    return list(works.order_by(*LATEST).values_list("pk", "channel")[:number])


def _that_can_be_on_it(
    person: Person, works: WorkQuerySet, place: HttpRequest | str | None, wanted: int
) -> WorkQuerySet:
    """Of the foremost channels, down to the hour that ends the page. With one more wanted, a next page is known of."""
    ahead = after_cursor(works, place, LATEST)
    foremost = _foremost_channels(person, ahead, wanted)
    on_page = works.filter(channel__in=[channel for channel, _newest in foremost])
    floor = _hour_below_which_nothing_counts(foremost, ahead, wanted)
    return on_page if floor is None else on_page.filter(published_at__gte=floor)


def _foremost_channels(person: Person, ahead: WorkQuerySet, wanted: int) -> Sequence[tuple[int, datetime]]:
    newest = ahead.filter(channel=OuterRef("channel")).values("published_at")[:1]
    follows = Follow.objects.filter(person=person).annotate(newest=Subquery(newest))
    rows = follows.order_by(F("newest").desc(nulls_last=True)).values_list("channel", "newest")[:wanted]
    return [(channel, hour) for channel, hour in rows if hour is not None]


def _hour_below_which_nothing_counts(
    foremost: Sequence[tuple[int, datetime]], ahead: WorkQuerySet, wanted: int
) -> datetime | None:
    """Some channel alone, or all the foremost together, have `wanted` works from this hour on."""
    nth = ahead.filter(channel=OuterRef("pk")).values("published_at")[wanted - 1 : wanted]
    channels = Channel.objects.filter(pk__in=[channel for channel, _newest in foremost]).annotate(nth=Subquery(nth))
    hours = [hour for hour in channels.values_list("nth", flat=True) if hour is not None]
    if len(foremost) >= wanted:
        hours.append(foremost[-1][1])
    return max(hours, default=None)


# As above, but of everything that stands on shelves: the index alone answers.
FOREMOST = """SELECT * FROM (SELECT f.channel_id, (SELECT w.published_at FROM works_work AS w
        WHERE w.on_shelves AND w.channel_id = f.channel_id AND w.published_at <= %s
        ORDER BY w.published_at DESC, w.id DESC LIMIT 1) AS newest
    FROM works_follow AS f WHERE f.person_id = %s) AS followed ORDER BY newest DESC NULLS LAST LIMIT %s"""
NEWEST = """SELECT published_at, id FROM works_work WHERE on_shelves AND channel_id = {channel}
    AND published_at <= %s ORDER BY published_at DESC, id DESC LIMIT %s"""


def followed_candidates(person: Person, number: int) -> list[int]:
    """The newest ids there that some viewer could find: who shows one must ask whether *this* viewer may. Two queries.

    It costs a fraction of the feed itself, whose question about the viewer is asked for each channel.
    """
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(FOREMOST, [now, person.pk, number])
        channels = [channel for channel, newest in cursor.fetchall() if newest is not None]
        if not channels:
            return []
        newest, values = _newest_of(channels, now, number)
        sql = f"SELECT w.id FROM {newest} AS w ORDER BY w.published_at DESC, w.id DESC LIMIT %s"  # noqa: S608
        cursor.execute(sql, [*values, number])
        return [pk for (pk,) in cursor.fetchall()]


def _newest_of(channels: list[int], now: Any, number: int) -> tuple[str, list[Any]]:
    """As many of each channel. Written out for each one, PostgreSQL takes twenty times longer to plan it than to
    answer; SQLite has no other words for it, and plans nothing."""
    if connection.vendor == "postgresql":
        return f"unnest(%s::bigint[]) AS c(id), LATERAL ({NEWEST.format(channel='c.id')})", [channels, now, number]
    branches = " UNION ALL ".join([f"SELECT * FROM ({NEWEST.format(channel='%s')}) AS t"] * len(channels))  # noqa: S608
    return f"({branches})", [value for channel in channels for value in (channel, now, number)]
