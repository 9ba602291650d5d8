"""Tags of an article's page."""

from __future__ import annotations

from typing import Any

from django import template

from bouquet.kinds.articles.pictures import FIRST, IN_TEXT, face_html, picture_html

register = template.Library()
SIZES = {
    "text": "(min-width: 48rem) 44rem, 100vw",
    "wide": "(min-width: 68rem) 64rem, 100vw",
    "page": "(min-width: 84rem) 84rem, 100vw",
}


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
def face(picture: Any) -> Any:
    """Of an author, whose name stands beside it."""
    return face_html(picture)
