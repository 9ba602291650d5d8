"""What newsletters hold of a person: the lists their address asked for, with the proof, and what they verified."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from bouquet.kinds.newsletters.actions import forget_reader
from bouquet.kinds.newsletters.models import Issue, Subscriber, Suppression
from bouquet.shared.accounts.models import Person
from bouquet.shared.accounts.personal_data import personal_data


def _readers(person: Person) -> QuerySet[Subscriber]:
    """By the account, and by its address: a wish may be older than the account."""
    return Subscriber.objects.filter(Q(person=person) | Q(address=person.email.lower()))


def export(person: Person) -> dict[str, Any]:
    wishes = [
        {
            "newsletter": wish.newsletter.name,
            "address": reader.address,
            "state": wish.state,
            "asked_at": wish.asked_at.isoformat(),
            "confirmed_at": wish.confirmed_at.isoformat() if wish.confirmed_at else None,
            "confirmed_from": wish.seen_from,
            "agreed_to": wish.shown,
            "ended_at": wish.ended_at.isoformat() if wish.ended_at else None,
        }
        for reader in _readers(person).prefetch_related("subscriptions__newsletter")
        for wish in reader.subscriptions.all()
    ]
    got = [
        {"newsletter": row.issue.newsletter.name, "issue": row.issue.number, "state": row.state}
        for reader in _readers(person)
        for row in reader.deliveries.select_related("issue__newsletter").order_by("pk")
    ]
    stopped = Suppression.objects.filter(fingerprint__in=_readers(person).values("fingerprint"))
    verified = Issue.objects.filter(checked_by=person).order_by("pk")
    return {
        "subscriptions": wishes,
        "mails": got,
        "not_written_to": [{"reason": row.reason, "at": row.at.isoformat()} for row in stopped],
        "verified": [{"subject": each.subject, "at": each.checked_at} for each in verified],
    }


def erase(person: Person) -> None:
    for reader in _readers(person):
        forget_reader(reader)
    open_ones = Issue.objects.filter(checked_by=person, state__in=[Issue.State.CHECKED, Issue.State.SCHEDULED])
    open_ones.update(
        state=Issue.State.DRAFT,
        checked_by=None,
        checked_name="",
        checked_at=None,
        checked_digest="",
        scheduled_for=None,
    )
    Issue.objects.filter(checked_by=person).update(checked_by=None, checked_name="—")


personal_data(
    "newsletters",
    export=export,
    erase=erase,
    models=[Subscriber, Issue],
    goes=_("Your newsletters, with when and how you asked for them; your name below issues that you verified."),
    stays=_("Where your address must not be written to: a fingerprint of it, so that nobody does."),
)
