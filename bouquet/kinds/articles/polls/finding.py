"""Who may open a poll: who may open its article."""

from __future__ import annotations

from django.http import Http404

from bouquet.kinds.articles.models import Article, Poll
from bouquet.shared.works.permissions import Viewer, find_work


def find_poll(uid: str, viewer: Viewer) -> Poll:
    """One that stands in an article which this viewer may open. Raises as `find_work` does."""
    poll = Poll.objects.filter(uid=uid, is_up=True).first() if uid.isascii() and uid.isalnum() else None
    if poll is None:
        raise Http404
    articles = Article.objects.filter(pk=poll.article_id).select_related("site", "section", "page")
    article_uid = articles.values_list("uid", flat=True).first() or ""
    poll.article = find_work(articles, article_uid, viewer)
    return poll
