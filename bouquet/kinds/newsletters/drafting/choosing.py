"""Which works an issue proposes, in which order, and why: read in words by whoever verifies it.

It starts from the one predicate, for somebody of whom nothing is known: no account, no country. What may only be seen
in some places is in no mail, since a mail is opened anywhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import reduce
from math import log1p
from operator import or_
from typing import Any

from django.db.models import Q
from django.utils.module_loading import import_string
from django.utils.text import slugify

from bouquet.kinds.newsletters.models import Issue, IssueItem, Newsletter
from bouquet.shared.network.kinds import kind_named
from bouquet.shared.works.models import Tag, Work, WorkQuerySet
from bouquet.shared.works.permissions import Viewer

ANYBODY = Viewer()
LOOKED_AT = 400  # the latest of the window; a site that publishes more in a week still has its best among them
# What each part weighs in the balanced order.
WEIGHTS = {"seen": 3.0, "talked": 2.0, "liked": 1.5, "latest": 1.5}
ONLY = {Newsletter.Scoring.SEEN: "seen", Newsletter.Scoring.TALKED: "talked", Newsletter.Scoring.LATEST: "latest"}


@dataclass
class Choice:
    work: Work
    place: str  # its section, else its channel: what an issue has no more than a few of
    score: float = 0.0
    reason: dict[str, Any] = field(default_factory=dict)


def choose(newsletter: Newsletter, *, now: datetime) -> list[Choice]:
    """At most `newsletter.number`, the best first; nothing of the last `never_again` issues. About five queries."""
    works = list(candidates(newsletter, now=now).cards().latest()[:LOOKED_AT])
    places = sections_of(works)
    wanted = {name.casefold() for name in newsletter.section_names}
    found = [
        Choice(work, places.get(work.pk) or (work.channel.name if work.channel else work.site.name))
        for work in works
        if not wanted or places.get(work.pk, "").casefold() in wanted
    ]
    _score(found, newsletter, now)
    found.sort(key=lambda each: (-each.score, -each.work.pk))
    return _mixed(found, newsletter)


def candidates(newsletter: Newsletter, *, now: datetime) -> WorkQuerySet:
    works = of_its_sites(newsletter).filter(
        published_at__gte=now - timedelta(days=newsletter.window_days), published_at__lte=now
    )
    if newsletter.kinds:
        works = works.filter(kind__in=newsletter.kinds)
    if newsletter.theme_names:
        tags = Tag.objects.filter(
            Q(slug__in=[slugify(name) for name in newsletter.theme_names]) | Q(name__in=newsletter.theme_names)
        )
        works = works.filter(pk__in=Work.tags.through.objects.filter(tag__in=tags).values("work"))
    return works.exclude(pk__in=_told_lately(newsletter))


def of_its_sites(newsletter: Newsletter) -> WorkQuerySet:
    """What anybody anywhere may find on the sites that the recipe names."""
    sites = list(newsletter.sources.all()) or [newsletter.site]
    return reduce(or_, [Work.objects.on(site) for site in sites]).listed_for(ANYBODY)


def _told_lately(newsletter: Newsletter) -> list[int]:
    last = newsletter.issues.exclude(state=Issue.State.CANCELLED).order_by("-number")[: newsletter.never_again]
    told = IssueItem.objects.filter(issue__in=[issue.pk for issue in last], work__isnull=False)
    return list(told.values_list("work_id", flat=True))


def sections_of(works: Iterable[Work]) -> dict[int, str]:
    """{work: its section}, as each kind says it (SiteKind.sections)."""
    by_kind: dict[str, list[int]] = {}
    for work in works:
        by_kind.setdefault(work.kind, []).append(work.pk)
    named: dict[int, str] = {}
    for slug, ids in by_kind.items():
        kind = kind_named(slug)
        if kind and kind.sections:
            named |= import_string(kind.sections)(ids)
    return named


def _score(found: list[Choice], newsletter: Newsletter, now: datetime) -> None:
    window = timedelta(days=newsletter.window_days).total_seconds()
    measures: dict[str, Callable[[Work], float]] = {
        "seen": lambda work: log1p(work.views_lately),
        "talked": lambda work: log1p(work.comment_count),
        "liked": lambda work: log1p(work.likes),
        "latest": lambda work: 1 - min(1.0, _age(work, now) / window),
    }
    only = ONLY.get(Newsletter.Scoring(newsletter.scoring))
    weights = {only: 1.0} if only else WEIGHTS
    shares: dict[str, list[float]] = {}
    for name in weights:
        values = [measures[name](each.work) for each in found]
        most = max(values, default=0) or 1
        shares[name] = [value / most for value in values]
    for place, each in enumerate(found):
        parts = {name: weight * shares[name][place] for name, weight in weights.items()}
        each.score = sum(parts.values())
        each.reason = _reason(each, max(parts, key=lambda name: parts[name]), found)


def _age(work: Work, now: datetime) -> float:
    return (now - work.published_at).total_seconds() if work.published_at else 0.0


NUMBERS: dict[str, Callable[[Work], int]] = {
    "seen": lambda work: work.views_lately,
    "talked": lambda work: work.comment_count,
    "liked": lambda work: work.likes,
}


def _reason(choice: Choice, code: str, found: list[Choice]) -> dict[str, Any]:
    count = NUMBERS.get(code)
    number = count(choice.work) if count else 0
    if count is None or not number:
        return {"code": "latest", "place": choice.place}
    beside = [each.work for each in found if each.place == choice.place]
    first = len(beside) > 1 and all(count(work) <= number for work in beside)
    return {"code": code, "place": choice.place, "number": number, "first": first}


def _mixed(found: list[Choice], newsletter: Newsletter) -> list[Choice]:
    """No more than a few of one section; where nothing else is left, more of them, and the reason says so."""
    taken: list[Choice] = []
    passed: list[Choice] = []
    of_place: Counter[str] = Counter()
    for each in found:
        if len(taken) == newsletter.number:
            break
        if of_place[each.place] >= newsletter.most_of_one:
            passed.append(each)
            continue
        of_place[each.place] += 1
        taken.append(each)
    for each in passed[: newsletter.number - len(taken)]:
        each.reason["beyond"] = True
        taken.append(each)
    return taken
