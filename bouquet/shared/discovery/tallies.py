"""How many works of each sort a site shows, for the chips above a list: counted by the clock, not while one waits."""

from __future__ import annotations

from collections import Counter

from django.db import transaction
from django.db.models import Count

from bouquet.shared.discovery.models import Tally
from bouquet.shared.network.models import Site
from bouquet.shared.works.models import Work
from bouquet.shared.works.permissions import Viewer

Sort = tuple[int, str, str, str]  # site, kind, category, language


def write_tallies() -> int:
    """What a stranger from nowhere may find, guests of other sites included; gives the number of rows."""
    counted: Counter[Sort] = Counter()
    shown = Work.objects.listed_for(Viewer()).order_by()
    for *sort, number in shown.values_list("site", "kind", "category", "language").annotate(n=Count("pk")):
        counted[tuple(sort)] += number  # type: ignore[index]
    if Site.objects.filter(has_guests=True).exists():
        guests = shown.filter(also_on__isnull=False)
        for *sort, number in guests.values_list("also_on", "kind", "category", "language").annotate(n=Count("pk")):
            counted[tuple(sort)] += number  # type: ignore[index]
    rows = [Tally(site_id=s, kind=k, category=c, language=t, works=n) for (s, k, c, t), n in counted.items()]
    with transaction.atomic():
        Tally.objects.all().delete()
        Tally.objects.bulk_create(rows, batch_size=500)
    return len(rows)


def sorts_of(kind: str, site: Site) -> tuple[dict[str, int], dict[str, int]]:
    """Works by category and by language on this site; on the network's own front, of all of them. One query."""
    rows = Tally.objects.filter(kind=kind)
    if not site.is_main:
        rows = rows.filter(site=site)
    categories: Counter[str] = Counter()
    languages: Counter[str] = Counter()
    for category, language, number in rows.values_list("category", "language", "works"):
        categories[category] += number
        languages[language] += number
    return _named(categories), _named(languages)


def _named(counted: Counter[str]) -> dict[str, int]:
    return {name: number for name, number in counted.most_common() if name and number}
