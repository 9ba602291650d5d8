"""The replies that stand below an article."""

from __future__ import annotations

from bouquet.kinds.articles.models import Article, Reply


def published_replies(article: Article) -> list[Reply]:
    """In the order in which they came. A query only where there are some."""
    if not article.replies:
        return []
    return list(Reply.objects.filter(article=article, state=Reply.State.PUBLISHED).order_by("asked_at", "pk"))
