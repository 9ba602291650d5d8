"""The desk of a site hears of a reply that is asked, and again a day before it is late."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format

from bouquet.kinds.articles.models import Reply
from bouquet.kinds.articles.models.reply import ANSWERED_WITHIN
from bouquet.shared.accounts.models import Person
from bouquet.shared.notifications.actions import notify

SOON = timedelta(days=1)


def tell_the_desk(reply: Reply, kind: str) -> None:
    site = reply.site
    groups = [group for group in (site.editors_id, site.moderators_id) if group]
    url = site.url + reverse("replies_one", args=[reply.uid])
    for person in Person.objects.active().filter(groups__in=groups).distinct():
        with translation.override(person.language or site.language):
            due = date_format(timezone.localtime(reply.due_at), "DATETIME_FORMAT")
        notify(person, kind, url=url, key=f"{kind}:{reply.pk}", name=reply.name, title=reply.title, due=due)


def remind_of_what_is_due() -> None:
    """Each once: notices know what they said."""
    nearly = timezone.now() - ANSWERED_WITHIN + SOON
    for reply in Reply.objects.filter(state=Reply.State.WAITING, asked_at__lt=nearly).select_related("site")[:500]:
        tell_the_desk(reply, "articles.reply_due")
