"""A piece of a picture in another shape, that keeps what matters in it."""

from __future__ import annotations

from PIL import Image

Point = tuple[float, float]  # shares of the width and the height, from 0 to 1
MIDDLE: Point = (0.5, 0.5)


def cut_around(picture: Image.Image, shape: tuple[int, int], point: Point = MIDDLE) -> Image.Image:
    """The largest piece of this shape with the point as near to its middle as the edges allow."""
    width, height = picture.size
    scale = min(width / shape[0], height / shape[1])
    wide, high = max(1, round(shape[0] * scale)), max(1, round(shape[1] * scale))
    left = min(max(0, round(point[0] * width - wide / 2)), width - wide)
    top = min(max(0, round(point[1] * height - high / 2)), height - high)
    return picture.crop((left, top, left + wide, top + high))
