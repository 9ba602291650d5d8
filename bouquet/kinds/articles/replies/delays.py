"""Until when a reply may be asked."""

from __future__ import annotations

from calendar import monthrange
from datetime import datetime

from django.utils import timezone

from bouquet.kinds.articles.models import Article
from bouquet.kinds.articles.models.reply import ASKED_WITHIN_MONTHS


def asked_until(article: Article) -> datetime | None:
    """The same day three months later, its whole length: 30 November gives 28 (or 29) February. None: not published."""
    if article.published_at is None:
        return None
    first = timezone.localtime(article.published_at)
    months = first.month - 1 + ASKED_WITHIN_MONTHS
    year, month = first.year + months // 12, months % 12 + 1
    day = min(first.day, monthrange(year, month)[1])
    return first.replace(year=year, month=month, day=day, hour=23, minute=59, second=59, microsecond=0)


def may_be_asked(article: Article) -> bool:
    until = asked_until(article)
    return until is not None and timezone.now() <= until
