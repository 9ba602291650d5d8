"""Readers: an address, what it asked for and how it said so, and the addresses that are never written to again."""

from __future__ import annotations

import hmac
from hashlib import sha256
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from bouquet.kinds.newsletters.models.newsletter import Newsletter
from bouquet.toolkit.ids import long_id


def fingerprint(address: str) -> str:
    """Finds an address on the suppression list, also after the address itself was forgotten there."""
    return hmac.new(settings.SECRET_KEY.encode(), address.strip().lower().encode(), sha256).hexdigest()


class Subscriber(models.Model):
    """An address that asked for at least one list. `person` where somebody's account has the same, verified address."""

    uid = models.CharField(max_length=32, unique=True, default=long_id, editable=False)
    address = models.EmailField(_("e-mail address"), unique=True)
    fingerprint = models.CharField(max_length=64, db_index=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="subscribers")
    language = models.CharField(max_length=8, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.address

    def save(self, *args: object, **kwargs: object) -> None:
        self.address = self.address.strip().lower()
        self.fingerprint = fingerprint(self.address)
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def active(self) -> Self:
        return self.filter(state=Subscription.State.ACTIVE)

    def writable(self) -> Self:
        """Active, and not an address that must not be written to."""
        kept = Suppression.objects.filter(fingerprint=OuterRef("subscriber__fingerprint"))
        return self.active().filter(~Exists(kept))


class Subscription(models.Model):
    """One reader's wish for one list, with its proof: when it was asked and confirmed, from where, on which words."""

    class State(models.TextChoices):
        PENDING = "pending", _("not confirmed yet")
        ACTIVE = "active", _("subscribed")
        ENDED = "ended", _("unsubscribed")

    class Source(models.TextChoices):
        PAGE = "page", _("a form of the site")
        API = "api", _("a program")
        IMPORT = "import", _("an imported list")
        DEMO = "demo", _("the demo")

    subscriber = models.ForeignKey(Subscriber, models.CASCADE, related_name="subscriptions")
    newsletter = models.ForeignKey(Newsletter, models.CASCADE, related_name="subscriptions")
    state = models.CharField(max_length=8, choices=State.choices, default=State.PENDING)
    source = models.CharField(max_length=8, choices=Source.choices, default=Source.PAGE)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    seen_from = models.CharField(max_length=50, blank=True)  # the network address it was confirmed from, shortened
    shown = models.TextField(blank=True)  # the words that were agreed to
    told_at = models.DateTimeField(null=True)  # the last mail that asked to confirm
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=60, blank=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subscriber", "newsletter"], name="one_wish_for_a_list")]
        indexes = [
            models.Index("newsletter", "state", F("id").desc(), name="subscriptions_of_list"),
            models.Index("state", "asked_at", name="never_confirmed", condition=Q(state="pending")),
        ]

    def __str__(self) -> str:
        return f"{self.subscriber_id} → {self.newsletter_id}"


class Suppression(models.Model):
    """Never written to again, by any list. `address` may have been forgotten: the fingerprint stays."""

    class Reason(models.TextChoices):
        BOUNCE = "bounce", _("its mail comes back")
        COMPLAINT = "complaint", _("said that our mail is spam")
        ASKED = "asked", _("asked for no more mail")
        DESK = "desk", _("put here by hand")

    fingerprint = models.CharField(max_length=64, unique=True)
    address = models.EmailField(blank=True)
    reason = models.CharField(max_length=10, choices=Reason.choices)
    detail = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(F("at").desc(), F("id").desc(), name="suppressed_last")]

    def __str__(self) -> str:
        return self.address or self.fingerprint[:12]
