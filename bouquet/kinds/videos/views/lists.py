"""Lists of videos: the kind's own home on a site, and everything in it by category, tag, length…"""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bouquet.kinds.videos.browsing import Browsing, address_of, shelf
from bouquet.shared.network.models import Site
from bouquet.shared.works.models import (
    Filters,
    Work,
    offered_categories,
)
from bouquet.shared.works.permissions import Viewer
from bouquet.toolkit.access import public
from bouquet.toolkit.pages import keyset_page

ROW = 6
FEWEST_TRENDING = 3  # fewer make no row


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The latest, in pages; on the first page also what trends, or is most seen, and the ways into the rest."""
    filters = Filters.read(request.GET)
    if filters or filters.order != "latest":  # an address of before: the list has one of its own
        return redirect(address_of(filters))
    viewer = Viewer.of(request)
    works = Work.objects.on(request.site).listed_for(viewer).filter(kind="videos").cards()
    page = keyset_page(works, request)
    first_page = not page.cursor
    context = {
        "page": page,
        "hero": page.rows[0] if first_page and page.rows else None,
        "works": page.rows[1:] if first_page else page.rows,
        "browsing": Browsing(request.site, filters) if first_page and page.rows else None,
        **(_foremost(request.site, viewer) if first_page else {}),
    }
    return render(request, "videos/home.html", context)


def _foremost(site: Site, viewer: Viewer) -> dict[str, object]:
    """What many watch now; until enough people do, what was seen most this week."""
    trending = list(shelf(site, viewer, Filters(order="trending")).order_by("-trending", "-pk").cards()[:ROW])
    if len(trending) >= FEWEST_TRENDING:
        return {"trending": trending}
    seen = shelf(site, viewer, Filters(order="seen")).filter(views_lately__gt=0)
    return {"most_seen": list(seen.order_by("-views_lately", "-pk").cards()[:ROW])}


@public
@require_safe
def browse(request: HttpRequest, category: str = "", tag: str = "") -> HttpResponse:
    """A site's films by category, tag, language, length and date, in the order the reader wants."""
    given = {name: value for name, value in (("category", category), ("tag", tag)) if value}
    filters = Filters.read(given | request.GET.dict())
    address = address_of(filters)
    if unquote(urlsplit(address).path) != request.path:  # each list has one address
        return redirect(address)
    page = keyset_page(shelf(request.site, Viewer.of(request), filters).cards(), request, by=filters.by)
    browsing = Browsing(request.site, filters)
    if category and not page.rows and category not in dict(offered_categories()):
        raise Http404
    context = {"page": page, "filters": filters, "browsing": browsing, "all_url": reverse("videos:browse")}
    return render(request, "videos/browse.html", context)
