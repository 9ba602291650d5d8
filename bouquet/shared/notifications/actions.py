"""Tell a person something."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from bouquet.shared.accounts.models import Person
from bouquet.shared.notifications.kinds import all_notice_kinds, notice_kind
from bouquet.shared.notifications.models import Notice, NoticePreference
from bouquet.shared.notifications.tasks import mail_notice


def notify(person: Person, kind: str, *, url: str = "", key: str = "", **values: Any) -> Notice | None:
    """A notice on the person's page and, where they want it, a mail. With a `key`, the same news twice is told once.

    `kind` is a name of some app's NOTICES; `values` fill its words. Gives the notice, or None where nothing was new
    or the person wants none.
    """
    if not person.is_active or (key and Notice.objects.filter(person=person, key=key).exists()):
        return None
    on_page, by_mail = _wanted(person, kind)
    if not on_page and not by_mail:
        return None
    read_at = None if on_page else timezone.now()
    plain = {name: value if isinstance(value, (int, float)) else str(value) for name, value in values.items()}
    try:
        with transaction.atomic():
            notice = Notice.objects.create(
                person=person, kind=kind, values=plain, url=url[:300], key=key[:120], read_at=read_at
            )
            if by_mail:
                mail_notice.enqueue(notice.pk)
    except IntegrityError:  # told by somebody else a moment ago
        return None
    return notice


def notify_together(
    person: Person, kind: str, *, many: str, group: str, url: str = "", last: str = "", **values: Any
) -> Notice | None:
    """News that comes again and again is one notice while it is unread, in the words of `many`, with their `number`.

    `group` names what it is about, `last` the single piece of news: the same one twice counts once.
    """
    with transaction.atomic():
        unread = Notice.objects.of(person).unread().filter(key__startswith=f"{group}:").select_for_update()
        notice = unread.order_by("-pk").first()
        if notice is None:
            return notify(person, kind, url=url, key=f"{group}:{last}", number=1, last=last, **values)
        if notice.values.get("last") != last:
            plain = {name: str(value) for name, value in values.items()}
            notice.values = plain | {"number": notice.values.get("number", 1) + 1, "last": last}
            notice.kind, notice.url, notice.created_at = many, url[:300], timezone.now()
            notice.save(update_fields=["values", "kind", "url", "created_at"])
    return notice


def notify_many(people: Sequence[Person], kind: str, *, url: str, key: str, **values: Any) -> int:
    """The same news for many, in five queries. With its `key` nobody is told twice, however often this is tried.

    Gives how many wanted to be told, on the page or by mail.
    """
    chosen = {row.person_id: row for row in NoticePreference.objects.filter(person__in=people, kind=kind)}
    usual = (True, notice_kind(kind).mail)
    wishes = {
        each.pk: (chosen[each.pk].on_page, chosen[each.pk].by_mail) if each.pk in chosen else usual for each in people
    }
    plain = {name: value if isinstance(value, (int, float)) else str(value) for name, value in values.items()}
    now = timezone.now()
    rows = [
        Notice(person_id=pk, kind=kind, values=plain, url=url[:300], key=key[:120], read_at=None if on_page else now)
        for pk, (on_page, by_mail) in wishes.items()
        if on_page or by_mail
    ]
    with transaction.atomic():
        Notice.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
        by_mail = [pk for pk, wish in wishes.items() if wish[1]]
        told = Notice.objects.filter(person__in=by_mail, key=key[:120], mailed_at=None)
        for number in told.values_list("pk", flat=True):
            mail_notice.enqueue(number)
    return len(rows)


def set_preferences(person: Person, choices: dict[str, tuple[bool, bool]]) -> None:
    """`choices`: kind → (on the page, by mail). Kinds that nobody knows are left out."""
    rows = [
        NoticePreference(person=person, kind=kind, on_page=on_page, by_mail=by_mail)
        for kind, (on_page, by_mail) in choices.items()
        if kind in all_notice_kinds()
    ]
    NoticePreference.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["person", "kind"],
        update_fields=["on_page", "by_mail"],
    )


def _wanted(person: Person, kind: str) -> tuple[bool, bool]:
    chosen = NoticePreference.objects.filter(person=person, kind=kind).first()
    return (chosen.on_page, chosen.by_mail) if chosen else (True, notice_kind(kind).mail)
