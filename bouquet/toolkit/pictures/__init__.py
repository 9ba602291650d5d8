"""Pictures that strangers send: looked at before they are decoded, read, and freed of what they tell of their maker.

check_picture(file, size)        raises PictureRefused, a sentence for its sender; only the head is read
facts_of(file)                   camera, lens, exposure, when: never where
open_picture(file)               upright, RGB, sRGB: what everything shown is made from
clean_file(source, target)       the same pixels without a word about who took them where
shape_of(width, height)          the name of its room on a page
"""

from bouquet.toolkit.pictures.cleaning import clean_file
from bouquet.toolkit.pictures.cutting import cut_around
from bouquet.toolkit.pictures.exif import facts_of
from bouquet.toolkit.pictures.reading import (
    FORMATS,
    MOST_BYTES,
    MOST_PIXELS,
    PictureRefused,
    check_picture,
    open_picture,
)
from bouquet.toolkit.pictures.shapes import shape_of

__all__ = [
    "FORMATS",
    "MOST_BYTES",
    "MOST_PIXELS",
    "PictureRefused",
    "check_picture",
    "clean_file",
    "cut_around",
    "facts_of",
    "open_picture",
    "shape_of",
]
