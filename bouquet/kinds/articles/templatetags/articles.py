"""Tags of an article's page."""

from __future__ import annotations

from typing import Any

from django import template

from bouquet.kinds.articles.pictures import FIRST, IN_TEXT, face_html, file_of, picture_html
from bouquet.toolkit.pictures import shape_of

register = template.Library()
SIZES = {
    "text": "(min-width: 48rem) 44rem, 100vw",
    "wide": "(min-width: 68rem) 64rem, 100vw",
    "page": "(min-width: 84rem) 84rem, 100vw",
}
ON_THE_WALL = "(min-width: 60rem) 33vw, (min-width: 36rem) 50vw, 100vw"


@register.simple_tag
def first_picture(picture: Any) -> Any:
    return picture_html(
        picture, FIRST, alt=picture.description, sizes=SIZES["page"], fetchpriority="high", decoding="async"
    )


@register.simple_tag
def picture_in_text(value: Any) -> Any:
    picture = value["picture"]
    return picture_html(
        picture,
        IN_TEXT,
        alt=value["alternative"] or picture.description,
        sizes=SIZES[value["width"]],
        loading="lazy",
        decoding="async",
    )


@register.simple_tag
def picture_on_wall(value: Any, is_first: bool) -> Any:
    """One of a gallery; the first one is fetched at once."""
    when = {"fetchpriority": "high"} if is_first else {"loading": "lazy"}
    alt = value["alternative"] or value["picture"].description
    return picture_html(value["picture"], IN_TEXT, alt=alt, sizes=ON_THE_WALL, decoding="async", **when)


@register.simple_tag
def picture_file(picture: Any) -> str:
    return file_of(picture)


@register.filter
def shape(picture: Any) -> int:
    """Its width over its height, as css/shapes.css knows it."""
    return shape_of(picture.width, picture.height)


@register.simple_tag
def face(picture: Any) -> Any:
    """Of an author, whose name stands beside it."""
    return face_html(picture)
