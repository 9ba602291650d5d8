"""The feed of what a person follows, without fan-out on write and without sorting everything on read.

The newest N works of many channels lie in the N channels that published last, and each of those gives at most N. So:
one look at the index for each followed channel (its newest work), the N foremost channels, and the hour below which
nothing can be on this page. What is left to sort is a handful of works, however many there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F, OuterRef, Subquery
from django.http import HttpRequest

from bouquet.shared.accounts.models import Person
from bouquet.shared.works.models import Channel, Follow, Work, WorkQuerySet
from bouquet.shared.works.viewer import Viewer
from bouquet.toolkit.pages import Page, after_cursor, keyset_page

LATEST = ("-published_at", "-pk")


def followed_page(
    person: Person, viewer: Viewer, place: HttpRequest | str | None = None, *, size: int = 24
) -> Page[Work]:
    """A page of the newest works in the channels that a person follows. Three queries."""
    works = Work.objects.listed_for(viewer)
    wanted = size + 1  # one more tells whether there is a next page
    ahead = after_cursor(works, place, LATEST)
    foremost = _foremost_channels(person, ahead, wanted)
    channels = [channel for channel, _newest in foremost]
    floor = _hour_below_which_nothing_counts(foremost, ahead, wanted)
    on_page = works.filter(channel__in=channels)
    if floor is not None:
        on_page = on_page.filter(published_at__gte=floor)
    return keyset_page(on_page.cards(), place, size, LATEST)


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
