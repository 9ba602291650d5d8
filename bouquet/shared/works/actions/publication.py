"""A work's way: draft, scheduled, live, hidden, taken down, removed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from bouquet.shared.accounts.models import Person
from bouquet.shared.notifications.actions import notify
from bouquet.shared.works.events import WorkChanged, WorkRemoved
from bouquet.shared.works.models import Work
from bouquet.shared.works.permissions import Viewer
from bouquet.shared.works.publication import lock_work, make_live
from bouquet.toolkit.events import announce


def publish_work(work: Work, *, by: Person | None, at: datetime | None = None) -> None:
    """Live now, or at an hour to come. Twice is once: a live work stays as it is.

    An hour in the past is the work's date (an import). What was taken down, only an editor of its site publishes again:
    PermissionDenied. `by` None is the machine.
    """
    with transaction.atomic():
        row = lock_work(work)
        if row.state == Work.State.TAKEN_DOWN and by and not Viewer.for_person(by).edits(row.site_id):
            raise PermissionDenied("This work was taken down by the editors.")
        if at is not None and at > timezone.now():
            _schedule(row, at)
        elif row.state != Work.State.LIVE:
            make_live(row, at=at)
    _copy_state(row, work)


def hide_work(work: Work, *, by: Person | None) -> None:
    """Out of sight, nothing lost. What the editors took down stays taken down."""
    with transaction.atomic():
        row = lock_work(work)
        if row.state not in (Work.State.HIDDEN, Work.State.TAKEN_DOWN):
            _put(row, Work.State.HIDDEN)
    _copy_state(row, work)


def take_down_work(work: Work, *, by: Person, reason: str) -> None:
    """The editors' decision: nobody but its author and they see it, and the author is told why."""
    with transaction.atomic():
        row = lock_work(work)
        if row.state != Work.State.TAKEN_DOWN:
            _put(row, Work.State.TAKEN_DOWN, reason=reason)
            if row.author:
                key = f"works.taken_down:{row.pk}:{timezone.now().isoformat()}"
                notify(row.author, "works.taken_down", url=row.address, key=key, title=row.title, reason=reason)
    _copy_state(row, work)


def remove_work(work: Work, *, by: Person | None) -> None:
    """Gone, with its reactions and places in collections. The files behind it are for its kind to remove."""
    with transaction.atomic():
        event = WorkRemoved(work_id=work.pk, uid=work.uid, kind=work.kind)
        Work.objects.filter(pk=work.pk).delete()
        announce(event)


def change_work(work: Work, *, by: Person | None, **fields: Any) -> None:
    """New words, picture or audience: sets the fields and says so, for search and whoever else wrote them down."""
    with transaction.atomic():
        for name, value in fields.items():
            setattr(work, name, value)
        work.save(update_fields=[*fields, "updated_at"])
        announce(WorkChanged(work_id=work.pk))


def _schedule(row: Work, at: datetime) -> None:
    if row.state != Work.State.SCHEDULED or row.published_at != at:
        row.published_at = at
        _put(row, Work.State.SCHEDULED)


def _put(row: Work, state: str, *, reason: str = "") -> None:
    row.state, row.state_reason = state, reason
    row.save(update_fields=["state", "state_reason", "published_at", "updated_at"])
    announce(WorkChanged(work_id=row.pk))


def _copy_state(row: Work, work: Work) -> None:
    """The caller's own object (a Video perhaps) tells what the row now says."""
    work.state, work.state_reason, work.published_at = row.state, row.state_reason, row.published_at
