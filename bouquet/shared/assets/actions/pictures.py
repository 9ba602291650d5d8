"""Pictures: of a gallery, received like any file; cuts that the house makes itself, as the assets that works show."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from errno import EIO
from io import BufferedReader
from pathlib import Path
from typing import Any, BinaryIO

from django.utils import timezone
from django.utils.translation import gettext as _
from PIL import Image

from bouquet.shared.accounts.models import Person
from bouquet.shared.assets.actions.files import receive_asset, shown_filename
from bouquet.shared.assets.models import Asset
from bouquet.shared.assets.permissions import UploadRefused
from bouquet.shared.assets.pipeline.poster import save_poster
from bouquet.shared.assets.store.bucket import StoreAway
from bouquet.shared.assets.store.fetching import Damaged, original_borrowed, original_here
from bouquet.shared.assets.tasks import make_picture_anew, prepare_asset
from bouquet.toolkit.pictures import MOST_BYTES, check_picture, cut_around, open_picture
from bouquet.toolkit.pictures.cutting import MIDDLE, Point


def receive_photo(*, owner: Person, filename: str, size: int, site: Any) -> Asset:
    """A picture that will hang in a gallery: prepared in every form. Raises UploadRefused as `receive_asset` does."""
    if size > MOST_BYTES:
        raise UploadRefused(_("This picture is too heavy: send one of at most 60 MB."), 413)
    asset = receive_asset("image", owner=owner, filename=filename, size=size, site=site)
    asset.facts = {"gallery": True}
    asset.save(update_fields=["facts"])
    return asset


@contextmanager
def photo_file(asset: Asset) -> Iterator[BufferedReader]:
    """The original of a picture that is ready, freed of what it told of its maker; read it from its beginning.

    Raises FileNotFoundError where it is gone, OSError where it cannot be reached.
    """
    with ExitStack() as stack:
        try:
            file = stack.enter_context(stack.enter_context(original_borrowed(asset)).open("rb"))
        except Damaged as error:
            raise FileNotFoundError(str(error)) from error
        except StoreAway as error:
            raise OSError(EIO, str(error)) from error
        yield file


def bring_photo(
    fill: Callable[[Path], None], *, owner: Person | None, filename: str, camera: dict[str, str], point: Point = MIDDLE
) -> Asset:
    """A picture of a gallery that somebody here has at hand: `fill` writes it to the path it is given.

    Prepared like one that was sent, for whom no limit is counted. Call it inside a transaction; should that fail,
    `upload_folder` is to be removed. Raises PictureRefused, and what `fill` raises: nothing remains then.
    """
    facts = {"gallery": True, "picture": camera} | ({"point": list(point)} if point != MIDDLE else {})
    asset = Asset(kind=Asset.Kind.IMAGE, owner=owner, filename=shown_filename(filename), facts=facts)
    path = asset.upload_folder / "source"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        fill(path)
        with path.open("rb") as file:
            check_picture(file, path.stat().st_size)
    except BaseException:
        shutil.rmtree(path.parent, ignore_errors=True)
        raise
    asset.size, asset.source = path.stat().st_size, f"{asset.uid}/{path.name}"
    asset.state, asset.received_at = Asset.State.PROCESSING, timezone.now()
    asset.save()
    prepare_asset.enqueue(asset.pk)
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
