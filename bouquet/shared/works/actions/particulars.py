"""What else a maker says of a work: tags, password, where and when it is shown. (Other sites: guests.py.)"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from bouquet.shared.works.events import WorkChanged
from bouquet.shared.works.models import Availability, Lock, Tag, Work
from bouquet.shared.works.publication import lock_work
from bouquet.shared.works.words import fold_tag
from bouquet.toolkit.events import announce
from bouquet.toolkit.ids import long_id
from bouquet.toolkit.plain_text import one_line

MOST_TAGS = 15
MOST_WINDOWS = 20


@dataclass(frozen=True)
class Window:
    """From when until when, and where: the territories named, or everywhere but there. None named: everywhere."""

    territories: tuple[str, ...] = ()
    excluded: bool = False
    opens_at: datetime | None = None
    closes_at: datetime | None = None

    @property
    def limits_nothing(self) -> bool:
        return not self.territories and self.opens_at is None and self.closes_at is None


def set_tags(work: Work, names: Iterable[str]) -> None:
    """Each once, in the spelling that was there first; at most MOST_TAGS."""
    with transaction.atomic():
        put_tags(work, names)
        announce(WorkChanged(work_id=work.pk))


def put_tags(work: Work, names: Iterable[str]) -> None:
    """Of a work that is published by the same transaction: that is news enough."""
    kept = tags_wanted(names)
    with transaction.atomic():
        new = [Tag(slug=slug, name=name) for slug, name in kept.items()]
        Tag.objects.bulk_create(new, ignore_conflicts=True)
        work.tags.set(Tag.objects.filter(slug__in=kept))


def tags_wanted(names: Iterable[str]) -> dict[str, str]:
    """Folded form and name of each."""
    wanted: dict[str, str] = {}
    for name in names:
        wanted.setdefault(fold_tag(name), one_line(name)[:40].strip())
    wanted.pop("", None)  # signs only
    return dict(list(wanted.items())[:MOST_TAGS])


def set_password(work: Work, password: str) -> None:
    """A hash is kept, never the password. A new one makes a new key: who said the old one is asked again."""
    hashed = make_password(password)  # slow on purpose: before the transaction
    Lock.objects.update_or_create(work_id=work.pk, defaults={"password": hashed, "key": long_id()})


def forget_password(work: Work) -> None:
    Lock.objects.filter(work_id=work.pk).delete()


def set_availability(
    work: Work,
    *,
    territories: Iterable[str],
    excluded: bool = False,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
) -> None:
    """The maker's choice of where and when, as one window. No territory and no dates: everywhere, always."""
    set_windows(work, [Window(tuple(territories), excluded, opens_at, closes_at)])


def set_windows(work: Work, windows: Iterable[Window]) -> None:
    """The maker's choice of where and when: all of these windows together. Grants' rows stay."""
    chosen = [window for window in windows if not window.limits_nothing]
    with transaction.atomic():
        row = lock_work(work)
        row.availabilities.filter(from_grant=False).delete()
        Availability.objects.bulk_create(each for window in chosen for each in _rows(row, window))
        work.restricted = row.restricted = row.availabilities.exists()
        row.save(update_fields=["restricted", "updated_at"])
        announce(WorkChanged(work_id=row.pk))


def windows_of(work: Work) -> list[Window]:
    """The maker's own windows, as they were set. One query."""
    found: dict[tuple[bool, datetime | None, datetime | None], list[str]] = {}
    for row in work.availabilities.filter(from_grant=False).order_by("pk"):
        found.setdefault((row.excluded, row.opens_at, row.closes_at), []).append(row.territory)
    return [
        Window(tuple(sorted(place for place in places if place)), excluded, opens_at, closes_at)
        for (excluded, opens_at, closes_at), places in found.items()
    ]


def _rows(work: Work, window: Window) -> list[Availability]:
    places = sorted({territory.upper() for territory in window.territories}) or [""]
    return [
        Availability(
            work=work,
            territory=place,
            excluded=window.excluded and place != "",
            opens_at=window.opens_at,
            closes_at=window.closes_at,
        )
        for place in places
    ]
