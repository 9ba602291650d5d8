"""Addresses that carry a reader's key: signed, without a name in them, good for as long as the network's secret is.

They live outside /newsletters/, so that who wants no more mail can say so also where a site has given newsletters up.
"""

from __future__ import annotations

from django.core import signing
from django.urls import reverse

from bouquet.kinds.newsletters.models import Newsletter, Subscriber, Subscription
from bouquet.shared.network.models import Site

HERE = "__reader__"  # stands in a composed mail where each reader's own key comes
CONFIRM_DAYS = 7
_KEYS = signing.Signer(salt="newsletters.reader", sep=".")
_WISHES = signing.TimestampSigner(salt="newsletters.wish", sep=".")


def reader_key(subscriber: Subscriber, newsletter: Newsletter) -> str:
    return _KEYS.sign(f"{subscriber.uid}-{newsletter.uid}")


def reader_of(key: str) -> tuple[Subscriber, Newsletter] | None:
    """Who holds this key, and the list by which they came. None for a key that we did not give. Two queries."""
    try:
        reader, _dash, letter = _KEYS.unsign(key).partition("-")
    except signing.BadSignature:
        return None
    subscriber = Subscriber.objects.filter(uid=reader).first()
    newsletter = Newsletter.objects.filter(uid=letter).select_related("site", "site__brand").first()
    return (subscriber, newsletter) if subscriber and newsletter else None


def wish_key(subscription: Subscription) -> str:
    return _WISHES.sign(str(subscription.pk))


def wish_of(key: str) -> Subscription | None:
    """The wish that this key confirms, for CONFIRM_DAYS."""
    try:
        number = _WISHES.unsign(key, max_age=CONFIRM_DAYS * 24 * 3600)
    except signing.BadSignature:
        return None
    return Subscription.objects.filter(pk=number).select_related("newsletter__site__brand", "subscriber").first()


def confirming(site: Site, subscription: Subscription) -> str:
    return site.url + reverse("letters_confirmation", args=[wish_key(subscription)])


def preferences(site: Site, key: str = HERE) -> str:
    return site.url + reverse("letters_preferences", args=[key])


def unsubscribing(site: Site, key: str = HERE) -> str:
    return site.url + reverse("letters_unsubscription", args=[key])
