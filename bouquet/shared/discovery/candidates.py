"""Where suggestions come from: each wish is a few ids from one index, best first, and says why.

Nothing here asks who may see what: that is asked once, of all candidates together (choosing.py). Each wish reads at
most some dozens of rows, however many there are. They are written as SQL: all wishes of a page are one query with a
LIMIT for each, what a queryset's union has no word for on SQLite, and sixteen querysets cost more than their answers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from bouquet.shared.works.models import Work, category_names

FROM_CHANNEL = 8
FROM_TAG = 40
FROM_CATEGORY = 24
MOST_TAGS = 8
RARER = 1.7

SHELF = "SELECT id FROM works_work WHERE on_shelves"
LATEST = "ORDER BY published_at DESC, id DESC"
# “>= 0” is always true: it makes SQLite take the index that has the order
SEEN = "AND views_lately >= 0 ORDER BY views_lately DESC, id DESC"
NEXT_OF_CHANNEL = f"{SHELF} AND channel_id = %s AND kind = %s AND published_at > %s ORDER BY published_at, id LIMIT 3"
OF_CHANNEL = f"{SHELF} AND channel_id = %s AND kind = %s {LATEST} LIMIT {FROM_CHANNEL}"
NEWEST_OF_CHANNEL = f"{SHELF} AND channel_id = %s {LATEST} LIMIT %s"
WITH_TAG = f"SELECT work_id FROM works_tagging WHERE tag_id = %s ORDER BY id DESC LIMIT {FROM_TAG}"  # noqa: S608
NEWEST_OF_CATEGORY = f"{SHELF} AND kind = %s AND category = %s {LATEST} LIMIT {FROM_CATEGORY}"
SEEN_OF_CATEGORY = f"{SHELF} AND kind = %s AND category = %s {SEEN} LIMIT {FROM_CATEGORY}"
NEWEST_HERE = f"{SHELF} AND kind = %s AND site_id = %s {LATEST} LIMIT {FROM_CATEGORY}"
SEEN_HERE = f"{SHELF} AND kind = %s AND site_id = %s {SEEN} LIMIT {FROM_CATEGORY}"
NEWEST = f"{SHELF} AND published_at <= %s {LATEST} LIMIT %s"
TRENDING = f"{SHELF} AND trending > 0 ORDER BY trending DESC, id DESC LIMIT %s"


@dataclass(frozen=True)
class Source:
    """Ids, best first; what the best of them is worth; and the reason, in the reader's language."""

    ids: Sequence[int]
    worth: float
    why: str


@dataclass(frozen=True)
class Wish:
    """A source whose ids are still to be read: one of the lines above and its values."""

    sql: str
    values: tuple[Any, ...]
    worth: float
    why: str
    rare: int = 0  # where fewer rows than this are found, they are worth RARER times as much

    def with_ids(self, ids: list[int]) -> Source:
        return Source(ids, self.worth * (RARER if len(ids) < self.rare else 1), self.why)


def read(wishes: Sequence[Wish]) -> list[Source]:
    """All of them in one query."""
    found: list[list[int]] = [[] for _wish in wishes]
    if wishes:
        pieces = [f"SELECT {place} AS place, t.* FROM ({wish.sql}) AS t" for place, wish in enumerate(wishes)]  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(pieces), [value for wish in wishes for value in wish.values])
            for place, pk in cursor.fetchall():
                found[place].append(pk)
    return [wish.with_ids(ids) for wish, ids in zip(wishes, found, strict=True)]


def like(work: Work, categories: Mapping[str, str] | None = None) -> Iterator[Wish]:
    """What has something in common with this work. Tags that were fetched with it cost no query, nor does a category
    whose name is known already; else one."""
    if work.channel_id:
        why = _("More from %(channel)s") % {"channel": work.channel.name if work.channel else ""}
        if work.published_at:
            hour = connection.ops.adapt_datetimefield_value(work.published_at)
            yield Wish(NEXT_OF_CHANNEL, (work.channel_id, work.kind, hour), 4.0, why)
        yield Wish(OF_CHANNEL, (work.channel_id, work.kind), 2.5, why)
    for tag in list(work.tags.all())[:MOST_TAGS]:  # the last that it was hung on; a rare one says more
        yield Wish(WITH_TAG, (tag.pk,), 1.8, _("Also about “%(tag)s”") % {"tag": tag.name}, rare=FROM_TAG)
    if work.category:
        why = _("Also in %(category)s") % {"category": (categories or category_names([work.category]))[work.category]}
        yield Wish(NEWEST_OF_CATEGORY, (work.kind, work.category), 1.5, why)
        yield Wish(SEEN_OF_CATEGORY, (work.kind, work.category), 1.6, why)


def anything(work: Work) -> Iterator[Wish]:
    """For what has nothing in common with anything."""
    yield Wish(SEEN_HERE, (work.kind, work.site_id), 0.4, _("Much seen on this site"))
    yield Wish(NEWEST_HERE, (work.kind, work.site_id), 0.3, _("New here"))


def together(people: Sequence[Sequence[int]], fewest: int) -> list[int]:
    """Of what several people have chosen, what at least `fewest` of them did, most first."""
    counted: Counter[int] = Counter(each for chosen in people for each in set(chosen))
    return [each for each, number in counted.most_common() if number >= fewest]
