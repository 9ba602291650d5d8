"""A member's home: shelves, each saying why it is there. Nothing is worked out ahead and nothing of it is kept.

from what they follow     the newest of the channels (works/feed.py: one look at each channel)
because they liked        what is like the last works they liked
others follow             channels that people follow who follow the same as they do
trending                  what many different people watch now
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from bouquet.shared.accounts.models import Person
from bouquet.shared.discovery.candidates import Source, like, together
from bouquet.shared.discovery.choosing import choose, wanted_by
from bouquet.shared.discovery.models import Dismissal, HomeChoice
from bouquet.shared.discovery.watched import last_watched
from bouquet.shared.works.actions import followed_page
from bouquet.shared.works.models import Channel, Follow, Reaction, Work
from bouquet.shared.works.permissions import Viewer

SHELF = 8
SEEDS = 3  # works that lead to a shelf of their own
FEWEST = 2  # works that make a shelf
NEIGHBOURS = 40  # people whose follows are looked at
FROM_EACH = 50  # of their follows
FEWEST_AGREE = 3  # people: fewer would tell of one of them


@dataclass
class Shelf:
    name: str
    title: str
    why: str
    works: list[Work] = field(default_factory=list)


def home_is_on(person: Person) -> bool:
    choice = HomeChoice.objects.filter(person=person).values_list("is_on", flat=True).first()
    return choice is not False


def home_of(person: Person, viewer: Viewer) -> list[Shelf]:
    """The shelves that have something, each work once. A fixed number of queries, whatever there is."""
    shown: set[int] = set()
    shelves = []
    for shelf in _shelves(person, viewer, shown):
        if len(shelf.works) >= FEWEST or (shelf.works and shelf.name == "followed"):
            shelves.append(shelf)
            shown.update(work.pk for work in shelf.works)
    return shelves


def _shelves(person: Person, viewer: Viewer, shown: set[int]) -> Iterator[Shelf]:
    """`shown` grows between them."""
    yield _followed(person, viewer)
    seeds = _seeds(person, viewer)
    shown.update(work.pk for work, _title, _why in seeds)  # what was watched is not news
    for work, title, why in seeds:
        found = choose(like(work), viewer, SHELF, but=shown, language=work.language)
        yield Shelf("like", title, why, found)
    yield _of_neighbours(person, viewer, shown)
    yield trending_shelf(viewer, shown)


def _followed(person: Person, viewer: Viewer) -> Shelf:
    hidden = set(Dismissal.objects.filter(person=person).values_list("work", "channel"))
    page = followed_page(person, viewer, size=SHELF * 2)
    works = [each for each in page if (each.pk, None) not in hidden and (None, each.channel_id) not in hidden][:SHELF]
    for work in works:
        told: Any = work
        told.why = _("Because you follow %(channel)s") % {"channel": work.channel.name if work.channel else ""}
    return Shelf("followed", _("New from the channels you follow"), _("Because you follow them"), works)


def _seeds(person: Person, viewer: Viewer) -> list[tuple[Work, str, str]]:
    """The last works that this member watched, then the last they liked: what they may still see."""
    watched = last_watched(person, SEEDS)
    liked = list(Reaction.objects.filter(person=person).order_by("-pk").values_list("work", flat=True)[:SEEDS])
    ids = [*watched, *(pk for pk in liked if pk not in watched)][:SEEDS]
    visible = Work.objects.visible_to(viewer).select_related("channel").prefetch_related("tags")
    by_id = {work.pk: work for work in visible.filter(pk__in=ids)}
    seeds = []
    for work in (by_id[pk] for pk in ids if pk in by_id):
        names = {"title": work.shown_title}
        if work.pk in watched:
            seeds.append((work, _("Because you watched “%(title)s”") % names, _("It is in your history.")))
        else:
            seeds.append((work, _("Because you liked “%(title)s”") % names, _("You pressed “Like” there.")))
    return seeds


def _of_neighbours(person: Person, viewer: Viewer, shown: set[int]) -> Shelf:
    channels = channels_of_neighbours(person)
    newest = Work.objects.listed_for(viewer).order_by("-published_at", "-pk").values_list("pk", flat=True)
    names = dict(Channel.objects.filter(pk__in=channels).values_list("pk", "name"))
    sources = [
        Source(
            list(newest.filter(channel=pk)[:3]),
            2.0 - 0.1 * place,
            _("%(channel)s is followed by people who follow the same channels as you") % {"channel": names[pk]},
        )
        for place, pk in enumerate(channels)
        if pk in names
    ]
    why = _("Nobody is told who follows what: several people must agree.")
    title = _("People who follow the same channels follow these too")
    return Shelf("neighbours", title, why, choose(sources, viewer, SHELF, but=shown))


def channels_of_neighbours(person: Person, most: int = 4) -> list[int]:
    """Channels that at least FEWEST_AGREE of the people follow who share a channel with this member. Three queries."""
    mine = list(Follow.objects.filter(person=person).order_by("-pk").values_list("channel", flat=True)[:1000])
    if not mine:
        return []
    neighbours = list(
        Follow.objects.filter(channel__in=mine[:3]).exclude(person=person).values_list("person", flat=True)[:NEIGHBOURS]
    )
    rows = Follow.objects.filter(person__in=set(neighbours)).values_list("person", "channel")[: NEIGHBOURS * FROM_EACH]
    chosen: dict[int, list[int]] = {}
    for neighbour, channel in rows:
        chosen.setdefault(neighbour, []).append(channel)
    known = set(mine)
    hidden = set(Dismissal.objects.filter(person=person, channel__isnull=False).values_list("channel", flat=True))
    agreed: Sequence[int] = together(list(chosen.values()), FEWEST_AGREE)
    return [channel for channel in agreed if channel not in known and channel not in hidden][:most]


def trending_shelf(viewer: Viewer, shown: set[int]) -> Shelf:
    works = wanted_by(viewer.person, Work.objects.listed_for(viewer).filter(trending__gt=0))
    found = list(works.exclude(pk__in=shown).order_by("-trending", "-pk").cards()[:SHELF])
    for work in found:
        told: Any = work
        told.why = _("Many different people watch it now")
    return Shelf("trending", _("Trending now"), _("What many different people watch now"), found)
