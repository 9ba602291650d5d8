"""Photos in templates."""

from __future__ import annotations

from typing import Any

from django import template

from bouquet.kinds.photos.models import Photo
from bouquet.kinds.photos.showing import fallback_of, shape_of, sources_of

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
    """Its width over its height, in hundredths and steps that photos.css knows."""
    return shape_of(photo)
