"""What accounts leave to the workers."""

from __future__ import annotations

from django.core.mail import send_mail

from bouquet.toolkit.tasks import task


@task(lane="default", retries=5)
def post_letter(subject: str, body: str, to: str) -> None:
    """Send one plain mail from the network."""
    send_mail(subject, body, None, [to])
