"""Feeds for readers of feeds: a site or the network, a kind, a category or a tag of it, a channel, a collection."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bouquet.shared.works.models import Channel, Collection, Tag, Work, category_name
from bouquet.shared.works.permissions import Viewer
from bouquet.shared.works.syndication import ITEMS, feed_answer
from bouquet.toolkit.access import public


@public
@require_safe
def site(request: HttpRequest) -> HttpResponse:
    """What everybody may see of this site; on the network's own front, of all. `?kind=`, `?category=`, `?tag=`."""
    site: Any = request.site  # type: ignore[attr-defined]
    works = Work.objects.on(site).listed_for(Viewer.stranger(request))
    names = [site.name]
    if kind := request.GET.get("kind", "")[:24]:
        works = works.filter(kind=kind)
    if category := request.GET.get("category", "")[:40]:
        works, names = works.filter(category=category), [category_name(category), *names]
    if tag := request.GET.get("tag", "")[:60]:
        row = get_object_or_404(Tag, slug=tag)
        works, names = works.filter(tags=row), [row.name, *names]
    return feed_answer(
        request,
        works.latest().cards()[:ITEMS],
        title=" – ".join(name for name in names if name),
        link=f"{site.url}/",
        description=site.tagline or site.name,
    )


@public
@require_safe
def channel(request: HttpRequest, slug: str) -> HttpResponse:
    channel = get_object_or_404(Channel.objects.select_related("site", "owner"), slug=slug)
    works = Work.objects.listed_for(Viewer.stranger(request)).filter(channel=channel)
    picture = channel.picture_url(512)
    return feed_answer(
        request,
        works.latest().cards()[:ITEMS],
        title=channel.name,
        link=channel.address,
        description=channel.about or channel.name,
        picture=f"{channel.site.url}{picture}" if picture.startswith("/") else picture,
    )


@public
@require_safe
def collection(request: HttpRequest, uid: str) -> HttpResponse:
    """In the collection's own order. For who has its address; its works are those that anybody may find."""
    stranger = Viewer.stranger(request)
    collection = get_object_or_404(Collection.objects.visible_to(stranger).select_related("owner"), uid=uid)
    site: Any = request.site  # type: ignore[attr-defined]
    items = collection.items_for(stranger).order_by("position", "pk")[:500]
    return feed_answer(
        request,
        [item.work for item in items],
        title=collection.name,
        link=f"{site.url}{collection.path}",
        description=collection.about or _("A collection of %(name)s") % {"name": collection.owner.name},
    )
