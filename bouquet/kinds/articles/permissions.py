"""Who may open an article; who may not is told whether it was here."""

from __future__ import annotations

from bouquet.kinds.articles.models import Article, Gone
from bouquet.shared.network.models import Site
from bouquet.shared.works.permissions import Viewer, find_work

COMPANY = ("site__brand", "channel", "channel__site", "poster", "author", "section", "series", "page", "page__picture")


def find_article(uid: str, viewer: Viewer) -> Article:
    """With all that its page shows of itself; two queries (the second is its themes). Raises as `find_work` does."""
    return find_work(Article.objects.select_related(*COMPANY).prefetch_related("tags"), uid, viewer)


def is_shown_on(article: Article, site: Site) -> bool:
    """A guest there (`also_on`). One query, asked only away from home; the network's front has no pages of others."""
    if site.is_main or not site.has_guests:
        return False
    return article.also_on.filter(pk=site.pk).exists()


def was_here(uid: str) -> bool:
    """Removed with its page, unpublished, or taken down: it had been published."""
    if not uid.isascii() or not uid.isalnum():
        return False
    down = Article.objects.filter(uid=uid, state__in=[Article.State.HIDDEN, Article.State.TAKEN_DOWN])
    return Gone.objects.filter(uid=uid).exists() or down.exists()
