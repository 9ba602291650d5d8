"""Who is looking, from where: everything the predicate of works asks about a reader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from bouquet.shared.accounts.models import Person
from bouquet.shared.network.models import Site

# Shown with a mark to people whose age nobody knows; from here on, only to whom it is known to suit.
RATING_NEEDS_AGE = 16


@dataclass(frozen=True)
class Viewer:
    """A reader. `territory` is an ISO 3166 country or "" (unknown); `age` is whole years or None (unknown)."""

    person: Person | None = None
    territory: str = ""
    age: int | None = None
    editor_of: frozenset[int] = frozenset()  # pks of the sites whose works this person looks after
    edits_all: bool = False

    @classmethod
    def of(cls, request: HttpRequest) -> Viewer:
        """The viewer behind a request; worked out once. One query for a member, none for a stranger."""
        known: Any = request
        if not hasattr(known, "_viewer"):
            person = known.user if known.user.is_authenticated and known.user.is_active else None
            known._viewer = cls.for_person(person, territory=getattr(known, "territory", ""))
        return known._viewer

    @classmethod
    def for_person(cls, person: Person | None, *, territory: str = "") -> Viewer:
        if person is None:
            return cls(territory=territory)
        return cls(
            person=person,
            territory=territory,
            age=person.age_on(timezone.localdate()),
            editor_of=sites_edited_by(person),
            edits_all=person.is_superuser,
        )

    @property
    def highest_rating(self) -> int:
        return RATING_NEEDS_AGE - 1 if self.age is None else self.age

    def edits(self, site_id: int) -> bool:
        return self.edits_all or site_id in self.editor_of


def sites_edited_by(person: Person) -> frozenset[int]:
    """Pks of the sites whose page tree this person may change at the editors' desk. One query."""
    from wagtail.models import GroupPagePermission

    if person.is_superuser:
        return frozenset()  # `edits_all` says it without a list
    paths = GroupPagePermission.objects.filter(
        group__user=person, permission__codename__in=["change_page", "publish_page"]
    ).values_list("page__path", flat=True)
    paths = tuple(paths)
    if not paths:
        return frozenset()
    roots = Site.objects.filter(wagtail_site__isnull=False).values_list("pk", "wagtail_site__root_page__path")
    return frozenset(pk for pk, root in roots if root.startswith(paths))
