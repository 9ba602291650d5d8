"""An author's words as safe HTML: paragraphs, links that lead outside, times that lead into the film."""

from __future__ import annotations

from django.utils.safestring import SafeString

from bouquet.toolkit.rich_text import rich_text, seconds_of

__all__ = ["rich_description", "seconds_of"]


def rich_description(text: str) -> SafeString:
    return rich_text(text)
