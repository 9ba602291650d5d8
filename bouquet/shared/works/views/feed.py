"""The network's feed: everything, this site, and what a member follows."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bouquet.shared.works.feed import followed_page
from bouquet.shared.works.models import Work
from bouquet.shared.works.permissions import Viewer
from bouquet.toolkit.access import members, public
from bouquet.toolkit.pages import Page, keyset_page


@public
@require_safe
def network(request: HttpRequest) -> HttpResponse:
    """The latest of every site."""
    return _show(request, "feed", keyset_page(Work.objects.listed_for(Viewer.of(request)).cards(), request))


@public
@require_safe
def here(request: HttpRequest) -> HttpResponse:
    """The latest of this site."""
    works = Work.objects.on(request.site).listed_for(Viewer.of(request)).cards()
    return _show(request, "feed_here", keyset_page(works, request))


@members
@require_safe
def followed(request: HttpRequest) -> HttpResponse:
    """The latest of the channels that a member follows, on whatever site."""
    return _show(request, "feed_followed", followed_page(request.user, Viewer.of(request), request))


def _show(request: HttpRequest, current: str, page: Page[Work]) -> HttpResponse:
    return render(request, "works/feed.html", {"page": page, "tabs": _tabs(request, current), "current": current})


def _tabs(request: HttpRequest, current: str) -> list[tuple[str, str, bool]]:
    names = {"feed": _("The whole network")}
    if not request.site.is_main:
        names["feed_here"] = request.site.name
    names["feed_followed"] = _("What I follow")
    return [(label, reverse(f"works:{name}"), name == current) for name, label in names.items()]
