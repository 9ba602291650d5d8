"""A work that is gone for good leaves the drafts that would have told of it; a verified one has to be verified anew."""

from __future__ import annotations

from django.db import transaction

from bouquet.kinds.newsletters import standing
from bouquet.kinds.newsletters.models import Issue, IssueItem
from bouquet.shared.works.events import WorkRemoved
from bouquet.toolkit.events import on


@on(WorkRemoved)
def forget_work(event: WorkRemoved) -> None:
    """The row of the work is gone already, and the items' link to it with it."""
    orphans = IssueItem.objects.filter(work=None, issue__state__in=Issue.OPEN)
    for item in orphans.select_related("issue"):
        with transaction.atomic():
            row = standing.locked(item.issue_id)
            if row.is_open:
                standing.withdraw(row, {"code": "works_gone", "said": item.title[:200]})
                IssueItem.objects.filter(pk=item.pk).delete()
