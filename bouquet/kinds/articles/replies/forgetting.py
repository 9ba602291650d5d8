"""Who asked for a reply is forgotten when nobody needs to know any more."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from bouquet.kinds.articles.models import Reply

KEPT = timedelta(days=365)  # after the decision: by then the time in which a judge may be asked is over
State = Reply.State


def forget_who_asked() -> int:
    """Addresses go, and whole requests that led to nothing. What is published stays. How many rows changed."""
    old = Reply.objects.exclude(state=State.WAITING).filter(decided_at__lt=timezone.now() - KEPT)
    gone, _rows = old.exclude(state=State.PUBLISHED).delete()
    return gone + old.exclude(email="", person=None).update(email="", person=None)
