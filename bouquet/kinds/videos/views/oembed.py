"""oEmbed 1.0 (https://oembed.com): a film or a collection at an address of ours, for other people's pages; a page of
another kind (an article) as a link with its title and picture.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.sax.saxutils import escape

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bouquet.kinds.videos.models import Video
from bouquet.kinds.videos.playlists import first_film, list_embed_code
from bouquet.kinds.videos.structured import embed_code, embed_size
from bouquet.shared.network.kinds import kind_named
from bouquet.shared.network.models import Site
from bouquet.shared.network.permissions import frames_for
from bouquet.shared.works.models import Collection, Work
from bouquet.shared.works.permissions import OutsideTerritory, PasswordNeeded, Viewer, find_work
from bouquet.toolkit.access import public

CACHE_SECONDS = 3600


class NotForFrames(Exception):
    """It is there, and not for everybody, or not for other people's pages."""


@public
@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """404: nothing of ours at this address. 401: it is there, not for everybody. 501: neither json nor xml."""
    form = request.GET.get("format", "json")
    if form not in ("json", "xml"):
        return HttpResponse(_("Ask for the format json or xml."), status=501, content_type="text/plain; charset=utf-8")
    sort, uid = _named_by(request.GET.get("url", ""))
    try:
        answer = {"list": _list, "film": _film, "work": _link}[sort](request, uid) if sort else _nothing()
    except NotForFrames:
        return _refusal(401)
    except Http404:
        return _refusal(404)
    response = (
        JsonResponse(answer) if form == "json" else HttpResponse(_xml(answer), content_type="text/xml; charset=utf-8")
    )
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = f"public, max-age={CACHE_SECONDS}"
    return response


def _refusal(status: int) -> HttpResponse:
    words = {401: _("This video is not for everybody."), 404: _("There is no video at this address.")}
    return HttpResponse(words[status], status=status, content_type="text/plain; charset=utf-8")


def _named_by(address: str) -> tuple[str, str]:
    """What is at the address of a page or a frame on any host of the network: ("film" or "list", its uid)."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").lower()
    except ValueError:
        return "", ""
    if parts.scheme not in ("http", "https") or not Site.objects.open().filter(host=host).exists():
        return "", ""
    match parts.path.strip("/").split("/"):
        case ["embed", "list", uid] | ["collections", uid]:
            return "list", uid[:16]
        case ["videos", uid] | ["videos", uid, _] | ["embed", uid]:
            return "film", uid[:16]
        case [kind, uid, _] if kind_named(kind):
            return "work", uid[:16]
    return "", ""


def _nothing() -> dict[str, Any]:
    raise Http404


def _link(request: HttpRequest, uid: str) -> dict[str, Any]:
    """Nothing to frame: its words and its picture, which whoever reads the link may show."""
    try:
        work = find_work(Work.objects.select_related("site", "channel", "poster"), uid, Viewer.stranger(request))
    except (PasswordNeeded, OutsideTerritory):
        raise NotForFrames from None
    answer: dict[str, Any] = {
        "version": "1.0",
        "type": "link",
        "provider_name": work.site.name,
        "provider_url": work.site.url + "/",
        "cache_age": CACHE_SECONDS,
        "title": work.shown_title,
    }
    if work.channel:
        answer["author_name"] = work.channel.name
    if work.poster and (picture := work.poster.poster_url(640)):
        answer["thumbnail_url"] = urljoin(work.site.url, picture)
        answer |= {"thumbnail_width": 640, "thumbnail_height": 360}
    return answer


def _film(request: HttpRequest, uid: str) -> dict[str, Any]:
    videos = Video.objects.select_related("site", "channel", "asset", "poster")
    try:
        video = find_work(videos, uid, Viewer.stranger(request))
    except (PasswordNeeded, OutsideTerritory):
        raise NotForFrames from None
    except Http404:
        if (
            uid.isalnum()
            and videos.filter(uid=uid, state=Video.State.LIVE, visibility__in=["members", "followers"]).exists()
        ):
            raise NotForFrames from None
        raise
    if frames_for(request, video.site, video).nowhere:
        raise NotForFrames
    width, height = _size(request, video)
    answer = _describe(video, width, height) | {"title": video.shown_title}
    answer["html"] = embed_code(video, width=width, tallest=height)
    if video.channel:
        answer["author_name"] = video.channel.name
    if video.duration:
        answer["duration"] = round(video.duration)
    return answer


def _list(request: HttpRequest, uid: str) -> dict[str, Any]:
    """A collection as the player that goes through it. What its films' makers and sites allow holds for it."""
    if not uid.isascii() or not uid.isalnum():
        raise Http404
    known = Collection.objects.select_related("owner")
    collection = known.visible_to(Viewer.stranger(request)).filter(uid=uid).first()
    if collection is None:
        if known.filter(uid=uid, visibility__in=["members", "followers"]).exists():
            raise NotForFrames
        raise Http404
    film = first_film(request, collection)
    if film is None:
        raise Http404
    if frames_for(request, film.site, film).nowhere:
        raise NotForFrames
    width, height = _size(request, film)
    answer = _describe(film, width, height) | {"title": str(collection), "author_name": collection.owner.name}
    answer["html"] = list_embed_code(collection, film, width=width, tallest=height)
    return answer


def _size(request: HttpRequest, video: Video) -> tuple[int, int]:
    widest, tallest = _limit(request, "maxwidth"), _limit(request, "maxheight")
    return embed_size(video, width=min(640, widest or 640), tallest=tallest)


def _describe(video: Video, width: int, height: int) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "version": "1.0",
        "type": "video",
        "provider_name": video.site.name,
        "provider_url": video.site.url + "/",
        "cache_age": CACHE_SECONDS,
        "width": width,
        "height": height,
    }
    if picture := (video.poster or video.asset).poster_url(640):
        answer |= _thumbnail(video, picture)
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
