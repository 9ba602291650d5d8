"""An address below a page that nobody else has there: made by itself, so that a title may be used twice."""

from __future__ import annotations

from django.utils.text import slugify
from wagtail.models import Page


def free_slug(parent: Page, wanted: str, otherwise: str, *, but: int | None = None) -> str:
    """Below this page nobody has it, `but` for the page with this number; "" never. Three queries at most in a section
    with thousands of one name."""
    base = slugify(wanted, allow_unicode=True)[:80].strip("-") or otherwise
    below = Page.objects.child_of(parent).exclude(pk=but)
    if not below.filter(slug=base).exists():
        return base
    first = [f"{base}-{number}" for number in range(2, 12)]
    taken = set(below.filter(slug__in=first).values_list("slug", flat=True))
    if free := next((slug for slug in first if slug not in taken), ""):
        return free
    number = below.filter(slug__startswith=f"{base}-").count() + 2
    while below.filter(slug=f"{base}-{number}").exists():
        number += 1
    return f"{base}-{number}"
