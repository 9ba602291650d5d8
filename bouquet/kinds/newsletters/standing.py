"""An issue's state changes here and nowhere else.

    draft ──verify──► checked ──schedule──► scheduled ──its hour──► sending ⇄ paused ──► sent
      ▲                  │  └───────────send now──────────────────►    │        │
      └──── any change ──┴───────────────┘                             └────────┴──► cancelled

Verifying keeps the fingerprint of everything a reader will get; starting compares it with what is there then. The
database itself refuses a row that is on its way without a name (constraint `nothing_goes_out_unverified`).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bouquet.kinds.newsletters.mail import compose, with_counted_links
from bouquet.kinds.newsletters.models import Issue
from bouquet.kinds.newsletters.preflight import blocking
from bouquet.shared.accounts.models import Person

State = Issue.State


class NotNow(Exception):
    """With a sentence for who asked."""


def locked(issue: Issue | int) -> Issue:
    number = issue if isinstance(issue, int) else issue.pk
    rows = Issue.objects.select_for_update(of=("self",)).select_related("newsletter__site__brand")
    return rows.get(pk=number)


@transaction.atomic
def verify(issue: Issue, by: Person) -> Issue:
    row = locked(issue)
    if row.state != State.DRAFT:
        raise NotNow(_("Only a draft can be verified: this issue is “%(state)s”.") % _said(row))
    if wrong := blocking(row):
        raise NotNow(" ".join(str(each.title) for each in wrong))
    row.state, row.checked_by, row.checked_name = State.CHECKED, by, (by.name or by.handle)[:80]
    row.checked_at, row.checked_digest, row.notes = timezone.now(), row.digest(), []
    row.save()
    return row


def withdraw(row: Issue, note: dict[str, Any] | None = None) -> None:
    """Back to a draft: the locked row has changed, or somebody wants it so."""
    if row.state not in (State.CHECKED, State.SCHEDULED):
        return
    if note:
        row.notes = [*row.notes, note]
    row.state, row.checked_by, row.checked_name = State.DRAFT, None, ""
    row.checked_at, row.checked_digest, row.scheduled_for = None, "", None
    row.save()


def open_for_change(issue: Issue) -> Issue:
    """The locked row of an issue whose words may be changed; a check that it had is withdrawn."""
    row = locked(issue)
    if not row.is_open:
        raise NotNow(_("An issue that is “%(state)s” cannot be changed any more.") % _said(row))
    withdraw(row)
    return row


def schedule(issue: Issue, at: datetime) -> Issue:
    with transaction.atomic():
        row = locked(issue)
        if row.state != State.CHECKED:
            raise NotNow(_("Only a verified issue can be scheduled: this one is “%(state)s”.") % _said(row))
        if _still_as_verified(row):
            row.state, row.scheduled_for = State.SCHEDULED, at
            row.save(update_fields=["state", "scheduled_for"])
            return row
    raise NotNow(_("It has changed since it was verified."))


def start(issue: Issue | int, *, now: datetime | None = None) -> bool:
    """From verified to on its way, in the caller's transaction. False where it may not: then it is a draft again."""
    row = locked(issue)
    due = row.state == State.CHECKED or (
        row.state == State.SCHEDULED and row.scheduled_for is not None and row.scheduled_for <= (now or timezone.now())
    )
    if not due:
        raise NotNow(_("Only a verified issue can be sent: this one is “%(state)s”.") % _said(row))
    if not _still_as_verified(row):
        return False
    composed = compose(row)
    if composed.gone:
        withdraw(row, {"code": "works_gone", "said": ", ".join(each.title for each in composed.gone)[:200]})
        return False
    row.html, row.text = with_counted_links(row, composed.html), composed.text
    row.state, row.started_at, row.trouble = State.SENDING, timezone.now(), ""
    row.save()
    return True


def _still_as_verified(row: Issue) -> bool:
    if row.checked_at and row.checked_name and row.checked_digest == row.digest():
        return True
    withdraw(row, {"code": "changed_after_check", "name": row.checked_name})
    return False


@transaction.atomic
def pause(issue: Issue | int, note: dict[str, Any] | None = None) -> None:
    row = locked(issue)
    if row.state != State.SENDING:
        raise NotNow(_("Only what is being sent can be paused."))
    row.state = State.PAUSED
    row.notes = [*row.notes, note] if note else row.notes
    row.save(update_fields=["state", "notes"])


@transaction.atomic
def resume(issue: Issue) -> None:
    row = locked(issue)
    if row.state != State.PAUSED:
        raise NotNow(_("Only what is paused can go on."))
    row.state, row.trouble, row.notes = State.SENDING, "", []
    row.save(update_fields=["state", "trouble", "notes"])


@transaction.atomic
def cancel(issue: Issue) -> None:
    """For good. Who has it, has it."""
    row = locked(issue)
    if row.state in (State.SENT, State.CANCELLED):
        raise NotNow(_("An issue that is “%(state)s” cannot be cancelled.") % _said(row))
    row.state, row.ended_at, row.scheduled_for = State.CANCELLED, timezone.now(), None
    row.save(update_fields=["state", "ended_at", "scheduled_for"])


def _said(row: Issue) -> dict[str, Any]:
    return {"state": row.get_state_display()}
