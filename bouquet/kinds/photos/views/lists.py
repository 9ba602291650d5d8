"""A site's albums: the latest or the most liked, all of them, on a theme, with a tag."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bouquet.kinds.photos.lists import albums_on, filters_of, order_tabs, theme_chips, title_of
from bouquet.toolkit.access import public
from bouquet.toolkit.pages import keyset_page


@public
@require_safe
def home(request: HttpRequest, category: str = "", tag: str = "") -> HttpResponse:
    filters = filters_of(request, category=category, tag=tag)
    if (category or tag) and not filters:
        raise Http404
    page = keyset_page(albums_on(request, filters).cards(), request, by=filters.by)
    if filters and not page.rows and not page.cursor:
        raise Http404
    context = {
        "page": page,
        "works": page.rows,
        "filters": filters,
        "title": title_of(filters),
        "chips": theme_chips(request, filters),
        "tabs": order_tabs(filters, request.path),
    }
    return render(request, "photos/home.html", context)
