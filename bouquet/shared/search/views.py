"""`/search/?q=…&site=here|all&kind=…&page=…`"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bouquet.shared.network.kinds import all_kinds
from bouquet.shared.search.finding import Found, find
from bouquet.shared.works.permissions import Viewer
from bouquet.toolkit.access import public


@public
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """A page for each question; its answers differ by reader, so it is kept nowhere and not indexed by others."""
    asked = request.GET.get("q", "")[:500].replace("\x00", " ")
    everywhere = request.GET.get("site") == "all" or request.site.is_main
    kinds = {kind.slug: kind for kind in all_kinds()}
    kind = request.GET.get("kind", "") if request.GET.get("kind", "") in kinds else ""
    found = find(
        asked,
        viewer=Viewer.of(request),
        site=None if everywhere else request.site,
        kind=kind,
        page=_page_number(request),
    )
    context = {
        "asked": asked,
        "found": found,
        "hits": found.hits(),
        "everywhere": everywhere,
        "tabs": _tabs(request, everywhere),
        "facets": _facets(request, found, kinds, kind),
        "next_url": _address(request.GET, page=str(found.page + 1)) if found.has_next else "",
        "previous_url": _address(request.GET, page=str(found.page - 1)) if found.page > 1 else "",
    }
    return render(request, "search/search.html", context)


def _page_number(request: HttpRequest) -> int:
    number = request.GET.get("page", "1")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1


def _tabs(request: HttpRequest, everywhere: bool) -> list[tuple[str, str, bool]]:
    if request.site.is_main:
        return []
    here = (request.site.name, _address(request.GET, site="", page=""), not everywhere)
    return [here, (_("The whole network"), _address(request.GET, site="all", page=""), everywhere)]


def _facets(request: HttpRequest, found: Found, kinds: dict[str, Any], chosen: str) -> list[dict[str, Any]]:
    if len(found.kinds) < 2 and not chosen:
        return []
    everything = {"label": _("Everything"), "url": _address(request.GET, kind="", page=""), "current": not chosen}
    return [everything] + [
        {
            "label": f"{kinds[slug].label} ({number})",
            "icon": kinds[slug].icon,
            "url": _address(request.GET, kind=slug, page=""),
            "current": slug == chosen,
        }
        for slug, number in found.kinds.items()
        if slug in kinds
    ]


def _address(query: QueryDict, **changes: str) -> str:
    changed = query.copy()
    for name, value in changes.items():
        changed[name] = value
        if not value:
            del changed[name]
    return f"?{changed.urlencode()}"
