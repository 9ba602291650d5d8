"""Small makers for tests: a network's sites and brands. `front=True` also plants the Wagtail page tree (slower)."""

from __future__ import annotations

from typing import Any

from bouquet.shared.network.actions import add_site
from bouquet.shared.network.models import Brand, Site


def make_brand(name: str = "Plain", **changes: Any) -> Brand:
    return Brand.objects.create(name=name, **changes)


def make_site(slug: str = "video", *, front: bool = False, **changes: Any) -> Site:
    """A site at <slug>.bouquet.localhost that has videos, in English so that tests read its words."""
    values: dict[str, Any] = {
        "host": f"{slug}.bouquet.localhost",
        "name": slug.capitalize(),
        "language": "en",
        "territory": "FR",
        "kinds": ["videos"],
    } | changes
    if "brand" not in values:
        values["brand"] = Brand.objects.filter(name=values["name"]).first() or make_brand(values["name"])
    if front:
        return add_site(slug=slug, **values)
    return Site.objects.create(slug=slug, **values)


def make_main_site(**changes: Any) -> Site:
    """The network's own front, at bouquet.localhost."""
    return make_site("bouquet", **({"host": "bouquet.localhost", "kinds": [], "is_main": True} | changes))
