"""Personal access tokens: a bearer secret shown once, of which only the SHA-256 is kept."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from bouquet.shared.accounts.models import AccessToken, Person

PREFIX = "bq_"  # so that a leaked secret is recognised by scanners and by people
USED_EVERY = timedelta(minutes=5)  # how precise `used_at` is: not a write for every call


def issue_token(person: Person, *, name: str, expires_at: datetime | None = None) -> tuple[AccessToken, str]:
    """The row and its secret; the secret cannot be had again."""
    secret = PREFIX + secrets.token_urlsafe(32)
    token = AccessToken.objects.create(
        person=person, name=name, digest=_digest(secret), hint=secret[:8], expires_at=expires_at
    )
    return token, secret


def revoke_token(token: AccessToken) -> None:
    token.delete()


def bearer_of(secret: str) -> Person | None:
    """Whose token is this? None where it is unknown, expired or of a closed account. One query."""
    now = timezone.now()
    token = (
        AccessToken.objects.select_related("person")
        .filter(Q(expires_at=None) | Q(expires_at__gt=now), digest=_digest(secret), person__is_active=True)
        .first()
    )
    if token is None:
        return None
    if token.used_at is None or now - token.used_at > USED_EVERY:
        AccessToken.objects.filter(pk=token.pk).update(used_at=now)
    return token.person


def _digest(secret: str) -> str:
    """Plain SHA-256 is enough: the secret has 256 random bits, there is nothing to guess."""
    return hashlib.sha256(secret.encode()).hexdigest()
