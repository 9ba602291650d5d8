"""The page of an album: its photos in rows, each a link to its own page. A script opens them over the whole screen."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from bouquet.kinds.photos.models import Album
from bouquet.kinds.photos.permissions import find_album, may_save
from bouquet.kinds.photos.structured import gallery_json
from bouquet.shared.comments.actions import panel_for
from bouquet.shared.works.models import CollectionItem, Follow, Reaction, Work, category_name, licence_called
from bouquet.shared.works.permissions import Viewer, can_edit_work
from bouquet.toolkit.access import public
from bouquet.toolkit.pages import keyset_page

AT_ONCE = 60
OTHERS = 4


@public
@require_safe
def album(request: HttpRequest, uid: str, slug: str = "") -> HttpResponse:
    viewer = Viewer.of(request)
    found = find_album(uid, viewer)
    site: Any = request.site  # type: ignore[attr-defined]
    if found.site_id != site.pk or slug != (found.slug or "-"):  # its words have changed, or its site has
        moved = redirect(found.address_from(site), permanent=True)
        patch_cache_control(moved, max_age=3600)
        return moved
    shown = found.photos.shown().select_related("asset")
    page = keyset_page(shown, request, size=AT_ONCE, by=("position", "pk"))
    for photo in page.rows:
        photo.album = found
    context = {
        "album": found,
        "work": found,
        "page": page,
        "photos": page.rows,
        "number": shown.count(),
        "may_save": may_save(viewer.person, found),
        "can_edit": can_edit_work(viewer.person, found),
        "licence": licence_called(found.licence),
        "category": category_name(found.category),
        "json_ld": gallery_json(found, page.rows),
        "share_picture": share_picture(found),
        "comments": panel_for(request, found),
        "related": others_like(found, viewer),
        **mine(found, viewer),
    }
    response = render(request, "photos/album.html", context)
    patch_cache_control(response, private=True)
    return response


def others_like(found: Album, viewer: Viewer) -> list[Work]:
    """The latest albums of its site, those on its theme first. One query."""
    albums = Work.objects.on(found.site).listed_for(viewer).filter(kind=found.kind).exclude(pk=found.pk)
    latest = list(albums.cards().latest()[:12])
    return sorted(latest, key=lambda each: each.category != found.category)[:OTHERS]


def share_picture(found: Album) -> str:
    """1200 × 630, a whole address; "" while there is none."""
    path = found.poster.share_picture_url if found.poster else ""
    return f"{found.site.url}{path}" if path.startswith("/") else path


def mine(found: Album, viewer: Viewer) -> dict[str, object]:
    """What this person has to do with it."""
    person = viewer.person
    if person is None:
        return {"likes_it": False, "follows": None, "kept": False}
    return {
        "likes_it": Reaction.objects.filter(person=person, work=found.pk).exists(),
        "follows": Follow.objects.filter(person=person, channel=found.channel_id).first(),
        "kept": CollectionItem.objects.filter(collection__owner=person, work=found.pk).exists(),
    }
