"""Albums for tests: through the verbs, with small pictures that go through the real pipeline."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from bouquet.kinds.photos import actions
from bouquet.kinds.photos.models import Album
from bouquet.shared.network.models import Site
from bouquet.toolkit.tasks.testing import run_all_tasks
from bouquet.toolkit.testing.pictures import picture


def photo_file(name: str = "lake.jpg", data: bytes | None = None, **how: Any) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture(**how) if data is None else data)


def make_album(author: Any, site: Site | None = None, *, photos: int = 1, publish: bool = True, **fields: Any) -> Album:
    """Live and public unless told otherwise; its photos are ready."""
    site = site or next(each for each in Site.objects.open() if each.has_kind("photos"))
    album = actions.add_album(person=author, site=site, **({"title": "A summer at the lake"} | fields))
    for number in range(photos):
        actions.add_photo(album, photo_file(), by=author, caption=f"Morning {number + 1}")
    run_all_tasks()
    album.refresh_from_db()
    if publish:
        actions.publish_album(album, by=author)
    return album
