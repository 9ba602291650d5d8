"""A brand as a style sheet: its colours and its type as custom properties, in the layer that CSS keeps for it.

/brand/<pk>-<hash>.css         one brand, for :root; light and dark in one (`light-dark()`), the <html> attribute
                               data-scheme chooses
/brand/network-<hash>.css      every site's brand, for [data-brand="<pk>"]: a page that shows several side by side
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from django.core.exceptions import ValidationError

from bouquet.shared.network.models import HEX, Brand
from bouquet.toolkit.typefaces import DEFAULT, PAIRINGS

COLOURS = ("paper", "surface", "ink", "quiet", "accent", "on_accent")
DRAFT_FIELDS = ["typefaces", *COLOURS, *(f"dark_{name}" for name in COLOURS)]
# What the tokens derive from these: a scope inside a page must derive it again (toolkit/frontend/css/tokens.css).
DERIVED = {
    "--line": "color-mix(in oklab, var(--ink) 14%, var(--paper))",
    "--accent-soft": "color-mix(in oklab, var(--accent) 12%, var(--paper))",
    "--ring": "var(--accent)",
}


def brand_css(brand: Brand) -> str:
    return f"@layer brand {{\n:root {{ {_declarations(_tokens(brand))} }}\n}}\n"


def network_css(brands: Iterable[Brand]) -> str:
    rules = []
    for brand in brands:
        tokens = _tokens(brand) | DERIVED
        if brand.scheme in ("light", "dark"):
            tokens["color-scheme"] = brand.scheme
        rules.append(f'[data-brand="{brand.pk}"] {{ {_declarations(tokens)} }}')
    return "@layer brand {\n" + "\n".join(rules) + "\n}\n"


def brand_css_path(brand: Brand | None) -> str:
    if brand is not None and getattr(brand, "is_draft", False):
        return "/brand/draft.css?" + urlencode(_draft_values(brand))
    return f"/brand/{brand.pk}-{fingerprint(brand_css(brand))}.css" if brand and brand.pk else ""


def _draft_values(brand: Brand) -> dict[str, str]:
    return {name: getattr(brand, name) for name in DRAFT_FIELDS}


def draft_of(values: Mapping[str, str]) -> Brand | None:
    """The brand that `_draft_values` wrote, or None where anything in it is not a colour or a known type pairing."""
    brand = Brand(**{name: values.get(name, "") for name in DRAFT_FIELDS})
    try:
        for name in DRAFT_FIELDS[1:]:
            HEX(getattr(brand, name))
    except ValidationError:
        return None
    return brand if brand.typefaces in PAIRINGS else None


def network_css_path(brands: Iterable[Brand]) -> str:
    return f"/brand/network-{fingerprint(network_css(brands))}.css"


def fingerprint(css: str) -> str:
    return hashlib.sha256(css.encode()).hexdigest()[:10]


def _tokens(brand: Brand) -> dict[str, str]:
    colours = {
        f"--{name.replace('_', '-')}": f"light-dark({getattr(brand, name)}, {getattr(brand, f'dark_{name}')})"
        for name in COLOURS
    }
    return colours | PAIRINGS.get(brand.typefaces, PAIRINGS[DEFAULT]).tokens()


def _declarations(tokens: dict[str, str]) -> str:
    return " ".join(f"{name}: {value};" for name, value in tokens.items())
