"""A member's home: shelves, each saying why it is there. Nothing is worked out ahead and nothing of it is kept.

    from what they follow     the newest of the channels (works/feed.py: one look at each channel)
    because they watched      what is like the last works they watched, where they keep a history
    because they liked        what is like the last works they liked
    others follow             channels that people follow who follow the same as they do
    trending                  what many different people watch now

All shelves gather candidates first; then one query asks which of them this member may find, and one makes the cards.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from bouquet.shared.accounts.models import Person
from bouquet.shared.discovery.candidates import NEWEST, TRENDING, Source, Wish, like, read
from bouquet.shared.discovery.choosing import Choosing, with_reasons
from bouquet.shared.discovery.models import HomeChoice
from bouquet.shared.discovery.neighbours import neighbours_wishes
from bouquet.shared.discovery.watched import last_watched
from bouquet.shared.works.actions import followed_candidates, followed_newest
from bouquet.shared.works.models import Reaction, Work, category_names
from bouquet.shared.works.permissions import Viewer

SHELF = 6
SEEDS = 2  # works that lead to a shelf of their own
FEWEST = 2  # works that make a shelf
MOST_TRENDING = 24  # candidates
FOLLOWED = 24  # candidates
SEED = ("kind", "site", "title", "translations", "language", "category", "published_at", "channel__name")


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
    return home_and_latest(person, viewer, 0)[0]


def home_and_latest(person: Person, viewer: Viewer, number: int) -> tuple[list[Shelf], list[Work] | None]:
    """The shelves, and beside them the newest `number` of all works: asked about and fetched along, they cost little.

    None for those where most of the newest are not for this viewer: they must be asked for by themselves.
    """
    seeds = _seeds(person)
    categories = category_names(work.category for work, _title, _why in seeds)
    wanted = [(Shelf("like", title, why), list(like(work, categories)), work.language) for work, title, why in seeds]
    wanted += [(_neighbours(), neighbours_wishes(person), ""), (_trending(), [_what_trends()], "")]
    *asked, (_shelf, [newest], _language) = _read([*wanted, (_latest(), [_what_is_new(2 * number)], "")])
    followed = followed_candidates(person, FOLLOWED)
    besides = [*followed, *newest.ids, *(work.pk for work, _title, _why in seeds)]
    choosing = Choosing([source for _shelf, sources, _language in asked for source in sources], viewer, besides)
    unnamed = {title for work, title, _why in seeds if not choosing.may_name(work.pk)}
    plan = [(_followed(), _newest_followed(person, viewer, choosing, followed))]
    shown = {work.pk for work, _title, _why in seeds} | set(plan[0][1])
    reasons: dict[int, str] = {}
    for shelf, sources, language in asked:
        ids, why_each = choosing.best(sources, SHELF, but=shown, language=language)
        if len(ids) >= FEWEST and shelf.title not in unnamed:
            plan.append((shelf, ids))
            shown.update(ids)
            reasons |= why_each
    latest = [pk for pk in newest.ids if choosing.may_name(pk)][:number]
    cards = with_reasons({pk for _shelf, ids in plan for pk in ids} | set(latest), reasons)
    enough = len(latest) == number or len(newest.ids) < 2 * number
    return _filled(plan, cards), _without_reasons(latest, cards) if enough else None


def _read(wanted: list[tuple[Shelf, list[Wish], str]]) -> list[tuple[Shelf, list[Source], str]]:
    """What all shelves wish for, in one query."""
    sources = iter(read([wish for _shelf, wishes, _language in wanted for wish in wishes]))
    return [(shelf, list(islice(sources, len(wishes))), language) for shelf, wishes, language in wanted]


def _newest_followed(person: Person, viewer: Viewer, choosing: Choosing, candidates: list[int]) -> list[int]:
    """Of the candidates; where many of them are not for this viewer and there are more, the feed is asked itself."""
    newest = choosing.wanted(candidates)
    if len(newest) < SHELF and len(candidates) == FOLLOWED:
        page = followed_newest(person, viewer, FOLLOWED)
        newest = [work for work, channel in page if not choosing.is_refused(work, channel)]
    return newest[:SHELF]


def _filled(plan: list[tuple[Shelf, list[int]]], cards: dict[int, Work]) -> list[Shelf]:
    for shelf, ids in plan:
        shelf.works = [cards[pk] for pk in ids if pk in cards]
    for work in plan[0][0].works:
        told: Any = work
        told.why = _("Because you follow %(channel)s") % {"channel": work.channel.name if work.channel else ""}
    return [shelf for shelf, _ids in plan if shelf.works]


def _without_reasons(ids: list[int], cards: dict[int, Work]) -> list[Work]:
    """What stands on a shelf too is told there why, and not here."""
    latest: list[Any] = [copy.copy(cards[pk]) for pk in ids if pk in cards]
    for work in latest:
        work.why = ""
    return latest


def _latest() -> Shelf:
    return Shelf("latest", "", "")


def _what_is_new(number: int) -> Wish:
    return Wish(NEWEST, (connection.ops.adapt_datetimefield_value(timezone.now()), number), 0.0, "")


def _followed() -> Shelf:
    return Shelf("followed", _("New from the channels you follow"), _("Because you follow them"))


def _neighbours() -> Shelf:
    why = _("Nobody is told who follows what: several people must agree.")
    return Shelf("neighbours", _("People who follow the same channels follow these too"), why)


def _trending() -> Shelf:
    return Shelf("trending", _("Trending now"), _("What many different people watch now"))


def _what_trends() -> Wish:
    return Wish(TRENDING, (MOST_TRENDING,), 9.0, _("Many different people watch it now"))


def _seeds(person: Person) -> list[tuple[Work, str, str]]:
    """The last works that this member watched, then the last they liked; whether they may be named is asked later."""
    watched = last_watched(person, SEEDS)
    liked = list(Reaction.objects.filter(person=person).order_by("-pk").values_list("work", flat=True)[:SEEDS])
    ids = [*watched, *(pk for pk in liked if pk not in watched)][:SEEDS]
    if not ids:
        return []
    by_id = Work.objects.select_related("channel").only(*SEED).prefetch_related("tags").in_bulk(ids)
    seeds = []
    for work in (by_id[pk] for pk in ids if pk in by_id):
        names = {"title": work.shown_title}
        if work.pk in watched:
            seeds.append((work, _("Because you watched “%(title)s”") % names, _("It is in your history.")))
        else:
            seeds.append((work, _("Because you liked “%(title)s”") % names, _("You pressed “Like” there.")))
    return seeds
