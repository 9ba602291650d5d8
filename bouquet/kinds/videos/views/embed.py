"""Videos on other people's pages: the bare player in a frame, and oEmbed 1.0 (https://oembed.com) that finds it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.sax.saxutils import escape

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from bouquet.kinds.videos.models import Video
from bouquet.kinds.videos.structured import embed_code, embed_size
from bouquet.kinds.videos.views.watch import find_video, stage_of
from bouquet.shared.network.models import Site
from bouquet.shared.network.permissions import frames_for
from bouquet.shared.works.models import Collection, Work, playback_of
from bouquet.shared.works.permissions import OutsideTerritory, PasswordNeeded, Viewer, find_work
from bouquet.toolkit.access import public

CACHE_SECONDS = 3600


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
    item = collection.items_for(viewer).filter(work__kind="videos").first() if collection else None
    if collection is None or item is None:
        return _instead(request, "gone", 404, None)
    return HttpResponseRedirect(f"{item.work.site.url}{reverse('embed', args=[item.work.uid])}?list={collection.uid}")


@public
@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """404: no video here at this address. 401: it is there, for members. 501: neither json nor xml."""
    form = request.GET.get("format", "json")
    if form not in ("json", "xml"):
        return HttpResponse(_("Ask for the format json or xml."), status=501, content_type="text/plain; charset=utf-8")
    uid = _uid_in(request.GET.get("url", ""))
    videos = Video.objects.select_related("site", "channel", "asset", "poster")
    stranger = Viewer.stranger(request)
    try:
        video = find_work(videos, uid, stranger)
    except (PasswordNeeded, OutsideTerritory):
        return _refusal(401)
    except Http404:
        for_some = videos.filter(uid=uid, state=Video.State.LIVE, visibility__in=["members", "followers"])
        return _refusal(401 if uid and for_some.exists() else 404)
    if frames_for(request, video.site, video).nowhere:
        return _refusal(401)
    answer = _describe(video, _limit(request, "maxwidth"), _limit(request, "maxheight"))
    response = (
        JsonResponse(answer) if form == "json" else HttpResponse(_xml(answer), content_type="text/xml; charset=utf-8")
    )
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = f"public, max-age={CACHE_SECONDS}"
    return response


def _refusal(status: int) -> HttpResponse:
    words = {401: _("This video is not for everybody."), 404: _("There is no video at this address.")}
    return HttpResponse(words[status], status=status, content_type="text/plain; charset=utf-8")


def _uid_in(address: str) -> str:
    """The uid in the address of a page or an embed on any host of the network; "" for any other address."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").lower()
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not Site.objects.open().filter(host=host).exists():
        return ""
    match parts.path.strip("/").split("/"):
        case ["videos", uid] | ["videos", uid, _] | ["embed", uid]:
            return uid[:16]
    return ""


def _describe(video: Video, widest: int, tallest: int) -> dict[str, Any]:
    width, height = embed_size(video, width=min(640, widest or 640), tallest=tallest)
    answer: dict[str, Any] = {
        "version": "1.0",
        "type": "video",
        "title": video.shown_title,
        "provider_name": video.site.name,
        "provider_url": video.site.url + "/",
        "cache_age": CACHE_SECONDS,
        "width": width,
        "height": height,
        "html": embed_code(video, width=width, tallest=height),
    }
    if video.channel:
        answer |= {"author_name": video.channel.name}
    if picture := (video.poster or video.asset).poster_url(640):
        answer |= _thumbnail(video, picture)
    if video.duration:
        answer["duration"] = round(video.duration)
    return answer


def _thumbnail(video: Video, picture: str) -> dict[str, Any]:
    width, height = video.shape
    return {
        "thumbnail_url": urljoin(video.site.url, picture),
        "thumbnail_width": 640,
        "thumbnail_height": round(640 * height / width),
    }


def _limit(request: HttpRequest, name: str) -> int:
    try:
        return min(max(int(request.GET.get(name, 0)), 0), 4096)
    except ValueError:
        return 0


def _xml(answer: dict[str, Any]) -> str:
    lines = "".join(f"<{name}>{escape(str(value))}</{name}>" for name, value in answer.items())
    return f'<?xml version="1.0" encoding="utf-8" standalone="yes"?><oembed>{lines}</oembed>'
