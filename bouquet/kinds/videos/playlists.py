"""Collections of films on other people's pages: which film a frame begins with, and its code."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.html import format_html

from bouquet.kinds.videos.models import Video
from bouquet.kinds.videos.structured import embed_size
from bouquet.shared.network.permissions import frames_for
from bouquet.shared.works.models import Collection
from bouquet.shared.works.permissions import Viewer

LOOKED_AT = 60  # films from its beginning


def first_film(request: HttpRequest, collection: Collection) -> Video | None:
    """The first one that a stranger may find and that may stand in frames; else the first a stranger may find."""
    items = collection.items_for(Viewer.stranger(request), kept=False).filter(work__kind="videos")
    order = {pk: place for place, pk in enumerate(items.values_list("work", flat=True)[:LOOKED_AT])}
    films = Video.objects.filter(pk__in=order).select_related("site", "asset", "poster", "channel")
    found = sorted(films, key=lambda film: order[film.pk])
    framed = (film for film in found if not frames_for(request, film.site, film).nowhere)
    return next(framed, found[0] if found else None)


def list_embed_code(collection: Collection, film: Video, *, width: int = 640, tallest: int = 0) -> str:
    """In the proportions of the film that it begins with."""
    size = embed_size(film, width=width, tallest=tallest)
    return format_html(
        '<iframe src="{}/embed/list/{}" width="{}" height="{}" title="{}" allow="autoplay; fullscreen;'
        ' picture-in-picture" allowfullscreen loading="lazy" referrerpolicy="strict-origin-when-cross-origin"'
        ' style="border:0;width:100%;max-width:{}px;height:auto;aspect-ratio:{}/{}"></iframe>',
        film.site.url,
        collection.uid,
        *size,
        collection,
        size[0],
        *size,
    )
