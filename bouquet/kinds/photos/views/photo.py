"""The page of one photo, with the ones before and after it; and its file in full size where that is allowed."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from bouquet.kinds.photos.models import Photo
from bouquet.kinds.photos.permissions import find_album, find_photo, may_save
from bouquet.kinds.photos.structured import photo_json
from bouquet.shared.access import streams
from bouquet.shared.access.decide import terms_for
from bouquet.shared.works.permissions import Viewer, can_edit_work
from bouquet.toolkit.access import public


@public
@require_safe
def photo(request: HttpRequest, uid: str, photo: str) -> HttpResponse:
    viewer = Viewer.of(request)
    album = find_album(uid, viewer)
    found = find_photo(album, photo)
    site: Any = request.site  # type: ignore[attr-defined]
    if album.site_id != site.pk:
        return redirect(found.address, permanent=True)
    if not found.is_shown:
        raise Http404
    shown = album.photos.shown().select_related("asset")
    before, after = shown.before(found), shown.after(found)
    place = before.count() + 1
    context = {
        "album": album,
        "photo": found,
        "former": _of(album, before.first()),
        "following": _of(album, after.first()),
        "place": place,
        "number": place + after.count(),
        "may_save": may_save(viewer.person, album) and found.asset.has_original,
        "can_edit": can_edit_work(viewer.person, album),
        "json_ld": photo_json(album, found),
        "share_picture": _share_picture(found),
    }
    response = render(request, "photos/photo.html", context)
    patch_cache_control(response, private=True)
    return response


@public
@require_safe
def download(request: HttpRequest, uid: str, photo: str) -> HttpResponse:
    """The original, without a word about who took it where, by a signed address that the file server answers."""
    viewer = Viewer.of(request)
    album = find_album(uid, viewer)
    found = find_photo(album, photo)
    if not (may_save(viewer.person, album) and found.is_shown and found.asset.has_original):
        raise Http404
    terms = terms_for(viewer, album)
    return HttpResponseRedirect(streams.sign_original(found.asset, _file_name(found), terms, seconds=3600))


def _of(album: Any, photo: Photo | None) -> Photo | None:
    if photo is not None:
        photo.album = album
    return photo


def _file_name(photo: Photo) -> str:
    """The album and the photo's place in it, with the ending of what the file is."""
    ending = PurePath(photo.asset.filename).suffix.lower()[:6]
    title = photo.album.title.replace("/", "-")[:100]
    return f"{title} {photo.position + 1}{ending}"


def _share_picture(photo: Photo) -> str:
    path = photo.asset.share_picture_url
    return f"{photo.album.site.url}{path}" if path.startswith("/") else path
