"""/styleguide/: every piece of the design system, live, in this site's brand or another's (?brand=<pk>&scheme=dark)."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bouquet.toolkit import samples
from bouquet.toolkit.access import public
from bouquet.toolkit.colours import contrast
from bouquet.toolkit.pieces import groups
from bouquet.toolkit.typefaces import PAIRINGS

# What carries text, and on what; each pair must reach 4.5:1 (WCAG 2.2, 1.4.3).
PAIRS = [
    ("ink", "paper"),
    ("ink", "surface"),
    ("quiet", "paper"),
    ("quiet", "surface"),
    ("accent", "paper"),
    ("accent", "surface"),
    ("on_accent", "accent"),
]
ICONS = "play bell user users newspaper image mail message-circle circle-help hand-helping music clapperboard".split()
TOKENS = "paper surface raised ink quiet line line-strong accent on-accent accent-soft good warn bad".split()


class Pair(NamedTuple):
    scheme: str
    colour: str
    ground: str
    colour_value: str
    ground_value: str
    contrast: float


@public
def style_guide(request: HttpRequest) -> HttpResponse:
    brands = _dress(request)
    site = getattr(request, "site", None)
    return render(
        request,
        "styleguide/guide.html",
        {
            "brands": brands,
            "groups": [(title, [(piece, piece.live(request)) for piece in pieces]) for title, pieces in groups(site)],
            "pairs": _pairs(getattr(request, "brand", None)),
            "pairings": PAIRINGS.items(),
            "colours": TOKENS,
            "steps": range(6, -3, -1),
            "lead": samples.LEAD,
            "icon_names": ICONS,
        },
    )


@public
def sample_front(request: HttpRequest) -> HttpResponse:
    """A front page of invented works, to see a whole brand at once."""
    brands = _dress(request)
    works = samples.works(getattr(request, "site", None))
    return render(request, "styleguide/front.html", {"brands": brands, "works": works, "page_class": "page--front"})


def _dress(request: Any) -> list[Any]:
    """Puts on the brand and the scheme that the address asks for; gives all brands of the network.

    This floor knows no brands: it asks the site's own for its like.
    """
    if request.GET.get("scheme") in {"light", "dark"}:
        request.shown_scheme = request.GET["scheme"]
    own = getattr(getattr(request, "site", None), "brand", None)
    if own is None:
        return []
    brands = list(type(own)._default_manager.order_by("name"))
    request.brand = next((brand for brand in brands if str(brand.pk) == request.GET.get("brand")), own)
    return brands


def _pairs(brand: Any) -> list[Pair]:
    """The contrast of every pair that carries text, in both schemes."""
    if brand is None:
        return []
    found = []
    for scheme, prefix in (("light", ""), ("dark", "dark_")):
        for colour, ground in PAIRS:
            one, other = getattr(brand, prefix + colour), getattr(brand, prefix + ground)
            found.append(Pair(scheme, colour, ground, one, other, contrast(one, other)))
    return found
