"""A notice as a mail: once, in the reader's language."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from bouquet.shared.network.models import Network, Site
from bouquet.shared.notifications.models import Notice


def send_notice_mail(notice_id: int) -> None:
    """Safe to run twice: what was mailed is marked. A notice that is gone, or whose person is, sends nothing."""
    notice = Notice.objects.select_related("person").filter(pk=notice_id, mailed_at=None).first()
    if notice is None or not notice.person.is_active or not notice.person.email:
        return
    home = Site.objects.open().filter(is_main=True).first()
    base = home.url if home else ""
    with translation.override(notice.person.language or settings.LANGUAGE_CODE):
        words = {
            "notice": notice,
            "network": Network.current(),
            "link": notice.url if "://" in notice.url else f"{base}{notice.url}",
            "preferences": f"{base}{reverse('notifications:preferences')}",
        }
        text = render_to_string("notifications/mail/notice.txt", words)
        message = EmailMessage(subject=" ".join(notice.title.split())[:200], body=text, to=[notice.person.email])
    message.send()
    Notice.objects.filter(pk=notice.pk).update(mailed_at=timezone.now())
