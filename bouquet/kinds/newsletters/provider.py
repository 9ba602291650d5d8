"""The only file that listens to a mail provider: bounces and complaints, by Anymail's webhooks (`/anymail/…`)."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

from django.apps import apps

from bouquet.kinds.newsletters.models import Suppression
from bouquet.kinds.newsletters.models.reader import fingerprint
from bouquet.kinds.newsletters.sending.rows import suppress

# A soft bounce (a full mailbox) comes as "deferred" or with another reason: nobody is suppressed for it.
FINAL_BOUNCES = {None, "bounced", "invalid"}


def listen_to_provider() -> None:
    """Where Anymail is installed. Its signal comes inside the webhook's request, after it has verified the caller."""
    if apps.is_installed("anymail") or find_spec("anymail"):
        from anymail.signals import tracking

        tracking.connect(hear, dispatch_uid="newsletters")


def hear(sender: Any, event: Any, esp_name: str, **_more: Any) -> None:
    """Safe to hear twice."""
    address = (event.recipient or "").strip().lower()
    if not address:
        return
    said = f"{esp_name}: {event.description or event.mta_response or event.event_type}"
    if event.event_type in ("bounced", "rejected") and event.reject_reason in FINAL_BOUNCES:
        suppress(address, fingerprint(address), Suppression.Reason.BOUNCE, said)
    elif event.event_type == "complained":
        suppress(address, fingerprint(address), Suppression.Reason.COMPLAINT, said)
    elif event.event_type == "unsubscribed":
        suppress(address, fingerprint(address), Suppression.Reason.ASKED, said)
