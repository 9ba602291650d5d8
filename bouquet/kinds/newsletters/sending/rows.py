"""The rows of an issue's readers: made once, claimed one by one, closed once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Q
from django.utils import timezone

from bouquet.kinds.newsletters.models import Delivery, Issue, Subscription, Suppression

State = Delivery.State
CHUNK = 2000
TRIES = 6
WAITS = [1, 5, 20, 60, 240]  # minutes before the second, third … try


class TakenAway(Exception):
    """The row is another run's now: not a byte more of this mail."""


def gather(issue: Issue) -> None:
    """A row for each reader who wants it and may be written to. Goes on where it was interrupted; none twice."""
    if issue.gathered_at is not None:
        return
    last = issue.deliveries.order_by("-subscriber_id").values_list("subscriber_id", flat=True).first() or 0
    wanted = Subscription.objects.filter(newsletter=issue.newsletter_id).writable().order_by("subscriber_id")
    while ids := list(wanted.filter(subscriber_id__gt=last).values_list("subscriber_id", flat=True)[:CHUNK]):
        rows = [Delivery(issue=issue, subscriber_id=each) for each in ids]
        Delivery.objects.bulk_create(rows, ignore_conflicts=True)
        last = ids[-1]
    issue.gathered_at = timezone.now()
    issue.save(update_fields=["gathered_at"])


def rescue(issue: Issue) -> None:
    """What a run that was killed left behind. (While one runs, no other does: the task is alone.)"""
    rows = Delivery.objects.filter(issue=issue)
    rows.filter(state=State.CLAIMED).update(state=State.WAITING, claim="", tries=F("tries") - 1)
    rows.filter(state=State.HANDED).update(
        state=State.UNSURE, closed_at=timezone.now(), answer="the machine stopped before the answer came"
    )


def claim_next(issue: Issue, run: str) -> Delivery | None:
    """The next row that is due, this run's from now on. None where none is."""
    now = timezone.now()
    due = Q(next_try_at=None) | Q(next_try_at__lte=now)
    while True:
        waiting = Delivery.objects.filter(issue=issue, state=State.WAITING)
        row = waiting.filter(due).select_related("subscriber").order_by("pk").first()
        if row is None:
            return None
        mine = Delivery.objects.filter(pk=row.pk, state=State.WAITING)
        if mine.update(state=State.CLAIMED, claim=run, tries=F("tries") + 1):
            row.tries += 1
            return row


def hand_over(row: Delivery, run: str) -> None:
    """Noted, and kept, before the mail's last line leaves. Raises where the row is not this run's any more."""
    mine = Delivery.objects.filter(pk=row.pk, state=State.CLAIMED, claim=run)
    if not mine.update(state=State.HANDED):
        raise TakenAway


def close(row: Delivery, state: str, answer: str = "") -> None:
    Delivery.objects.filter(pk=row.pk).update(state=state, answer=answer[:300], closed_at=timezone.now())


def give_back(row: Delivery) -> None:
    """It was not this mail's fault: the try does not count."""
    Delivery.objects.filter(pk=row.pk).update(state=State.WAITING, claim="", tries=F("tries") - 1)


def try_later(row: Delivery, answer: str) -> None:
    if row.tries >= TRIES:
        close(row, State.FAILED, answer)
        return
    when = timezone.now() + timedelta(minutes=WAITS[min(row.tries, len(WAITS)) - 1])
    Delivery.objects.filter(pk=row.pk).update(state=State.WAITING, claim="", next_try_at=when, answer=answer[:300])


def still_wanted(row: Delivery) -> bool:
    """Who unsubscribed or was suppressed since the rows were made gets nothing. One query."""
    wishes = Subscription.objects.filter(newsletter=row.issue.newsletter_id, subscriber=row.subscriber_id)
    return row.subscriber is not None and wishes.writable().exists()


def suppress(address: str, fingerprint: str, reason: str, detail: str) -> None:
    """On the list that all newsletters share; what the address had asked for ends with it."""
    with transaction.atomic():
        values = {"address": address, "reason": reason, "detail": detail[:300]}
        Suppression.objects.get_or_create(fingerprint=fingerprint, defaults=values)
        wishes = Subscription.objects.filter(subscriber__fingerprint=fingerprint).exclude(state="ended")
        wishes.update(state="ended", ended_at=timezone.now(), ended_why=reason)


def tally(issue: Issue) -> dict[str, int]:
    """{state: how many}. From the rows, or what was kept of them when they went."""
    counted = dict(issue.deliveries.order_by().values_list("state").annotate(n=Count("pk")))
    return counted or dict(issue.tally)


def next_try(issue: Issue) -> Any:
    """When the first of those that wait is due; None where none waits. A row without an hour is due now."""
    waiting = Delivery.objects.filter(issue=issue, state=State.WAITING)
    if waiting.filter(next_try_at=None).exists():
        return timezone.now()
    return waiting.order_by("next_try_at").values_list("next_try_at", flat=True).first()
