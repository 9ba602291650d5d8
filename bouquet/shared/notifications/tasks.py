"""Mails for notices."""

from __future__ import annotations

from bouquet.shared.notifications.mailing import send_notice_mail
from bouquet.toolkit.tasks import task


@task()
def mail_notice(notice_id: int) -> None:
    send_notice_mail(notice_id)
