"""Who may open an article; who may not is told whether it was here."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from bouquet.kinds.articles.models import Article, Gone
from bouquet.kinds.articles.page_rows import fetch_themes
from bouquet.shared.network.models import Site
from bouquet.shared.works.permissions import Viewer, find_work
from bouquet.toolkit.prepared import prepared

READ = ("site", "channel", "poster", "section", "series", "page", "page__picture")
COMPANY = ("site__brand", "channel", "channel__site", "poster", "author", "section", "series", "page", "page__picture")


def find_article(uid: str, viewer: Viewer) -> Article:
    """With all that its page shows of itself; two queries (the second is its themes). Raises as `find_work` does."""
    return find_work(Article.objects.select_related(*COMPANY).prefetch_related("tags"), uid, viewer)


def read_article(uid: str, viewer: Viewer) -> Article:
    """The same for its page, whose reader is mostly a stranger: with less company, and without putting the question
    into words each time (toolkit/prepared.py)."""
    if viewer.person is not None or viewer.keys or not uid.isascii() or not uid.isalnum():
        return find_article(uid, viewer)

    def build(uid: str, at: datetime) -> QuerySet[Any]:
        return Article.objects.select_related(*READ).filter(uid=uid).visible_to(replace(viewer, at=at))

    found: list[Article] = prepared(("article", viewer.territory), build, uid=uid, at=viewer.moment)
    if not found:
        return find_article(uid, viewer)
    fetch_themes(found[0])
    return found[0]


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
