"""What Wagtail tells of its pages, for pages that are kept (toolkit/page_cache). Its signals are the one place that all
ways of publishing pass; they run before the transaction ends that publishes.
"""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, post_page_move

from bouquet.shared.network.models import Site
from bouquet.shared.works.actions import clear_lists
from bouquet.toolkit.page_cache.actions import clear_pages


def listen_to_wagtail() -> None:
    page_published.connect(_published, dispatch_uid="fronts.published")
    page_unpublished.connect(_changed, dispatch_uid="fronts.unpublished")
    post_page_move.connect(_changed, dispatch_uid="fronts.moved")
    post_delete.connect(_deleted, sender=Page, dispatch_uid="fronts.deleted")


def _published(sender: Any, instance: Any, **more: Any) -> None:
    """Wagtail says so of a page that is only scheduled, too."""
    if instance.live:
        _changed(sender, instance, **more)


def _changed(sender: Any, instance: Any, **more: Any) -> None:
    """The page itself, what names it, and the lists of the site in whose tree it hangs."""
    clear_pages(f"page:{instance.pk}")
    for path in {instance.path, more.get("parent_page_before") and more["parent_page_before"].path}:
        if path and (site := _site_of(path)):
            clear_lists(site)


def _deleted(sender: Any, instance: Any, **more: Any) -> None:
    _changed(sender, instance)


def _site_of(path: str) -> Site | None:
    above = [path[:end] for end in range(Page.steplen, len(path) + 1, Page.steplen)]
    return Site.objects.filter(wagtail_site__root_page__path__in=above).first()
