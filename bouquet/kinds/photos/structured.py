"""An album and its photos in the words of other machines: schema.org's ImageGallery and ImageObject.

`license`, `acquireLicensePage` and `creditText` are what search engines show beside a picture:
https://developers.google.com/search/docs/appearance/structured-data/image-license-metadata
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import urljoin

from django.utils.safestring import SafeString, mark_safe

from bouquet.kinds.photos.models import Album, Photo

ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def gallery_json(album: Album, photos: Iterable[Photo]) -> SafeString:
    facts: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "ImageGallery",
        "name": album.shown_title,
        "description": album.shown_summary,
        "url": album.address,
        "inLanguage": album.language or album.site.language,
        "image": [_photo(album, photo) for photo in photos],
    }
    if album.published_at:
        facts["datePublished"] = album.published_at.isoformat()
    if album.channel:
        facts["author"] = {"@type": "Person" if album.channel.personal else "Organization", "name": album.channel.name}
        facts["author"]["url"] = album.channel.address
    return _safe(facts)


def photo_json(album: Album, photo: Photo) -> SafeString:
    return _safe({"@context": "https://schema.org"} | _photo(album, photo))


def _photo(album: Album, photo: Photo) -> dict[str, Any]:
    page = f"{album.site.url}{photo.path}"
    facts: dict[str, Any] = {
        "@type": "ImageObject",
        "contentUrl": urljoin(album.site.url, photo.asset.poster_url(1280)),
        "thumbnailUrl": urljoin(album.site.url, photo.asset.poster_url(320)),
        "url": page,
        "name": photo.caption or album.shown_title,
        "description": photo.said,
        "creditText": photo.credit,
        "creator": {"@type": "Person", "name": photo.credit},
        "copyrightNotice": photo.credit,
        "acquireLicensePage": page,
        "width": photo.asset.width,
        "height": photo.asset.height,
    }
    if photo.taken_at:
        facts["dateCreated"] = photo.taken_at.isoformat()
    if photo.terms and photo.terms.url:
        facts["license"] = photo.terms.url
    return {name: value for name, value in facts.items() if value}


def _safe(facts: dict[str, Any]) -> SafeString:
    return mark_safe(json.dumps(facts, ensure_ascii=False).translate(ESCAPES))
