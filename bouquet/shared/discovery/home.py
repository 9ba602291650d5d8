"""A member's home: shelves, each saying why it is there. Nothing is worked out ahead and nothing of it is kept.

    from what they follow     the newest of the channels (works/feed.py: one look at each channel)
    because they watched      what is like the last works they watched, where they keep a history
    because they liked        what is like the last works they liked
    others follow             channels that people follow who follow the same as they do
    trending                  what many different people watch now

All shelves gather candidates first; then one query asks which of them this member may find, and one makes the cards.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from bouquet.shared.accounts.models import Person
from bouquet.shared.discovery.candidates import Source, like
from bouquet.shared.discovery.choosing import Choosing, with_reasons
from bouquet.shared.discovery.models import HomeChoice
from bouquet.shared.discovery.neighbours import neighbours_sources
from bouquet.shared.discovery.watched import last_watched
from bouquet.shared.works.actions import followed_page
from bouquet.shared.works.models import Reaction, Work
from bouquet.shared.works.permissions import Viewer

SHELF = 6
SEEDS = 2  # works that lead to a shelf of their own
FEWEST = 2  # works that make a shelf
TRENDING = 24  # candidates


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
    seeds = _seeds(person, viewer)
    asked = [(Shelf("like", title, why), list(like(work)), work.language) for work, title, why in seeds]
    why = _("Nobody is told who follows what: several people must agree.")
    title = _("People who follow the same channels follow these too")
    asked.append((Shelf("neighbours", title, why), neighbours_sources(person), ""))
    title, why = _("Trending now"), _("What many different people watch now")
    asked.append((Shelf("trending", title, why), [_trending()], ""))
    choosing = Choosing([source for _shelf, sources, _language in asked for source in sources], viewer)
    followed = _followed(person, viewer, choosing)
    shown = {work.pk for work, _title, _why in seeds} | {work.pk for work in followed.works}
    plan: list[tuple[Shelf, list[int]]] = []
    reasons: dict[int, str] = {}
    for shelf, sources, language in asked:
        ids, why_each = choosing.best(sources, SHELF, but=shown, language=language)
        if len(ids) >= FEWEST:
            plan.append((shelf, ids))
            shown.update(ids)
            reasons |= why_each
    cards = {work.pk: work for work in with_reasons([pk for _shelf, ids in plan for pk in ids], reasons, viewer)}
    for shelf, ids in plan:
        shelf.works = [cards[pk] for pk in ids if pk in cards]
    return [followed] * bool(followed.works) + [shelf for shelf, _ids in plan]


def _followed(person: Person, viewer: Viewer, choosing: Choosing) -> Shelf:
    page = followed_page(person, viewer, size=SHELF * 2)
    works = [each for each in page if not choosing.is_refused(each.pk, each.channel_id)][:SHELF]
    for work in works:
        told: Any = work
        told.why = _("Because you follow %(channel)s") % {"channel": work.channel.name if work.channel else ""}
    return Shelf("followed", _("New from the channels you follow"), _("Because you follow them"), works)


def _seeds(person: Person, viewer: Viewer) -> list[tuple[Work, str, str]]:
    """The last works that this member watched, then the last they liked: what they may still see."""
    watched = last_watched(person, SEEDS)
    liked = list(Reaction.objects.filter(person=person).order_by("-pk").values_list("work", flat=True)[:SEEDS])
    ids = [*watched, *(pk for pk in liked if pk not in watched)][:SEEDS]
    if not ids:
        return []
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


def _trending() -> Source:
    works = Work.objects.filter(on_shelves=True, trending__gt=0).order_by("-trending", "-pk")
    return Source(list(works.values_list("pk", flat=True)[:TRENDING]), 9.0, _("Many different people watch it now"))
