"""Who makes the first page of a new site: `fronts`, from above, says so in its `apps.py`. Without it, a plain page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wagtail.models import Page

Maker = Callable[[Any], Page]  # takes the Site, gives a page that is not saved yet
_makers: list[Maker] = []


def first_pages_are_made_by(maker: Maker) -> None:
    _makers[:] = [maker]


def first_page_of(site: Any) -> Page:
    return _makers[0](site) if _makers else Page(title=site.name, slug=site.slug)
