"""May this viewer have this work, here, now? Pages, embeds, downloads and streams all ask this one question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import Q
from django.http import Http404
from django.utils import timezone

from bouquet.shared.works.models import Work
from bouquet.shared.works.permissions import OutsideTerritory, PasswordNeeded, Viewer, find_work


class Reason(StrEnum):
    ALLOWED = "allowed"
    NOT_VISIBLE = "not visible"  # for this viewer it does not exist: answer 404
    LOCKED = "locked"  # known to exist, for who says its password: answer 403
    OUTSIDE = "outside"  # known to exist, not for this territory or moment: answer 451


@dataclass(frozen=True)
class Decision:
    """`until` is when the viewer's window closes: sign no address beyond it. `offers` holds what could be bought to be
    allowed; it is empty while nothing is for sale."""

    allowed: bool
    reason: Reason
    until: datetime | None = None
    offers: tuple[Any, ...] = ()

    @property
    def status(self) -> int:
        return {Reason.ALLOWED: 200, Reason.NOT_VISIBLE: 404, Reason.LOCKED: 403, Reason.OUTSIDE: 451}[self.reason]

    def __bool__(self) -> bool:
        return self.allowed


def decide(viewer: Viewer, work: Work) -> Decision:
    """Asks the works' own predicate (one or two queries), so that a stream can never be had where a page cannot."""
    try:
        find_work(Work.objects.filter(pk=work.pk), work.uid, viewer)
    except OutsideTerritory:
        return Decision(False, Reason.OUTSIDE)
    except PasswordNeeded:
        return Decision(False, Reason.LOCKED)
    except Http404:
        return Decision(False, Reason.NOT_VISIBLE)
    return Decision(True, Reason.ALLOWED, until=closing_time(viewer, work))


def closing_time(viewer: Viewer, work: Work) -> datetime | None:
    """When the last window that is open to this viewer closes; None: never. No query for an unrestricted work."""
    if not work.restricted:
        return None
    now = timezone.now()
    here = Q(excluded=False, territory__in=[viewer.territory, ""]) | Q(excluded=True)
    opened = work.availabilities.filter(Q(opens_at=None) | Q(opens_at__lte=now), here)
    ends = list(opened.filter(Q(closes_at=None) | Q(closes_at__gt=now)).values_list("closes_at", flat=True))
    known = [end for end in ends if end is not None]
    return max(known) if known and len(known) == len(ends) else None
