"""The desk in the group's own colours: Wagtail asks for hue, saturation and lightness of two, and derives the rest."""

from __future__ import annotations

import colorsys

from bouquet.shared.network.brand_css import fingerprint
from bouquet.shared.network.models import Brand
from bouquet.toolkit.colours import channels

# White text stands on both: dark enough whatever the accent is.
SIDEBAR, BUTTONS = (0.13, 0.22), (0.20, 0.32)


def desk_css(brand: Brand | None) -> str:
    accent = (brand or Brand()).accent
    rules = [*_tokens("primary", accent, SIDEBAR), *_tokens("secondary", accent, BUTTONS)]
    return ":root { " + " ".join(rules) + " }\n"


def desk_css_path(brand: Brand | None) -> str:
    return f"/brand/desk-{fingerprint(desk_css(brand))}.css"


def _tokens(name: str, colour: str, room: tuple[float, float]) -> list[str]:
    hue, lightness, saturation = colorsys.rgb_to_hls(*(value / 255 for value in channels(colour)))
    lightness = min(max(lightness, room[0]), room[1])
    return [
        f"--w-color-{name}-hue: {hue * 360:.1f};",
        f"--w-color-{name}-saturation: {min(saturation, 0.7) * 100:.1f}%;",
        f"--w-color-{name}-lightness: {lightness * 100:.1f}%;",
    ]
