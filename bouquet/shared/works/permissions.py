"""Who may open, list and edit works."""

from __future__ import annotations

from typing import TypeVar, cast

from django.http import Http404

from bouquet.shared.accounts.models import Person
from bouquet.shared.works.models import Lock, Work, WorkQuerySet
from bouquet.shared.works.passwords import TooManyTries, key_for, open_lock
from bouquet.shared.works.viewer import Viewer

__all__ = [
    "OutsideTerritory",
    "PasswordNeeded",
    "TooManyTries",
    "Viewer",
    "can_edit_work",
    "find_work",
    "key_for",
    "open_lock",
]

SomeWork = TypeVar("SomeWork", bound=Work)


class OutsideTerritory(Exception):
    """The work exists for this viewer, but not here or not now: HTTP 451 (RFC 7725)."""

    def __init__(self, work: Work) -> None:
        super().__init__(f"work {work.pk} is not available here")
        self.work = work


class PasswordNeeded(Exception):
    """The work is there for whoever says its password; this viewer has not: HTTP 403, with a form."""

    def __init__(self, work: Work) -> None:
        super().__init__(f"work {work.pk} asks for its password")
        self.work = work


def find_work(queryset: WorkQuerySet[SomeWork], uid: str, viewer: Viewer) -> SomeWork:
    """The work with this uid, if the viewer may open it. One query; more only to tell 404, 451 and 403 apart."""
    if not uid.isascii() or not uid.isalnum():  # nobody gave this uid (and PostgreSQL refuses some characters)
        raise Http404
    named = queryset.filter(uid=uid)
    if work := named.visible_to(viewer).first():
        return cast("SomeWork", work)
    if work := named.reachable_by(viewer).first():
        locked = work.visibility == Work.Visibility.PASSWORD
        if locked and not Lock.objects.filter(work_id=work.pk, key__in=viewer.keys).exists():
            raise PasswordNeeded(work)
        raise OutsideTerritory(work)
    raise Http404


def can_edit_work(person: Person | None, work: Work) -> bool:
    """Its author, and who edits its site."""
    if person is None or not person.is_authenticated or not person.is_active:
        return False
    return person.pk == work.author_id or Viewer.for_person(person).edits(work.site_id)
