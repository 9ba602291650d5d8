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
class Terms:
    """How far an address goes that is signed for one viewer: until their window closes (None: it does not), and in
    their country only (ISO code, "" for nobody knows where; None: anywhere, the work is not limited to countries)."""

    until: datetime | None = None
    territory: str | None = None


FREELY = Terms()


@dataclass(frozen=True)
class Decision:
    """`terms` are what an address is signed with. `offers` holds what could be bought to be allowed; it is empty while
    nothing is for sale."""

    allowed: bool
    reason: Reason
    terms: Terms = FREELY
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
    return Decision(True, Reason.ALLOWED, terms_for(viewer, work))


def terms_for(viewer: Viewer, work: Work) -> Terms:
    """Ask only for what the viewer may open. One query for a work that is limited, none for others."""
    if not work.restricted:
        return FREELY
    now = timezone.now()
    here = Q(excluded=False, territory__in=[viewer.territory, ""]) | Q(excluded=True)
    opened = work.availabilities.filter(Q(opens_at=None) | Q(opens_at__lte=now), here)
    rows = list(opened.filter(Q(closes_at=None) | Q(closes_at__gt=now)).values_list("territory", "closes_at"))
    # No row: this viewer may open it wherever they are (its author), and nobody else may.
    anywhere = bool(rows) and not any(territory for territory, _closes_at in rows)
    ends = [closes_at for _territory, closes_at in rows if closes_at is not None]
    return Terms(
        until=max(ends) if ends and len(ends) == len(rows) else None,
        territory=None if anywhere else viewer.territory,
    )
