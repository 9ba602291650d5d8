"""A brand as a style sheet: its colours and its type as custom properties, in the layer that CSS keeps for it.

/brand/<pk>-<hash>.css         one brand, for :root; light and dark in one (`light-dark()`), the <html> attribute
                               data-scheme chooses
/brand/network-<hash>.css      every site's brand, for [data-brand="<pk>"]: a page that shows several side by side
/brand/<pk>-<hash>/<part>.woff2    the letters of the names that such a page shows (docs/decisions/0106-…)
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from django.core.exceptions import ValidationError

from bouquet.shared.network.models import HEX, Brand, Site
from bouquet.toolkit.lettering import Cut, cuts_of
from bouquet.toolkit.typefaces import DEFAULT, PAIRINGS, Pairing

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


def network_css(sites: Iterable[Site]) -> str:
    """A site's name is written with its brand's own letters, cut out for it; all else in the letters of the page."""
    faces, rules = [], []
    for brand, names in _names_by_brand(sites).items():
        pairing, tokens = _pairing(brand), _tokens(brand) | DERIVED
        if cuts := plate_letters(brand, names):
            faces += [_face(brand, pairing, cut) for cut in cuts]
            tokens["--font-display"] = pairing.display_stack(_plate_family(brand))
        if brand.scheme in ("light", "dark"):
            tokens["color-scheme"] = brand.scheme
        rules.append(f'[data-brand="{brand.pk}"] {{ {_declarations(tokens)} }}')
    return "\n".join(faces) + "\n@layer brand {\n" + "\n".join(rules) + "\n}\n"


def _names_by_brand(sites: Iterable[Site]) -> dict[Brand, list[str]]:
    names: dict[Brand, list[str]] = {}
    for site in sites:
        names.setdefault(site.brand, []).append(site.plate_name)
    return names


def plate_letters(brand: Brand, names: Iterable[str]) -> list[Cut]:
    """Of the brand's display family, what these names are written with."""
    pairing, text = _pairing(brand), "".join(names)
    if pairing.case != "none":
        text += text.upper() + text.lower()
    return cuts_of(pairing.display, pairing.weight, text)


def _face(brand: Brand, pairing: Pairing, cut: Cut) -> str:
    return (
        f'@font-face {{ font-family: "{_plate_family(brand)}"; font-weight: {pairing.weight}; font-display: swap;'
        f' src: url("/brand/{brand.pk}-{cut.version}/{cut.part}.woff2") format("woff2");'
        f" unicode-range: {cut.unicode_range}; }}"
    )


def _plate_family(brand: Brand) -> str:
    return f"plate {brand.pk}"


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


def network_css_path(sites: Iterable[Site]) -> str:
    return f"/brand/network-{fingerprint(network_css(sites))}.css"


def fingerprint(css: str) -> str:
    return hashlib.sha256(css.encode()).hexdigest()[:10]


def _tokens(brand: Brand) -> dict[str, str]:
    colours = {
        f"--{name.replace('_', '-')}": f"light-dark({getattr(brand, name)}, {getattr(brand, f'dark_{name}')})"
        for name in COLOURS
    }
    return colours | _pairing(brand).tokens()


def _pairing(brand: Brand) -> Pairing:
    return PAIRINGS.get(brand.typefaces, PAIRINGS[DEFAULT])


def _declarations(tokens: dict[str, str]) -> str:
    return " ".join(f"{name}: {value};" for name, value in tokens.items())
