"""Mails for notices."""

from __future__ import annotations

from django_tasks import task

from bouquet.shared.notifications.mailing import send_notice_mail


@task()
def mail_notice(notice_id: int) -> None:
    send_notice_mail(notice_id)
