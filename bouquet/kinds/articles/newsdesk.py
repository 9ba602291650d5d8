"""What Wagtail tells of pages, and what we do about it. Its signals are the one place all ways of publishing pass:
the editor's button, the last step of a workflow, the schedule, a bulk action. They run inside the transaction that
ArticlePage.publish opens.
"""

from __future__ import annotations

from typing import Any

from django.db.models.signals import pre_delete
from wagtail.signals import page_published, page_unpublished, post_page_move

from bouquet.kinds.articles.actions import forget_article, put_up_article, sign_anew, withdraw_article
from bouquet.kinds.articles.models import ArticlePage, AuthorPage, SectionPage


def listen_to_wagtail() -> None:
    page_published.connect(_published, dispatch_uid="articles.published")
    page_unpublished.connect(_unpublished, dispatch_uid="articles.unpublished")
    post_page_move.connect(_moved, dispatch_uid="articles.moved")
    pre_delete.connect(_deleted, sender=ArticlePage, dispatch_uid="articles.deleted")


def _published(sender: Any, instance: Any, **_more: Any) -> None:
    """Wagtail says so of a page that is only scheduled, too: that one is not live yet."""
    if isinstance(instance, ArticlePage) and instance.live:
        put_up_article(instance)
    elif isinstance(instance, AuthorPage) and instance.live:
        sign_anew(instance)


def _unpublished(sender: Any, instance: Any, **_more: Any) -> None:
    if isinstance(instance, ArticlePage):
        withdraw_article(instance)


def _moved(sender: Any, instance: Any, **_more: Any) -> None:
    """To another section, or with its section to another site."""
    page = instance.specific
    if isinstance(page, ArticlePage):
        moved = [page]
    elif isinstance(page, SectionPage):
        moved = list(ArticlePage.objects.descendant_of(page).live())
    else:
        return
    for each in moved:
        if each.live:
            put_up_article(ArticlePage.objects.get(pk=each.pk))


def _deleted(sender: Any, instance: ArticlePage, **_more: Any) -> None:
    forget_article(instance)
