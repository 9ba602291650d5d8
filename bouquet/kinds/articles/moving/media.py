"""The pictures of a post: fetched through the one door for strangers' addresses, looked at, kept among the site's.

What has no credit, licence or description says so in its own fields, where readers and editors see it: a picture is
never shown as if nobody had made it.
"""

from __future__ import annotations

import io
import warnings
from pathlib import PurePath
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from bouquet.kinds.articles.moving.models import FetchedPicture
from bouquet.kinds.articles.moving.posts import short
from bouquet.shared.network.models import Picture, Site
from bouquet.shared.works.actions import one_line
from bouquet.toolkit.fetch import FetchError, read

LARGEST = 30 * 1024 * 1024
MOST_PIXELS = 60_000_000
ENDINGS = {"JPEG": "jpg", "PNG": "png", "GIF": "gif", "WEBP": "webp", "AVIF": "avif"}
SECONDS = 30


class NoPicture(Exception):
    """`reason` is a sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def bring_pictures(site: Site, wanted: list[dict[str, str]]) -> tuple[dict[str, Picture], list[str]]:
    """By address, and what is to be said of those that did not come or lack something. Outside of any transaction."""
    if not wanted:
        return {}, []
    addresses = list(dict.fromkeys(each["address"] for each in wanted))
    rows = FetchedPicture.objects.filter(site=site, address__in=addresses).select_related("picture")
    found = {row.address: row.picture for row in rows}
    notes = []
    for each in wanted:
        address = each["address"]
        if address in found:
            continue
        try:
            found[address] = _bring(site, each)
        except NoPicture as refusal:
            notes.append(_("Picture missing: %(address)s. %(why)s") % {"address": address, "why": refusal.reason})
            continue
        if not each["credit"]:
            notes.append(_("Nobody is named as the maker of the picture %(address)s.") % {"address": address})
        if not each["description"]:
            notes.append(_("Nothing says what the picture %(address)s shows.") % {"address": address})
    return found, list(dict.fromkeys(notes))


def _bring(site: Site, each: dict[str, str]) -> Picture:
    try:
        body = read(each["address"], at_most=LARGEST, seconds=SECONDS).body
    except FetchError as refusal:
        raise NoPicture(refusal.reason) from refusal
    ending = _checked(body)
    name = PurePath(unquote(urlsplit(each["address"]).path)).stem or "picture"
    try:
        with transaction.atomic():
            picture = keep_picture(site, body, filename=f"{name[:60]}.{ending}", **_words(site, each, name))
            FetchedPicture.objects.create(site=site, address=each["address"], picture=picture)
            return picture
    except IntegrityError:  # another worker was quicker
        return FetchedPicture.objects.get(site=site, address=each["address"]).picture


def keep_picture(site: Site, body: bytes, *, filename: str, **fields: Any) -> Picture:
    picture = Picture(collection=site.collection, **fields) if site.collection else Picture(**fields)
    picture.file = ContentFile(body, name=filename)
    picture.save()
    return picture


def _checked(body: bytes) -> str:
    """Its usual ending. Raises NoPicture: SVG runs scripts, and a bomb is refused by its size alone."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(body), formats=list(ENDINGS)) as image:
                if image.width * image.height > MOST_PIXELS:
                    raise NoPicture(_("It has too many pixels."))
                ending = ENDINGS[image.format or ""]
                image.verify()
    except NoPicture:
        raise
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError, KeyError):
        raise NoPicture(_("What came from this address is no picture, or is broken.")) from None
    return ending


def _words(site: Site, each: dict[str, str], name: str) -> dict[str, str]:
    with translation.override(site.language):
        return {
            "title": short(each["title"] or name.replace("-", " ").replace("_", " "), 200) or "–",
            "description": short(each["description"] or each["caption"], 255) or _("Picture without a description"),
            "credit": one_line(each["credit"])[:200] or _("Credit not given"),
            "licence": _("licence not given"),
        }
