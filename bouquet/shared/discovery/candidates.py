"""Where suggestions come from: each source gives a few ids from one index, best first, and says why.

Nothing here asks who may see what: that is asked once, of all candidates together (choosing.py). Each source reads at
most some dozens of rows, however many there are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from bouquet.shared.works.models import Tag, Work, category_name

FROM_CHANNEL = 8
FROM_TAG = 40
FROM_CATEGORY = 24
MOST_TAGS = 8


@dataclass(frozen=True)
class Source:
    """Ids, best first; what the best of them is worth; and the reason, in the reader's language."""

    ids: Sequence[int]
    worth: float
    why: str


def like(work: Work) -> Iterator[Source]:
    """What has something in common with this work. Five queries; tags that were fetched with it cost none."""
    shelf = Work.objects.filter(on_shelves=True, kind=work.kind).order_by("-published_at", "-pk").values_list("pk")
    if work.channel_id:
        yield from _of_the_channel(work)
    yield from _with_its_tags(work)
    if work.category:
        why = _("Also in %(category)s") % {"category": category_name(work.category)}
        yield Source(_ids(shelf.filter(category=work.category)[:FROM_CATEGORY]), 1.5, why)
        seen = Work.objects.filter(on_shelves=True, kind=work.kind, category=work.category, views_lately__gte=0)
        yield Source(_ids(seen.order_by("-views_lately", "-pk").values_list("pk")[:FROM_CATEGORY]), 1.6, why)


def anything(work: Work) -> Iterator[Source]:
    """For what has nothing in common with anything. Two queries."""
    seen = Work.objects.filter(on_shelves=True, kind=work.kind, site=work.site_id, views_lately__gte=0)
    most = seen.order_by("-views_lately", "-pk").values_list("pk")
    yield Source(_ids(most[:FROM_CATEGORY]), 0.4, _("Much seen on this site"))
    shelf = Work.objects.filter(on_shelves=True, kind=work.kind, site=work.site_id)
    yield Source(_ids(shelf.order_by("-published_at", "-pk").values_list("pk")[:FROM_CATEGORY]), 0.3, _("New here"))


def _of_the_channel(work: Work) -> Iterator[Source]:
    why = _("More from %(channel)s") % {"channel": work.channel.name if work.channel else ""}
    shelf = Work.objects.filter(on_shelves=True, channel=work.channel_id, kind=work.kind).exclude(pk=work.pk)
    if work.published_at:
        after = shelf.filter(published_at__gte=work.published_at).order_by("published_at", "pk")
        yield Source(_ids(after.values_list("pk")[:3]), 4.0, why)  # the next episode
    yield Source(_ids(shelf.order_by("-published_at", "-pk").values_list("pk")[:FROM_CHANNEL]), 2.5, why)


def _with_its_tags(work: Work) -> Iterator[Source]:
    """The last works that each of its tags was hung on, in one query. A rare tag says more than a common one."""
    tags: list[Tag] = list(work.tags.all())[:MOST_TAGS]
    found: dict[int, list[int]] = {tag.pk: [] for tag in tags}
    for tag_id, work_id in _last_with(list(found)):
        found[tag_id].append(work_id)
    for tag in tags:
        worth = 3.0 if len(found[tag.pk]) < FROM_TAG else 1.8
        yield Source(found[tag.pk], worth, _("Also about “%(tag)s”") % {"tag": tag.name})


def _last_with(tags: list[int]) -> list[tuple[int, int]]:
    """A LIMIT for each tag: what a queryset has no word for on SQLite."""
    if not tags:
        return []
    table = connection.ops.quote_name(Work.tags.through._meta.db_table)
    one = (
        f"SELECT * FROM (SELECT tag_id, work_id FROM {table} WHERE tag_id = %s ORDER BY id DESC LIMIT {FROM_TAG}) AS t"  # noqa: S608
    )
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([one] * len(tags)), tags)
        return [(tag, work) for tag, work in cursor.fetchall()]


def together(people: Sequence[Sequence[int]], fewest: int) -> list[int]:
    """Of what several people have chosen, what at least `fewest` of them did, most first."""
    counted: Counter[int] = Counter(each for chosen in people for each in set(chosen))
    return [each for each, number in counted.most_common() if number >= fewest]


def _ids(rows: Any) -> list[int]:
    return [row[0] for row in rows]
