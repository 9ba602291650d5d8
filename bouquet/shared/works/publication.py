"""The one place where a work goes live: asked for by a person (actions) or by the clock (tasks)."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from bouquet.shared.works.events import WorkPublished
from bouquet.shared.works.models import Work
from bouquet.toolkit.events import announce


def lock_work(work: Work) -> Work:
    """The row as it is now, held until the transaction ends. Call it inside one."""
    return Work.objects.select_for_update().get(pk=work.pk)


def make_live(work: Work, *, at: datetime | None = None) -> None:
    """Inside a transaction, on a locked row. What was live before keeps its first hour."""
    work.state = Work.State.LIVE
    work.state_reason = ""
    if at is not None or work.published_at is None or work.published_at > timezone.now():
        work.published_at = at or timezone.now()
    work.save(update_fields=["state", "state_reason", "published_at", "updated_at"])
    announce(WorkPublished(work_id=work.pk))
