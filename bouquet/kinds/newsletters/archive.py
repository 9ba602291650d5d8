"""A sent issue as this reader may see it: what has been taken down, or may not be seen here, is not in it."""

from __future__ import annotations

from dataclasses import dataclass

from bouquet.kinds.newsletters.models import Issue, IssueItem
from bouquet.shared.works.models import Work
from bouquet.shared.works.permissions import Viewer


@dataclass(frozen=True)
class Kept:
    item: IssueItem
    work: Work


def works_in(issue: Issue, viewer: Viewer) -> list[Kept]:
    """Two queries."""
    items = list(issue.items.order_by("position", "pk"))
    works = Work.objects.listed_for(viewer).filter(pk__in=[each.work_id for each in items]).cards().in_bulk()
    return [Kept(each, work) for each in items if (work := works.get(each.work_id or 0))]


def titles_of(issues: list[Issue], viewer: Viewer) -> dict[int, list[str]]:
    """{issue: the titles in it that this viewer may find}. Two queries for all of them."""
    items = list(IssueItem.objects.filter(issue__in=issues, work__isnull=False).order_by("position", "pk"))
    shown = set(
        Work.objects.listed_for(viewer).filter(pk__in={each.work_id for each in items}).values_list("pk", flat=True)
    )
    titles: dict[int, list[str]] = {issue.pk: [] for issue in issues}
    for each in items:
        if each.work_id in shown:
            titles[each.issue_id].append(each.title)
    return titles
