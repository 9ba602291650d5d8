"""Who is looking, from where: everything the predicate of works asks about a reader."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from bouquet.shared.accounts.models import Person
from bouquet.shared.network.permissions import sites_edited_by

# Shown with a mark to people whose age nobody knows; from here on, only to whom it is known to suit.
RATING_NEEDS_AGE = 16
KEYS = "works.keys"  # where a session keeps what passwords have opened


@dataclass(frozen=True)
class Viewer:
    """A reader. `territory` is an ISO 3166 country or "" (unknown); `age` is whole years or None (unknown)."""

    person: Person | None = None
    territory: str = ""
    age: int | None = None
    editor_of: frozenset[int] = frozenset()  # pks of the sites whose works this person looks after
    edits_all: bool = False
    keys: frozenset[str] = frozenset()  # of works whose password this session has said
    at: datetime | None = None  # as the works are at this moment; None: now

    @classmethod
    def of(cls, request: HttpRequest) -> Viewer:
        """The viewer behind a request; worked out once. One query for a member, none for a stranger."""
        known: Any = request
        if not hasattr(known, "_viewer"):
            person = known.user if known.user.is_authenticated and known.user.is_active else None
            viewer = cls.for_person(person, territory=getattr(known, "territory", ""))
            keys = known.session.get(KEYS, ()) if hasattr(known, "session") else ()
            known._viewer = replace(viewer, keys=frozenset(keys)) if keys else viewer
        return known._viewer

    @classmethod
    def stranger(cls, request: HttpRequest) -> Viewer:
        """Nobody in particular, where this request comes from: for what is the same for every reader there."""
        return cls(territory=getattr(request, "territory", ""))

    @classmethod
    def for_person(cls, person: Person | None, *, territory: str = "") -> Viewer:
        if person is None:
            return cls(territory=territory)
        edits_all = person.is_superuser  # said without a list of all sites
        return cls(
            person=person,
            territory=territory,
            age=person.age_on(timezone.localdate()),
            editor_of=frozenset() if edits_all else frozenset(sites_edited_by(person).values_list("pk", flat=True)),
            edits_all=edits_all,
        )

    @property
    def moment(self) -> datetime:
        return self.at or timezone.now()

    @property
    def highest_rating(self) -> int:
        return RATING_NEEDS_AGE - 1 if self.age is None else self.age

    def edits(self, site_id: int) -> bool:
        return self.edits_all or site_id in self.editor_of
