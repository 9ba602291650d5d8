"""Videos on other people's pages: the bare player in a frame, of one film or of a collection."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from bouquet.kinds.videos.models import Video
from bouquet.kinds.videos.playlists import first_film
from bouquet.kinds.videos.views.watch import find_video, stage_of
from bouquet.shared.network.permissions import frames_for
from bouquet.shared.works.models import Collection, Work, playback_of
from bouquet.shared.works.permissions import OutsideTerritory, PasswordNeeded, Viewer
from bouquet.toolkit.access import public


@public
@require_safe
@xframe_options_exempt
def embed(request: HttpRequest, uid: str) -> HttpResponse:
    """No cookie is needed: what is for members only is not here for a frame on another origin. Where it may stand is
    said to the browser; a page that may not have it gets a sentence instead of the film."""
    try:
        video = find_video(request, uid)
    except Http404:
        return _instead(request, "members" if _is_for_members(uid) else "gone", 404, _work(uid))
    except PasswordNeeded as asked:  # a frame on another origin keeps no session: it is watched on its own page
        return _instead(request, "password", 403, asked.work)
    except OutsideTerritory as outside:
        return _instead(request, "territory", 451, outside.work)
    frames = frames_for(request, video.site, video)
    if frames.refuses(request):
        return _instead(request, "host", 403, video)
    context = stage_of(request, video, autoplay=request.GET.get("autoplay") == "1", embedded=True, remembers=True)
    context["playback"] = playback_of(request, video, viewer=Viewer.stranger(request), embedded=True)
    response = render(request, "videos/embed.html", context | {"stage_name": "embed"})
    response.csp = {"frame-ancestors": frames.ancestors}  # type: ignore[attr-defined]
    if not frames.anywhere:
        patch_vary_headers(response, ["Referer", "Sec-Fetch-Dest"])
    return response


def _instead(request: HttpRequest, why: str, status: int, work: Work | None) -> HttpResponse:
    """A sentence in the film's place; it may stand anywhere, for it shows nothing of the film."""
    response = render(request, "videos/embed_instead.html", {"why": why, "work": work}, status=status)
    response.csp = {"frame-ancestors": "*"}  # type: ignore[attr-defined]
    response["Cache-Control"] = "no-store"
    return response


def _is_for_members(uid: str) -> bool:
    some = Video.objects.filter(uid=uid, state=Video.State.LIVE, visibility__in=["members", "followers"])
    return uid.isalnum() and some.exists()


def _work(uid: str) -> Work | None:
    return Video.objects.select_related("site").filter(uid=uid).first() if _is_for_members(uid) else None


@public
@require_safe
@xframe_options_exempt
def embed_list(request: HttpRequest, uid: str) -> HttpResponse:
    """A collection in a frame: its first film, with the next ones behind it."""
    viewer = Viewer.stranger(request)
    collection = Collection.objects.visible_to(viewer).filter(uid=uid).first()
    film = first_film(request, collection) if collection else None
    if collection is None or film is None:
        return _instead(request, "gone", 404, None)
    return HttpResponseRedirect(f"{film.site.url}{reverse('embed', args=[film.uid])}?list={collection.uid}")
