"""Verbs: give a page's player its ticket, read numbers."""

from __future__ import annotations

import math
import time
from datetime import date
from typing import Any

from bouquet.shared.audience.hits import Mark
from bouquet.shared.audience.numbers import Numbers, numbers_of_channel, numbers_of_site, numbers_of_work
from bouquet.shared.audience.refusal import has_refused
from bouquet.shared.audience.store import store
from bouquet.shared.audience.ticket import Ticket, bare_host
from bouquet.shared.works.models import Work
from bouquet.shared.works.permissions import Viewer

__all__ = ["Numbers", "numbers_of_channel", "numbers_of_site", "numbers_of_work", "reach_on", "ticket_for"]


def reach_on(day: date) -> dict[int, int]:
    """For each work, how many different addresses viewed it on this day (today or yesterday)."""
    return store().reach(day)


def ticket_for(request: Any, work: Work, *, duration: float, embedded: bool = False) -> str:
    """For a page that shows this work to this viewer; "" for who does not want to be counted.

    Ask only for works that the viewer may open: the ticket is what lets a player speak of them. No query where the
    work comes with its channel.
    """
    if has_refused(request):
        return ""
    return Ticket(
        work=work.pk,
        channel=work.channel_id or 0,
        site=work.site_id,
        duration=math.ceil(duration),
        marks=int(_marks(request, work) | (Mark.EMBED if embedded else Mark(0))),
        country=getattr(request, "territory", ""),
        issued=int(time.time()),
    ).seal(bare_host(request.get_host()))


def _marks(request: Any, work: Work) -> Mark:
    viewer = Viewer.of(request)
    if viewer.person is None:
        return Mark(0)
    is_own = viewer.person.pk in (work.author_id, work.channel.owner_id if work.channel else None)
    is_staff = viewer.person.is_staff or viewer.edits(work.site_id)
    return (Mark.OWN if is_own else Mark(0)) | (Mark.STAFF if is_staff else Mark(0))
