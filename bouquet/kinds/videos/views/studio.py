"""The studio: all that I sent, on every site, with how far it is; and what is done to several films at once."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from bouquet.kinds.videos import actions
from bouquet.kinds.videos.forms import capital_visibilities
from bouquet.kinds.videos.models import Video
from bouquet.kinds.videos.studio import NEWEST, STATES, Narrowing, chosen_of, sites_for, videos_of
from bouquet.shared.assets.permissions import limits_of
from bouquet.shared.network.models import Site
from bouquet.toolkit.access import members
from bouquet.toolkit.pages import keyset_page

SIZE = 30


@members
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    narrowing = Narrowing.read(request.GET)
    page = keyset_page(narrowing.narrow(videos_of(request.user)), request, size=SIZE, by=NEWEST)
    limits = limits_of(request.user)
    context = {
        "page": page,
        "narrowing": narrowing,
        "states": [(name, label) for name, (label, _condition) in STATES.items()],
        "visibilities": capital_visibilities(),
        "sites": sites_for(request.user),
        "limits": limits,
        "used_share": min(1.0, limits.used_bytes / limits.quota_bytes) if limits.quota_bytes else None,
    }
    return render(request, "videos/studio.html", context)


@members
@require_safe
def lines(request: HttpRequest) -> HttpResponse:
    """Lines of films that are on their way, for the page to put in where they changed."""
    context = {"videos": chosen_of(request.user, request.GET.getlist("uid"))}
    return render(request, "videos/studio_lines.html", context)


@members
@require_POST
def visibility(request: HttpRequest) -> HttpResponse:
    """Who may see the chosen films."""
    wanted = request.POST.get("to_visibility", "")
    if wanted not in Video.Visibility.values:
        return _back(request, error=_("Choose who may see these films."))
    videos = _chosen(request)
    for video in videos:
        actions.change_video(video, by=request.user, visibility=wanted)
    said = ngettext("One film is changed.", "%(count)s films are changed.", len(videos)) % {"count": len(videos)}
    return _back(request, said)


@members
@require_POST
def site(request: HttpRequest) -> HttpResponse:
    """Move the chosen films to another site; their old addresses lead to the new ones."""
    wanted = _site_named(request)
    if wanted is None:
        return _back(request, error=_("Choose a site to move these films to."))
    videos = _chosen(request)
    for video in videos:
        actions.move_video(video, wanted, by=request.user)
    words = {"count": len(videos), "site": wanted.name}
    said = ngettext("One film is now on %(site)s.", "%(count)s films are now on %(site)s.", len(videos)) % words
    return _back(request, said)


@members
@require_POST
def removal(request: HttpRequest) -> HttpResponse:
    """Asks first, naming every film; removes what was confirmed. What is gone already is gone."""
    videos = chosen_of(request.user, request.POST.getlist("uid"))
    if request.POST.get("confirmed") != "1":
        if not videos:
            return _back(request, error=_("Choose at least one film first."))
        context = {"videos": videos, "back": Narrowing.read(request.POST)}
        return render(request, "videos/studio_removal.html", context)
    for video in videos:
        actions.remove_video(video, by=request.user)
    if not videos:
        return _back(request, _("These films were removed already."))
    said = ngettext(
        "One film is removed, with its files.", "%(count)s films are removed, with their files.", len(videos)
    )
    return _back(request, said % {"count": len(videos)})


def _chosen(request: HttpRequest) -> list[Video]:
    """The films that were ticked. None of them is mine: they do not exist."""
    named = request.POST.getlist("uid")
    videos = chosen_of(request.user, named)
    if named and not videos:
        raise Http404
    return videos


def _site_named(request: HttpRequest) -> Site | None:
    wanted = request.POST.get("to_site", "")
    return next((each for each in sites_for(request.user) if each.slug == wanted), None)


def _back(request: HttpRequest, said: str = "", *, error: str = "") -> HttpResponse:
    """To the list as it was narrowed."""
    if error:
        messages.error(request, error)
    elif not request.POST.getlist("uid"):
        messages.error(request, _("Choose at least one film first."))
    else:
        messages.success(request, said)
    query = Narrowing.read(request.POST).query
    return redirect(reverse("videos:mine") + (f"?{query}" if query else ""))
