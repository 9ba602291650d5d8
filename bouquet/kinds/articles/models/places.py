"""In which site's tree a page hangs, and that site's address: asked for every link in a text, so it is remembered."""

from __future__ import annotations

from django.core.cache import cache

from bouquet.shared.network.models import Site

Place = tuple[str, int, str]  # the path of the tree's root, Wagtail's own site, the address
NAME, SECONDS = "articles.places", 30


def place_of(path: str) -> tuple[int, str] | None:
    """(Wagtail's site, the address); None where the page hangs in no site of the network. One query in half a minute.

    What is not known is asked afresh: a site that was added a moment ago is found.
    """
    return _found(path, cache.get(NAME) or []) or _found(path, _read())


def _found(path: str, places: list[Place]) -> tuple[int, str] | None:
    return next(((site, url) for root, site, url in places if path.startswith(root)), None)


def _read() -> list[Place]:
    sites = Site.objects.exclude(wagtail_site=None).select_related("wagtail_site__root_page")
    places = [(tree.root_page.path, tree.pk, site.url) for site in sites if (tree := site.wagtail_site)]
    cache.set(NAME, places, SECONDS)
    return places
