"""The mail that answers a wish to subscribe. Whoever typed an address learns nothing from the page; its owner does."""

from __future__ import annotations

from datetime import timedelta

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone, translation

from bouquet.kinds.newsletters.addresses import CONFIRM_DAYS, confirming, preferences, reader_key
from bouquet.kinds.newsletters.mail import one_line, sender_of
from bouquet.kinds.newsletters.models import Subscription, Suppression

AGAIN = timedelta(minutes=10)  # a second mail to the same address at the earliest: nobody's letter-box is filled


def answer_wish(number: int) -> None:
    """Ask to confirm; to who is subscribed already, say so. Nothing to a suppressed address. At most once in AGAIN."""
    wish = Subscription.objects.select_related("newsletter__site", "subscriber").filter(pk=number).first()
    if wish is None or Suppression.objects.filter(fingerprint=wish.subscriber.fingerprint).exists():
        return
    now = timezone.now()
    free = Subscription.objects.filter(pk=number).exclude(told_at__gt=now - AGAIN)
    if wish.state == Subscription.State.ENDED or not free.update(told_at=now):
        return
    letter = wish.newsletter
    words = {
        "letter": letter,
        "site": letter.site,
        "active": wish.state == Subscription.State.ACTIVE,
        "confirm": confirming(letter.site, wish),
        "preferences": preferences(letter.site, reader_key(wish.subscriber, letter)),
        "days": CONFIRM_DAYS,
    }
    with translation.override(letter.language):
        subject = render_to_string("newsletters/mail/wish_subject.txt", words)
        body = render_to_string("newsletters/mail/wish.txt", words)
    EmailMessage(
        subject=one_line(subject)[:150],
        body=body,
        from_email=sender_of(letter),
        to=[wish.subscriber.address],
        headers={"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
    ).send()
