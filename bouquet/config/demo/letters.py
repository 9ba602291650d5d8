"""The demo's newsletters: Septembre's of the week, sent and waiting; Le Comptoir's of the morning. Made up, like the rest."""

from __future__ import annotations

from datetime import time, timedelta

from django.db import transaction
from django.utils import timezone

from bouquet.kinds.newsletters.actions import NotNow, add_newsletter, draft_issue, verify_issue
from bouquet.kinds.newsletters.models import Delivery, Issue, Newsletter, Subscriber, Subscription
from bouquet.kinds.newsletters.promise import promise
from bouquet.shared.accounts.models import Person
from bouquet.shared.network.models import Site

LETTERS = [
    {
        "site": "magazine", "name": "Le cahier de septembre", "slug": "cahier", "sender_name": "Septembre",
        "about": "Chaque vendredi, six histoires des jours ordinaires, choisies et relues.",
        "number": 4, "window_days": 60, "scoring": "balanced", "weekdays": [4], "hour": time(7, 30),
        "before": "Bonjour,\n\nvoici ce que la semaine nous a laissé entre les mains.",
        "after": "Une histoire à nous raconter ? Répondez simplement à ce courriel : nous lisons tout.",
    },
    {
        "site": "economie", "name": "Le Comptoir du matin", "slug": "matin", "sender_name": "Le Comptoir",
        "about": "L’économie du jour en cinq minutes, avant le premier café.",
        "number": 3, "window_days": 60, "scoring": "seen", "weekdays": [0, 1, 2, 3, 4], "hour": time(6, 45),
        "before": "", "after": "Les chiffres changent, les questions restent. À demain.",
    },
]  # fmt: skip
READERS = ("chloe", "driss", "elif", "gaelle", "hugo")


def write_letters() -> None:
    """Once. Two lists, an issue of each in the archive, a draft that waits for somebody's verification."""
    for values in LETTERS:
        site = Site.objects.filter(slug=values["site"]).first()
        if site is None or not site.has_kind("newsletters") or Newsletter.objects.filter(site=site).exists():
            continue
        with transaction.atomic():
            _write(site, {name: value for name, value in values.items() if name != "site"})


def _write(site: Site, values: dict[str, object]) -> None:
    letter = add_newsletter(site, reply_to="redaction@bouquet.example", is_running=True, **values)  # type: ignore[arg-type]
    _subscribe(letter)
    try:
        _send(draft_issue(letter))
        draft_issue(letter)
    except NotNow:
        return  # its site has published nothing yet


def _subscribe(letter: Newsletter) -> None:
    now = timezone.now()
    for person in Person.objects.filter(handle__in=READERS):
        reader = Subscriber.objects.filter(address=person.email).first() or Subscriber(
            address=person.email, person=person
        )
        reader.save()
        Subscription.objects.create(
            subscriber=reader, newsletter=letter, state="active", source="demo", shown=promise(letter),
            asked_at=now - timedelta(days=40), confirmed_at=now - timedelta(days=40), seen_from="198.51.100.0/24",
        )  # fmt: skip


def _send(issue: Issue) -> None:
    """As if it had gone out a week ago: the demo's people get no mail for it."""
    issue = verify_issue(issue, by=Person.objects.get(handle="basile"))
    then = timezone.now() - timedelta(days=7)
    rows = [
        Delivery(issue=issue, subscriber_id=each.subscriber_id, state="sent", closed_at=then, answer="250 ok")
        for each in issue.newsletter.subscriptions.all()
    ]
    Delivery.objects.bulk_create(rows)
    Issue.objects.filter(pk=issue.pk).update(
        state="sent", started_at=then, gathered_at=then, ended_at=then, tally={"sent": len(rows)}
    )
