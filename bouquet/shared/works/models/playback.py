"""A collection while it is being watched: what came before, what comes next, in order or shuffled, once or again."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest

from bouquet.shared.network.models import Site
from bouquet.shared.works.models.collection import Collection
from bouquet.shared.works.models.work import Work
from bouquet.shared.works.viewer import Viewer

BEFORE, AFTER = 20, 40  # how many of a long list stand beside the film
SEEDS = 10**6


@dataclass(frozen=True)
class Entry:
    work: Work
    href: str


@dataclass(frozen=True)
class Playback:
    """`number` counts from 1; 0 where the film is not (any more) in the list: then all of it comes next."""

    collection: Collection
    number: int
    total: int
    before: list[Entry]
    after: list[Entry]
    shuffled: str = ""
    loops: bool = False

    @property
    def previous(self) -> Entry | None:
        return self.before[-1] if self.before else None

    @property
    def next(self) -> Entry | None:
        return self.after[0] if self.after else None

    @property
    def query(self) -> str:
        return query_of(self.collection, self.shuffled, self.loops)

    @property
    def in_order_query(self) -> str:
        return query_of(self.collection, "", self.loops)

    @property
    def shuffled_query(self) -> str:
        return query_of(self.collection, str(random.randrange(1, SEEDS)), self.loops)  # noqa: S311  order, not secrecy

    @property
    def loop_query(self) -> str:
        return query_of(self.collection, self.shuffled, not self.loops)


def playback_of(
    request: HttpRequest, work: Work, *, viewer: Viewer | None = None, embedded: bool = False
) -> Playback | None:
    """The list that `?list=` names, around this work; None without one that this viewer may see. Four queries.

    `embedded`: its links lead to embeds. `?shuffle=` is the seed of an order, `?loop=1` begins again at the end.
    """
    uid = request.GET.get("list", "")
    if not (uid.isascii() and uid.isalnum()):
        return None
    viewer = viewer or Viewer.of(request)
    collection = Collection.objects.visible_to(viewer).select_related("owner").filter(uid=uid).first()
    if collection is None:
        return None
    shuffled, loops = seed_of(request), request.GET.get("loop") == "1"
    works = works_in_order(collection, viewer, shuffled)
    place = works.index(work.pk) if work.pk in works else -1
    before = works[max(0, place - BEFORE) : max(0, place)]
    after = works[place + 1 : place + 1 + AFTER]
    if loops and place >= 0:
        after = (after + works[:place])[:AFTER]
    rows = Work.objects.cards().in_bulk({*before, *after})
    query = query_of(collection, shuffled, loops)
    site: Site | None = getattr(request, "site", None)

    def entries(numbers: list[int]) -> list[Entry]:
        found = (rows[number] for number in numbers if number in rows)
        return [Entry(each, f"{_place_of(each, site, embedded)}?{query}") for each in found]

    return Playback(collection, place + 1, len(works), entries(before), entries(after), shuffled, loops)


def works_in_order(collection: Collection, viewer: Viewer, shuffled: str = "") -> list[int]:
    """The works that this viewer may see, as they are played: by number."""
    items = collection.items_for(viewer).select_related(None).order_by("position", "pk")
    works = list(items.values_list("work_id", flat=True))
    if shuffled:
        random.Random(int(shuffled)).shuffle(works)  # noqa: S311  the same seed is the same order on every page
    return works


def seed_of(request: HttpRequest) -> str:
    text = request.GET.get("shuffle", "")
    return text if text.isascii() and text.isdigit() and 0 < int(text[:9]) < SEEDS and len(text) < 9 else ""


def query_of(collection: Collection, shuffled: str = "", loops: bool = False) -> str:
    words: dict[str, Any] = {"list": collection.uid}
    if shuffled:
        words["shuffle"] = shuffled
    if loops:
        words["loop"] = 1
    return urlencode(words)


def _place_of(work: Work, site: Site | None, embedded: bool) -> str:
    return f"{work.site.url}/embed/{work.uid}" if embedded else work.address_from(site)
