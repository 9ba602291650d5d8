"""An address below a page that nobody else has there: made by itself, so that a title may be used twice."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet
from django.utils.text import slugify
from wagtail.models import Page


def free_slug(parent: Page, wanted: str, otherwise: str, *, but: int | None = None, given: Collection[str] = ()) -> str:
    """Below this page nobody has it, `but` for the page with this number, and it is not `given`; "" never. Three
    queries at most in a section with thousands of one name."""
    base = slug_of(wanted, otherwise)
    below = pages_below(parent).exclude(pk=but)
    if base not in given and not below.filter(slug=base).exists():
        return base
    first = [f"{base}-{number}" for number in range(2, 12)]
    taken = {*given, *below.filter(slug__in=first).values_list("slug", flat=True)}
    if free := next((slug for slug in first if slug not in taken), ""):
        return free
    number = below.filter(slug__startswith=f"{base}-").count() + 2
    while (slug := f"{base}-{number}") in given or below.filter(slug=slug).exists():
        number += 1
    return slug


def slug_of(wanted: str, otherwise: str) -> str:
    return slugify(wanted, allow_unicode=True)[:80].strip("-") or otherwise


def pages_below(parent: Page) -> QuerySet[Page]:
    """Its children. Wagtail's `child_of` says so with LIKE, for which SQLite walks through all pages."""
    interval = Page._get_children_path_interval(parent.path)
    return Page.objects.filter(depth=parent.depth + 1, path__range=interval)
