"""What accounts leave to the workers."""

from __future__ import annotations

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import send_mail
from django.core.management import call_command
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from bouquet.shared.accounts.export import write_zip
from bouquet.shared.accounts.models import DataExport, Person, SignIn
from bouquet.toolkit.tasks import daily, task

EXPORT_KEPT = timedelta(days=7)
ENDED_KEPT = timedelta(days=30)
UNVERIFIED_KEPT = timedelta(days=7)


@task(lane="default", retries=5)
def post_letter(subject: str, body: str, to: str) -> None:
    """Send one plain mail from the network."""
    send_mail(subject, body, None, [to])


@task(lane="default", retries=3, key="export {export_id}")
def write_export(export_id: int) -> None:
    export = DataExport.objects.select_related("person").filter(pk=export_id, ready_at=None).first()
    if export is None:
        return
    person = export.person
    with translation.override(person.language or settings.LANGUAGE_CODE):
        export.size = write_zip(person, export.path)
        export.ready_at = timezone.now()
        export.save(update_fields=["size", "ready_at"])
        address = f"{settings.WAGTAILADMIN_BASE_URL}/me/data/"
        body = _("The copy of your data is ready. Sign in and download it within seven days: %(address)s")
        post_letter.enqueue(_("Your data is ready"), body % {"address": address}, person.email)


@daily("03:40")
@task(lane="extras")
def tidy_accounts() -> None:
    """Let go of what nobody needs any more: old sessions and sign-ins, expired copies, sign-ups never confirmed."""
    now = timezone.now()
    call_command("clearsessions")
    SignIn.objects.filter(ended_at__lt=now - ENDED_KEPT).delete()
    SignIn.objects.filter(seen_at__lt=now - timedelta(seconds=settings.SESSION_COOKIE_AGE)).delete()
    for export in DataExport.objects.filter(asked_at__lt=now - EXPORT_KEPT):
        export.path.unlink(missing_ok=True)
        export.delete()
    confirmed = EmailAddress.objects.filter(verified=True).values("user")
    Person.objects.filter(
        joined_at__lt=now - UNVERIFIED_KEPT, last_login=None, is_staff=False, emailaddress__verified=False
    ).exclude(pk__in=confirmed).delete()
