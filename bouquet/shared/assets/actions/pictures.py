"""Pictures: of a gallery, received like any file; cuts that the house makes itself, as the assets that works show."""

from __future__ import annotations

from typing import Any, BinaryIO

from django.utils import timezone
from django.utils.translation import gettext as _
from PIL import Image

from bouquet.shared.accounts.models import Person
from bouquet.shared.assets.actions.files import receive_asset, shown_filename
from bouquet.shared.assets.models import Asset
from bouquet.shared.assets.permissions import UploadRefused
from bouquet.shared.assets.pipeline.poster import save_poster
from bouquet.shared.assets.store.fetching import original_here
from bouquet.shared.assets.tasks import make_picture_anew
from bouquet.toolkit.pictures import MOST_BYTES, cut_around, open_picture
from bouquet.toolkit.pictures.cutting import MIDDLE, Point


def receive_photo(*, owner: Person, filename: str, size: int, site: Any) -> Asset:
    """A picture that will hang in a gallery: prepared in every form. Raises UploadRefused as `receive_asset` does."""
    if size > MOST_BYTES:
        raise UploadRefused(_("This picture is too heavy: send one of at most 60 MB."), 413)
    asset = receive_asset("image", owner=owner, filename=filename, size=size, site=site)
    asset.facts = {"gallery": True}
    asset.save(update_fields=["facts"])
    return asset


def look_at_point(asset: Asset, point: Point) -> None:
    """What matters in it, as shares of its sides: its cuts are made anew around that."""
    asset.facts = asset.facts | {"point": [round(min(max(each, 0.0), 1.0), 3) for each in point]}
    Asset.objects.filter(pk=asset.pk).update(facts=asset.facts)
    if asset.poster:
        make_picture_anew.enqueue(asset.pk)


def add_cut(asset: Asset, shape: tuple[int, int], *, point: Point = MIDDLE) -> Asset:
    """A piece of it in another shape, around a point, as an asset of its own. For a task: it takes a second.

    Raises OSError or PictureRefused (a ValueError) where its original is away.
    """
    piece = cut_around(open_picture(original_here(asset), longest=2560), shape, point)
    piece.thumbnail((1600, 1600), Image.Resampling.LANCZOS)
    return _add(piece, asset.filename)


def add_picture(file: BinaryIO, *, filename: str = "") -> Asset:
    """Written in its widths at once, for a task: it takes a second. Raises OSError for what is no picture."""
    with Image.open(file) as picture:
        flat = picture.convert("RGB")
    return _add(flat, filename)


def _add(picture: Image.Image, filename: str) -> Asset:
    now = timezone.now()
    asset = Asset.objects.create(
        kind=Asset.Kind.IMAGE,
        state=Asset.State.READY,
        filename=shown_filename(filename),
        width=picture.width,
        height=picture.height,
        received_at=now,
        ready_at=now,
    )
    save_poster(asset, picture)
    return asset
