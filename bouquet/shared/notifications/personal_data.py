"""What notices hold about a person: the news they were told, and how they wish to be told."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from bouquet.shared.accounts.models import Person
from bouquet.shared.accounts.personal_data import personal_data
from bouquet.shared.notifications.models import Notice, NoticePreference


def export_notices(person: Person) -> dict[str, Any]:
    return {
        "notices": [
            {"title": notice.title, "url": notice.url, "told_at": notice.created_at, "read_at": notice.read_at}
            for notice in Notice.objects.of(person).order_by("created_at")
        ],
        "preferences": list(
            NoticePreference.objects.filter(person=person).values("kind", "on_page", "by_mail").order_by("kind")
        ),
    }


def erase_notices(person: Person) -> None:
    Notice.objects.of(person).delete()
    NoticePreference.objects.filter(person=person).delete()


personal_data(
    "notifications",
    models=[Notice, NoticePreference],
    export=export_notices,
    erase=erase_notices,
    goes=_("What you were told, and how you wished to be told."),
)
