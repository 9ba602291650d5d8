"""The sizes in which an article’s pictures are written: its page asks for what was prepared at publication.

The first picture is cut to 16:9 around its focal point; those in the text keep their own shape.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.db.models import prefetch_related_objects
from wagtail.images.models import Filter, SourceImageIOError
from wagtail.images.models import Picture as PictureTag

from bouquet.kinds.articles.models import ArticlePage, Form
from bouquet.shared.network.models import Picture

# AVIF for nearly everybody, in all widths; the others for who is left, in fewer: each one is seconds of a processor.
AVIF, WEBP, JPEG = "format-avif|avifquality-55", "format-webp", "format-jpeg"
FIRST = [
    *(f"fill-{size}|{AVIF}" for size in ("640x360", "1280x720", "1920x1080")),
    *(f"fill-{size}|{WEBP}" for size in ("640x360", "1280x720")),
    f"fill-1280x720|{JPEG}",
]
IN_TEXT = [
    *(f"width-{width}|{AVIF}" for width in (480, 960, 1600)),
    *(f"width-{width}|{WEBP}" for width in (480, 960)),
    f"width-960|{JPEG}",
]
FACE = ["fill-192x192|format-webp", "fill-192x192|format-jpeg"]


def pictures_of(body: Iterable[Any]) -> list[Picture]:
    """Those of its blocks, one by one or in a gallery."""
    shown: list[Any] = []
    for block in body:
        if block.block_type == "picture":
            shown.append(block.value)
        elif block.block_type == "gallery":
            shown += block.value["pictures"]
    return [each["picture"] for each in shown if each["picture"]]


def pictures_in(page: ArticlePage) -> list[Picture]:
    """Those in its text; of a gallery the first one, too, which hangs among them."""
    found = pictures_of(page.body)
    if page.form == Form.GALLERY and page.picture is not None and page.picture not in found:
        found.insert(0, page.picture)
    return found


def fetch_renditions(pictures: Iterable[Picture | None]) -> None:
    """Those of all pictures in one query, so that a page asks none for each."""
    known = [picture for picture in pictures if picture is not None]
    if known:
        prefetch_related_objects(known, "renditions")


def picture_html(picture: Picture, specs: list[str], **attributes: Any) -> Any:
    """A <picture> in the formats that are ready; "" where its file is missing.

    A reader never waits for AVIF: until the task has written the sizes (a second, or minutes on a busy machine),
    whoever comes gets the last of `specs`, a plain JPEG, which is made here where it is not there either.
    """
    try:
        ready = _ready(picture, specs) or picture.get_renditions(specs[-1])
    except (SourceImageIOError, OSError):
        return ""
    return PictureTag(ready, attributes)


def file_of(picture: Picture) -> str:
    """The address of the plain one; "" where its file is missing."""
    try:
        return str(picture.get_rendition(IN_TEXT[-1]).url)
    except (SourceImageIOError, OSError):
        return ""


def face_html(picture: Picture) -> Any:
    """Of an author: small, so that it is made where it is missing."""
    try:
        return PictureTag(picture.get_renditions(*FACE), {"alt": "", "loading": "lazy", "decoding": "async"})
    except (SourceImageIOError, OSError):
        return ""


def lack_sizes(first: Picture | None, in_text: Iterable[Picture]) -> bool:
    """Whether some size is not written yet: the task has not run, or a focal point was moved since."""
    wanted = [(first, FIRST)] if first is not None else []
    return any(len(_ready(picture, specs)) < len(specs) for picture, specs in wanted + [(p, IN_TEXT) for p in in_text])


def _ready(picture: Picture, specs: list[str]) -> dict[str, Any]:
    found = {each.spec: made for each, made in picture.find_existing_renditions(*map(_filter, specs)).items()}
    return {spec: found[spec] for spec in specs if spec in found}


@cache
def _filter(spec: str) -> Filter:
    """It reads its words once: Wagtail's own is made, and reads them, for every picture."""
    return Filter(spec)


def prepare_pictures(page: ArticlePage) -> None:
    """Written before the first reader comes, who would wait for them otherwise. Those that are there stay."""
    fetch_renditions([page.picture, *pictures_in(page)])
    for picture, specs in [(page.picture, FIRST), *((each, IN_TEXT) for each in pictures_in(page))]:
        if picture is not None:
            _make(picture, specs)


def _make(picture: Picture, specs: list[str]) -> None:
    """The plain one first: whoever comes meanwhile gets it."""
    try:
        picture.get_renditions(specs[-1])
        picture.get_renditions(*specs)
    except (SourceImageIOError, OSError):
        return
