"""An album and its photos as the API tells them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from ninja import Field, Schema

from bouquet.kinds.photos.models import Album, Photo
from bouquet.kinds.photos.permissions import may_save
from bouquet.shared.works.models import Work, licence_called
from bouquet.shared.works.permissions import Viewer, can_edit_work


class AlbumLine(Schema):
    id: str
    title: str
    description: str
    url: str
    site: str = Field(description="Slug of its site.")
    by: str | None = Field(description="The channel that publishes it.")
    theme: str
    picture: str | None = Field(description="A cut of its cover, 1280 points wide.")
    likes: int
    published_at: datetime | None


class PhotoOut(Schema):
    id: str
    url: str
    state: str = Field(
        description="waiting, uploading, processing, ready or failed; shown as soon as `pictures` has some."
    )
    reason: str = Field(description="Why it failed, in a sentence; empty otherwise.")
    caption: str
    alternative: str = Field(description="What it shows, for who cannot see it.")
    credit: str
    licence: str
    licence_url: str
    taken_at: datetime | None
    camera: list[str] = Field(description="Camera, lens and settings, where the file said them. Never a place.")
    focus: list[int]
    width: int | None
    height: int | None
    pictures: dict[str, str] = Field(description="By its longer side in points, WebP; larger ones in AVIF on the page.")
    file: str | None = Field(description="Where the original is saved, where that is allowed.")


class AlbumOut(AlbumLine):
    visibility: str
    state: str = Field(description="draft, scheduled, live, hidden or down.")
    tags: list[str]
    credit: str
    licence: str
    licence_url: str
    may_download: bool
    photos: list[PhotoOut]


class PhotoAdded(Schema):
    id: str
    url: str = Field(description="The photo's page on its album's site, once it is prepared.")
    upload_url: str = Field(description="A tus 1.0 upload of the announced size: send the bytes with PATCH.")


def album_line(work: Work) -> dict[str, Any]:
    path = work.poster.poster_url(1280) if work.poster else ""
    return {
        "id": work.uid,
        "title": work.title,
        "description": work.summary,
        "url": work.address,
        "site": work.site.slug,
        "by": work.channel.name if work.channel else None,
        "theme": work.category,
        "picture": urljoin(work.site.url, path) if path else None,
        "likes": work.likes,
        "published_at": work.published_at,
    }


def album_out(album: Album, viewer: Viewer) -> dict[str, Any]:
    """Its maker finds those that are still being prepared, too. One query for the photos."""
    is_kept = can_edit_work(viewer.person, album)
    photos = album.photos.in_order() if is_kept else album.photos.shown().in_order()
    saves = may_save(viewer.person, album)
    return album_line(album) | {
        "visibility": album.visibility,
        "state": album.state,
        "tags": [tag.name for tag in album.tags.all()],
        "credit": album.credit,
        "licence": album.licence,
        "licence_url": _terms_url(album.licence),
        "may_download": album.may_download,
        "photos": [_photo(album, photo, saves) for photo in photos],
    }


def _photo(album: Album, photo: Photo, saves: bool) -> dict[str, Any]:
    photo.album = album
    asset = photo.asset
    sides = (320, 640, 1280) if asset.poster else ()
    return {
        "id": photo.uid,
        "url": photo.address,
        "state": asset.state,
        "reason": asset.reason,
        "caption": photo.caption,
        "alternative": photo.alternative,
        "credit": photo.credit,
        "licence": photo.licence,
        "licence_url": _terms_url(photo.licence),
        "taken_at": photo.taken_at,
        "camera": photo.camera_line,
        "focus": [photo.focus_x, photo.focus_y],
        "width": asset.width,
        "height": asset.height,
        "pictures": {str(side): urljoin(album.site.url, asset.poster_url(side)) for side in sides},
        "file": f"{photo.address}file" if saves and asset.poster and asset.source else None,
    }


def _terms_url(code: str) -> str:
    terms = licence_called(code)
    return terms.url if terms else ""
