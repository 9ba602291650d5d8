"""The icon of a site where it has no drawn one: the first letter of its name on its accent colour, as PNG."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from bouquet.shared.network.models import Brand
from bouquet.toolkit.colours import channels

SIZES = (32, 180, 192, 512)
CORNER = {"square": 0.0, "soft": 0.22, "round": 0.5}  # of the side
FINE = 4  # drawn this many times larger, then made small: smooth edges


def brand_icon(brand: Brand, size: int, *, maskable: bool = False) -> bytes:
    """A square PNG. Maskable: paint to the edges, letter within the middle 80 % (W3C app manifest, safe zone)."""
    side = size * (FINE if size < 512 else 2)
    picture = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    dark = brand.scheme == "dark"
    accent = channels(brand.dark_accent if dark else brand.accent)
    on_accent = channels(brand.dark_on_accent if dark else brand.on_accent)
    radius = 0 if maskable or size == 180 else side * CORNER[brand.shape]  # Apple rounds its own corners
    draw.rounded_rectangle((0, 0, side - 1, side - 1), radius=radius, fill=(*accent, 255))
    _letter(draw, _initial(brand), side, 0.42 if maskable else 0.58, (*on_accent, 255))
    made = BytesIO()
    picture.resize((size, size), Image.Resampling.LANCZOS).save(made, "PNG", optimize=True)
    return made.getvalue()


def _initial(brand: Brand) -> str:
    text = brand.wordmark or brand.name
    return next((letter for letter in text if letter.isalnum()), "•").upper()


def _letter(draw: ImageDraw.ImageDraw, letter: str, side: int, share: float, fill: tuple[int, ...]) -> None:
    """The letter in the middle by what is inked, not by its line: an accent or a tail must not push it aside."""
    font = ImageFont.load_default(size=side)
    left, top, right, bottom = draw.textbbox((0, 0), letter, font=font)
    font = ImageFont.load_default(size=side * share * side / max(right - left, bottom - top, side * 0.6))
    left, top, right, bottom = draw.textbbox((0, 0), letter, font=font)
    at = ((side - (right - left)) / 2 - left, (side - (bottom - top)) / 2 - top)
    draw.text(at, letter, font=font, fill=fill, stroke_width=round(side * 0.012), stroke_fill=fill)
