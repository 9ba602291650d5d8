"""What members have watched, where they keep a history (works' Watching rows): their own, and what several share.

Who paused their history is not asked about it. What others watched is said only where several people agree, and never
who they are.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from bouquet.shared.accounts.models import Person
from bouquet.shared.discovery.candidates import Source, together
from bouquet.shared.works.actions import history_is_paused
from bouquet.shared.works.models import Watching, Work

VIEWERS = 60  # the last people who watched a work
ROWS = 1500  # of what they watched besides
FEWEST_AGREE = 3  # people: fewer would tell of one of them
BEGUN = 30  # seconds, or its end: whoever saw less says nothing of it


def last_watched(person: Person, number: int) -> list[int]:
    """The works that this member watched last, newest first. Two queries, by their index."""
    if history_is_paused(person):
        return []
    rows = Watching.objects.filter(person=person).order_by("-updated_at", "-pk")
    facts = rows.values_list("work", "seconds", "finished_at")[: number * 4]
    return [work for work, seconds, end in facts if seconds >= BEGUN or end][:number]


def watched_together(work: Work) -> Iterator[Source]:
    """What people who watched this watched too. Two queries of a fixed number of rows."""
    viewers = Watching.objects.filter(work=work).order_by("-pk").values_list("person", flat=True)[:VIEWERS]
    people = list(viewers)
    if len(people) < FEWEST_AGREE:
        return
    others = Watching.objects.filter(person__in=people).exclude(work=work)
    chosen: dict[int, list[int]] = {}
    for person, other in others.values_list("person", "work")[:ROWS]:
        chosen.setdefault(person, []).append(other)
    agreed = together(list(chosen.values()), FEWEST_AGREE)
    yield Source(agreed[:24], 3.2, _("Watched by people who watched this"))
