"""What readers do: ask for a list, confirm it, choose, stop, be forgotten. No page tells whether it knows one."""

from __future__ import annotations

import ipaddress
from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from bouquet.kinds.newsletters.models import Newsletter, Subscriber, Subscription, Suppression
from bouquet.kinds.newsletters.sending.rows import suppress
from bouquet.kinds.newsletters.tasks import answer_sign_up
from bouquet.shared.accounts.models import Person

State = Subscription.State


def shortened(address: str) -> str:
    """A network address without the part that names one household: /24 of IPv4, /48 of IPv6."""
    try:
        found = ipaddress.ip_address(address.strip())
    except ValueError:
        return ""
    bits = 24 if found.version == 4 else 48
    return str(ipaddress.ip_network((found, bits), strict=False))


@transaction.atomic
def subscribe(newsletter: Newsletter, address: str, *, shown: str, source: str, language: str = "") -> None:
    """Note a wish and have its mail sent. The same work for an address that is known and one that is not."""
    reader = _reader(address, language)
    wish, made = Subscription.objects.get_or_create(
        subscriber=reader,
        newsletter=newsletter,
        defaults={"asked_at": timezone.now(), "source": source, "shown": shown},
    )
    if not made and wish.state != State.ACTIVE:
        wish.state, wish.asked_at, wish.source, wish.shown = State.PENDING, timezone.now(), source, shown
        wish.save(update_fields=["state", "asked_at", "source", "shown"])
    answer_sign_up.enqueue(wish.pk)


def _reader(address: str, language: str = "") -> Subscriber:
    address = address.strip().lower()
    reader = Subscriber.objects.filter(address=address).first()
    if reader is None:
        person = Person.objects.active().filter(email=address).first()
        reader = Subscriber(address=address, language=language, person=person)
        reader.save()
    return reader


@transaction.atomic
def confirm(wish: Subscription, *, seen_from: str) -> None:
    """The second yes, with its proof. Safe to repeat; a wish that was ended meanwhile is begun again by it."""
    row = Subscription.objects.select_for_update().get(pk=wish.pk)
    if row.state == State.ACTIVE:
        return
    row.state, row.confirmed_at, row.seen_from = State.ACTIVE, timezone.now(), shortened(seen_from)
    row.ended_at, row.ended_why = None, ""
    row.save(update_fields=["state", "confirmed_at", "seen_from", "ended_at", "ended_why"])


def unsubscribe(subscriber: Subscriber, newsletter: Newsletter, *, why: str = "asked") -> None:
    """Safe to repeat: mail programs do."""
    wishes = Subscription.objects.filter(subscriber=subscriber, newsletter=newsletter).exclude(state=State.ENDED)
    wishes.update(state=State.ENDED, ended_at=timezone.now(), ended_why=why[:60])


@transaction.atomic
def choose_letters(
    subscriber: Subscriber, chosen: Collection[Newsletter], offered: Collection[Newsletter], shown: str
) -> None:
    """From the page of preferences, whose key came to the address itself: that is the proof."""
    now = timezone.now()
    for newsletter in offered:
        if newsletter not in chosen:
            unsubscribe(subscriber, newsletter, why="preferences")
            continue
        wish, _made = Subscription.objects.get_or_create(
            subscriber=subscriber, newsletter=newsletter, defaults={"asked_at": now, "shown": shown}
        )
        if wish.state != State.ACTIVE:
            wish.state, wish.confirmed_at, wish.ended_at, wish.ended_why = State.ACTIVE, now, None, ""
            wish.save(update_fields=["state", "confirmed_at", "ended_at", "ended_why"])


def stop_all(subscriber: Subscriber) -> None:
    """No mail of any list, ever, until a person at the desk takes the address off the list again."""
    suppress(subscriber.address, subscriber.fingerprint, Suppression.Reason.ASKED, "")


@transaction.atomic
def forget_reader(subscriber: Subscriber) -> None:
    """The address and all it asked for go. What stays of a suppressed one is its fingerprint."""
    Suppression.objects.filter(fingerprint=subscriber.fingerprint).update(address="", detail="")
    subscriber.delete()
