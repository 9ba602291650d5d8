"""Photos in templates."""

from __future__ import annotations

from typing import Any

from django import template

from bouquet.kinds.photos.models import Photo
from bouquet.kinds.photos.showing import fallback_of, sources_of
from bouquet.toolkit.pictures import shape_of

register = template.Library()


@register.inclusion_tag("photos/picture.html")
def photo_picture(photo: Photo, sizes: str, eager: bool = False) -> dict[str, Any]:
    """A photo in all its forms, with its room kept from the first byte. `eager`: above the fold."""
    return {
        "photo": photo,
        "sources": sources_of(photo),
        "fallback": fallback_of(photo),
        "sizes": sizes,
        "eager": eager,
    }


@register.filter
def shape(photo: Photo) -> int:
    return shape_of(photo.asset.width, photo.asset.height)
