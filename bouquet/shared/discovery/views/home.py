"""Pages that find without being asked: a member's home, and what trends."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from bouquet.shared.discovery.home import Shelf, home_and_latest, home_is_on
from bouquet.shared.works.models import Work
from bouquet.shared.works.permissions import Viewer
from bouquet.toolkit.access import members, public
from bouquet.toolkit.pages import PARAMETER, first_page, keyset_page

LATEST = 12  # below the shelves
NEWEST_FIRST = ("-published_at", "-pk")


@members
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Shelves with their reasons, then the latest of everything; the latest alone where suggestions are off."""
    viewer = Viewer.of(request)
    shelves: list[Shelf] = []
    latest: list[Work] | None = None
    is_on = home_is_on(request.user)
    if is_on and PARAMETER not in request.GET:
        shelves, latest = home_and_latest(request.user, viewer, LATEST + 1)
    if latest is not None:
        page = first_page(latest, request, LATEST, NEWEST_FIRST)
    else:
        page = keyset_page(Work.objects.listed_for(viewer).faces(), request, LATEST, NEWEST_FIRST)
    context = {
        "is_on": is_on,
        "shelves": shelves,
        "page": page,
        "tabs": _tabs(request, "home"),
    }
    return render(request, "discovery/home.html", context)


@public
@require_safe
def trending(request: HttpRequest) -> HttpResponse:
    """What many different people watch now, here; on the network's own front, anywhere."""
    works = Work.objects.on(request.site).listed_for(Viewer.of(request)).trends().cards()
    page = keyset_page(works, request, by=("-trending", "-pk"))
    return render(request, "discovery/trending.html", {"page": page, "tabs": _tabs(request, "trending")})


def _tabs(request: HttpRequest, current: str) -> list[tuple[str, str, bool]]:
    names = {"home": _("For you"), "trending": _("Trending")}
    tabs = [(label, reverse(f"discovery:{name}"), name == current) for name, label in names.items()]
    return [
        *tabs,
        (_("What I follow"), reverse("works:feed_followed"), False),
        (pgettext("works", "New"), reverse("works:feed"), False),
    ]
