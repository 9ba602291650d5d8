"""Words of an issue as paragraphs with links, and a work's picture."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString

from bouquet.toolkit.rich_text import rich_text

register = template.Library()


@register.simple_tag
def paragraphs(text: str) -> SafeString:
    """Plain words as they were typed; only addresses become links."""
    return rich_text(text, times_at=None)


@register.filter
def poster(asset: Any, width: int) -> str:
    return str(asset.poster_url(width)) if asset else ""
