"""What sending newsletters needs of an installation."""

from __future__ import annotations

from collections.abc import Iterator
from email.utils import parseaddr

from django.conf import settings

from bouquet.kinds.newsletters.drafting.writer import has_writer
from bouquet.kinds.newsletters.models import Issue, Newsletter
from bouquet.toolkit.doctor import Finding, bad, checkup, ok, warn


@checkup("Newsletters")
def newsletters() -> Iterator[Finding]:
    if not Newsletter.objects.exists():
        yield ok("No newsletter is written here.")
        return
    yield from _of_mail()
    for issue in Issue.objects.filter(state=Issue.State.SENDING).exclude(trouble="").select_related("newsletter"):
        yield bad(
            f"“{issue.newsletter.name}” no. {issue.number} does not go on: {issue.trouble}", "See the mail server."
        )
    if has_writer():
        yield ok(f"Summaries are written by {settings.WRITER_MODEL} at {settings.WRITER_URL}.")
    else:
        yield ok("Summaries are taken from the works themselves.")


def _of_mail() -> Iterator[Finding]:
    if settings.EMAIL_BACKEND.rpartition(".")[0].rpartition(".")[2] in ("filebased", "console", "locmem", "dummy"):
        yield warn("Mail goes to nobody.", "Set BOUQUET_EMAIL_URL or BOUQUET_MAIL_PROVIDER (docs/running/mail.md).")
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    addresses = Newsletter.objects.exclude(sender_address="").values_list("sender_address", flat=True)
    others = {address.rpartition("@")[2] for address in addresses} - {domain}
    if others:
        yield warn(
            f"Newsletters are sent from {', '.join(sorted(others))}, other mail from {domain}.",
            "Each domain needs SPF, DKIM and DMARC for this server (docs/running/mail.md).",
        )
    if settings.SCHEME != "https" and not settings.DEMO:
        yield warn(
            "One-click unsubscribing (RFC 8058) works for mail programs over https only.", "Set BOUQUET_SCHEME=https."
        )
