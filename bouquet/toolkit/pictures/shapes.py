"""The room of a picture on a page, in steps: no style stands in a page, so css/shapes.css knows each of them."""

from __future__ import annotations

LEAST, MOST, STEP = 45, 300, 5  # hundredths of the width over the height


def shape_of(width: float | None, height: float | None) -> int:
    """3:2 where it is not known."""
    shape = round(100 * (width or 3) / (height or 2) / STEP) * STEP
    return min(max(shape, LEAST), MOST)
