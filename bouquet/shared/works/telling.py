"""Telling who follows a channel of its new work: a hundred thousand of them in batches, nobody twice.

Follows are walked by their keys, and a notice has the work's key: a task that is tried again begins anew and writes
nothing a second time. Told is only who may see the work where they live and at their age.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.utils import timezone

from bouquet.shared.accounts.models import Person
from bouquet.shared.notifications.actions import notify_many
from bouquet.shared.works.models import Availability, Follow, Work
from bouquet.shared.works.viewer import RATING_NEEDS_AGE
from bouquet.toolkit.tasks import heartbeat

BATCH = 2000
NEWS = timedelta(days=2)  # what came out long ago (an import) is no news


def tell_followers(work_id: int) -> int:
    """How many were told now."""
    work = Work.objects.filter(pk=work_id, on_shelves=True).select_related("site", "channel").first()
    if work is None or work.channel is None or work.published_at is None:
        return 0
    if work.published_at < timezone.now() - NEWS:
        return 0
    told = 0
    for people in _batches(work):
        told += notify_many(
            [person for person in people if _may_see(work, person)],
            "works.new",
            url=work.address,
            key=f"works.new:{work.pk}",
            title=work.title,
            name=work.channel.name,
            slug=work.channel.slug,
        )
        heartbeat(None)
    return told


def _batches(work: Work) -> Iterator[list[Person]]:
    last = 0
    follows = Follow.objects.filter(channel=work.channel_id, tells=True, person__is_active=True)
    follows = follows.exclude(person=work.author_id).select_related("person").order_by("pk")
    while batch := list(follows.filter(pk__gt=last)[:BATCH]):
        yield [follow.person for follow in batch]
        last = batch[-1].pk


def _may_see(work: Work, person: Person) -> bool:
    """By what the person said of themselves: the predicate asks again when they open it."""
    age = person.age_on(timezone.localdate())
    if work.rating > (RATING_NEEDS_AGE - 1 if age is None else age):
        return False
    return not work.restricted or _admits(_windows(work), person.territory)


def _windows(work: Work) -> list[Availability]:
    known: Any = work
    if not hasattr(known, "_windows_now"):
        now = timezone.now()
        rows = work.availabilities.all()
        known._windows_now = [
            row for row in rows if (row.opens_at or now) <= now and (row.closes_at is None or row.closes_at > now)
        ]
    return known._windows_now


def _admits(rows: list[Availability], territory: str) -> bool:
    if not territory:
        return any(not row.excluded and not row.territory for row in rows)
    kept_out = any(row.excluded and row.territory == territory for row in rows)
    return not kept_out and any(row.excluded or row.territory in (territory, "") for row in rows)
