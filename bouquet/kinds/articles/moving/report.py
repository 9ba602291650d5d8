"""What an import did, in numbers and line by line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from bouquet.kinds.articles.moving.models import ArticleImport, ImportedPost
from bouquet.toolkit.sheets import sheet_lines


def numbers_of(job: ArticleImport) -> dict[str, int]:
    """Posts by state, those of no post left out. One query."""
    rows = job.posts.values("state").order_by().annotate(number=Count("pk"))
    found = {row["state"]: row["number"] for row in rows}
    return {state: found[state] for state in ImportedPost.State.values if state in found}


def comments_in(job: ArticleImport) -> int:
    """That come along, or came, with its posts. One query."""
    coming = job.posts.filter(state__in=[ImportedPost.State.WAITING, ImportedPost.State.DONE])
    return int(coming.aggregate(sum=Sum("comments"))["sum"] or 0)


def share_of(numbers: dict[str, int]) -> float:
    """0 to 1 of the posts to be taken."""
    ended = numbers.get("done", 0) + numbers.get("failed", 0)
    whole = ended + numbers.get("waiting", 0)
    return ended / whole if whole else 1.0


def report_lines(job: ArticleImport) -> Iterator[str]:
    """The whole report as CSV, a line at a time."""
    head = [_("title"), _("state"), _("reason"), _("to complete"), _("published"), _("old page"), _("new page")]
    rows = job.posts.select_related("page__article__site").order_by("pk")
    return sheet_lines(head, (_cells(row) for row in rows.iterator(chunk_size=500)))


def _cells(row: ImportedPost) -> list[Any]:
    article = getattr(row.page, "article", None) if row.page else None
    return [
        row.title,
        row.get_state_display(),
        row.reason,
        " ".join(row.notes),
        row.published_at.isoformat() if row.published_at else "",
        row.old[0] if row.old else "",
        article.address if article else "",
    ]
