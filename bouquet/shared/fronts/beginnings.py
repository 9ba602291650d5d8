"""What a new site's front page shows before an editor has touched it."""

from __future__ import annotations

from typing import Any

from bouquet.shared.fronts.models import FrontPage
from bouquet.shared.network.models import Site


def first_front_page(site: Site) -> FrontPage:
    """Not saved. The network's own front gathers all sites; another site shows what it has."""
    blocks = _of_the_network() if site.is_main else _of_a_site()
    return FrontPage(title=site.name, slug=site.slug, body=blocks)


def _of_the_network() -> list[tuple[str, dict[str, Any]]]:
    return [
        ("hero", _hero("network", "seen")),
        ("sites", {"title": ""}),
        ("latest", _shelf(12, "network", "")),
        ("most_seen", _shelf(8, "network", "row")),
        ("channels", {"title": "", "number": 6}),
    ]


def _of_a_site() -> list[tuple[str, dict[str, Any]]]:
    return [
        ("hero", _hero("here", "latest")),
        ("latest", _shelf(12, "here", "")),
        ("most_seen", _shelf(8, "here", "row")),
        ("channels", {"title": "", "number": 6}),
    ]


def _hero(scope: str, source: str) -> dict[str, Any]:
    return {"work": None, "source": source, "scope": scope, "kicker": ""}


def _shelf(number: int, scope: str, layout: str) -> dict[str, Any]:
    return {"title": "", "number": number, "scope": scope, "layout": layout}
