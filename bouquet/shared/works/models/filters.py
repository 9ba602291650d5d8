"""What a reader narrows a list of works by, and its order: the same words on pages, in the search and in the API."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import Any, Self, cast
from urllib.parse import urlencode

from django.conf.locale import LANG_INFO
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from bouquet.shared.works.models.tag import Tag
from bouquet.shared.works.models.work import Work, WorkQuerySet

SHORT, LONG = 4 * 60, 20 * 60  # seconds
LENGTHS: dict[str, tuple[Any, Q]] = {
    "short": (_("Under 4 minutes"), Q(duration__lt=SHORT)),
    "medium": (_("4 to 20 minutes"), Q(duration__gte=SHORT, duration__lt=LONG)),
    "long": (_("Over 20 minutes"), Q(duration__gte=LONG)),
}
SINCE: dict[str, tuple[Any, timedelta]] = {
    "day": (_("The last day"), timedelta(days=1)),
    "week": (_("The last week"), timedelta(days=7)),
    "month": (_("The last month"), timedelta(days=31)),
    "year": (_("The last year"), timedelta(days=365)),
}
# The words, the keyset, and a condition: one that is always true makes SQLite take the index that has the order.
ORDERS: dict[str, tuple[Any, tuple[str, str], Q]] = {
    "latest": (_("The latest"), ("-published_at", "-pk"), Q()),
    "trending": (_("Trending now"), ("-trending", "-pk"), Q(trending__gt=0)),
    "seen": (_("Most seen this week"), ("-views_lately", "-pk"), Q(views_lately__gte=0)),
    "views": (_("Most seen ever"), ("-views", "-pk"), Q(views__gte=0)),
    "liked": (_("Most liked"), ("-likes", "-pk"), Q(likes__gte=0)),
    "longest": (_("The longest"), ("-duration", "-pk"), Q(duration__gte=0)),
    "shortest": (_("The shortest"), ("duration", "pk"), Q(duration__gte=0)),
}
WORD = re.compile(r"^[\w-]{1,60}$")
RARE = 1500  # works: a tag with fewer is read from its own rows, one with more is asked along the list's order


@dataclass(frozen=True)
class Filters:
    """An empty value narrows nothing. `tag` is a tag's slug, `language` a code of two or three letters."""

    category: str = ""
    tag: str = ""
    language: str = ""
    length: str = ""
    since: str = ""
    order: str = "latest"

    @classmethod
    def read(cls, asked: Any) -> Self:
        """From an address: `asked` has `get`. Words that nobody gave narrow nothing."""
        return cls(
            category=_word(asked.get("category", "")),
            tag=_word(asked.get("tag", "")),
            language=_word(asked.get("language", ""))[:8],
            length=_one_of(asked.get("length", ""), LENGTHS),
            since=_one_of(asked.get("since", ""), SINCE),
            order=_one_of(asked.get("order", ""), ORDERS) or "latest",
        )

    def __bool__(self) -> bool:
        """Whether anything is narrowed; the order alone leaves everything in."""
        return any(value for name, value in asdict(self).items() if name != "order")

    @property
    def by(self) -> tuple[str, str]:
        """For `keyset_page`."""
        return ORDERS[self.order][1]

    @property
    def order_label(self) -> Any:
        return ORDERS[self.order][0]

    def without(self, name: str) -> Self:
        return replace(self, **{name: "latest" if name == "order" else ""})

    def query(self, *leave_out: str) -> str:
        """What an address carries of it, without what is its default or part of the path."""
        given = asdict(self) | ({"order": ""} if self.order == "latest" else {})
        return urlencode({name: value for name, value in given.items() if value and name not in leave_out})

    def narrow(self, works: WorkQuerySet) -> WorkQuerySet:
        """The works that fit, for a list in this order. One query more where a tag is wanted."""
        works = works.filter(self.conditions()).filter(ORDERS[self.order][2])
        return with_tag(works, self.tag) if self.tag else works

    def conditions(self) -> Q:
        """All but the tag and the order."""
        wanted = Q()
        if self.category:
            wanted &= Q(category=self.category)
        if self.language:
            wanted &= Q(language=self.language)
        if self.length:
            wanted &= LENGTHS[self.length][1]
        if self.since:
            wanted &= Q(published_at__gte=since_hour(self.since))
        return wanted


def since_hour(name: str) -> Any:
    return timezone.now() - SINCE[name][1]


def length_name(duration: float | None) -> str:
    """Which of LENGTHS it is; "" where it has none."""
    if duration is None:
        return ""
    return "short" if duration < SHORT else "medium" if duration < LONG else "long"


def language_name(code: str) -> str:
    """A language by its own name, as people look for it."""
    return capfirst(str(LANG_INFO.get(code, {}).get("name_local", code)))


def with_tag(works: WorkQuerySet, slug: str) -> WorkQuerySet:
    """A tag of few works is their list; a tag of many is found quickly on the way through the list's own order."""
    hangs_on = Work.tags.through.objects
    tag = Tag.objects.filter(slug=slug).values_list("pk", flat=True).first()
    if tag is None:
        return works.none()
    few = list(hangs_on.filter(tag_id=tag).values_list("work_id", flat=True)[: RARE + 1])
    if len(few) <= RARE:
        return works.filter(pk__in=few)
    return cast("WorkQuerySet", works.filter(Exists(hangs_on.filter(tag_id=tag, work_id=OuterRef("pk")))))


def _word(text: Any) -> str:
    return text if isinstance(text, str) and WORD.match(text) else ""


def _one_of(text: Any, known: dict[str, Any]) -> str:
    return text if text in known else ""
