"""One original at a time: moved or dropped, the row first or last as a kill at any point allows.

Moved: the copy is whole and compared, then the row names it, then the original goes. Dropped: the row, then the file.
What a kill leaves is a file that no row names; the next day's sweep removes it.
"""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from bouquet.shared.assets.models import Asset
from bouquet.shared.assets.originals.archive import (
    ArchiveAway,
    CopyDiffers,
    NoRoom,
    alone_in,
    copy_compared,
    forget_copy,
    look_at_archive,
    open_archive,
    place_in,
)
from bouquet.shared.assets.originals.policy import OriginalsPolicy, films, is_in_use
from bouquet.shared.assets.store.bucket import StoreAway
from bouquet.shared.assets.store.keys import original_key
from bouquet.shared.assets.store.opening import the_bucket

log = logging.getLogger("bouquet.assets")
DAY = 24 * 3600


def tend_next(after: int, *, moving: bool = True) -> tuple[int, bool] | None:
    """Drop or move one original of those whose turn it is, with an id above `after`.

    Gives its id and whether the archive takes more, or None when there is none left. What could not be done is logged
    and tried again with the next sweep.
    """
    policy = OriginalsPolicy.present()
    drop, move = _first(policy.to_drop(), after), _first(policy.to_move(), after) if moving else None
    if drop is not None and (move is None or drop.pk < move.pk):
        drop_original(drop)
        return drop.pk, moving
    if move is None:
        return None
    try:
        move_original(move, open_archive())
    except (ArchiveAway, NoRoom) as why:
        log.warning("originals are not moved today: %s", why)
        moving = False
    except (CopyDiffers, OSError) as error:
        log.error("the original of %s could not be moved: %s", move, error)
    return move.pk, moving


def move_original(asset: Asset, archive: Path) -> bool:
    """False where it is needed just now, or went meanwhile. Raises ArchiveAway, NoRoom, CopyDiffers, OSError."""
    source, target = asset.source_path, place_in(archive, asset)
    if source is None or is_in_use(asset):
        return False
    with alone_in(archive):
        digest = copy_compared(source, target)
        with transaction.atomic():
            here = Asset.objects.filter(pk=asset.pk, source=asset.source, archived_at=None, original_stored_at=None)
            row = here.select_for_update().first()
            moves = row is not None and not is_in_use(row)
            if moves:
                now = timezone.now()
                Asset.objects.filter(pk=asset.pk).update(source=f"{asset.uid}/source", archived_at=now, sha256=digest)
        if not moves:
            forget_copy(target)
            return False
        source.unlink(missing_ok=True)
    return True


def drop_original(asset: Asset) -> bool:
    """For good. False where it is needed just now, went meanwhile, or lies on a disk that is away."""
    if asset.archived_at is not None:
        try:
            look_at_archive()
        except ArchiveAway as why:
            log.warning("the original of %s is not dropped today: %s", asset, why)
            return False
    with transaction.atomic():
        row = Asset.objects.select_for_update().filter(pk=asset.pk, state=Asset.State.READY).exclude(source="").first()
        if row is None or is_in_use(row):
            return False
        path = row.source_path
        Asset.objects.filter(pk=row.pk).update(source="", archived_at=None, original_stored_at=None)
    if row.original_stored_at is not None:
        _remove_there(row)
    if path is not None:
        path.unlink(missing_ok=True)
        if row.archived_at is not None:
            forget_copy(path)
    return True


def _remove_there(asset: Asset) -> None:
    try:
        the_bucket().delete(original_key(asset.uid))
    except StoreAway as why:
        log.warning("the original of %s stays in the object store until the next sweep: %s", asset, why)


def sweep_what_was_left() -> int:
    """Files that no row names: a kill came between the row and the file. Gives how many went."""
    return sum(_remove(path) for path in [*_behind_in_uploads(), *_behind_in_archive()])


def _behind_in_uploads() -> Iterator[Path]:
    """Originals that were dropped, or whose copy is in the archive, and that are still where they had been."""
    elsewhere = films().filter(Q(source="") | Q(archived_at__isnull=False))
    for asset in elsewhere.only("uid", "source", "archived_at").iterator(chunk_size=2000):
        path = Path(settings.UPLOADS_ROOT) / asset.uid / "source"
        if path.is_file() and (not asset.source or asset.has_original):
            yield path


def _behind_in_archive() -> Iterator[Path]:
    """Folders of the archive older than a day whose film is gone, was dropped or has its original elsewhere.

    One that a row from before the move (a database that came back from a copy) misses is written into the row again.
    """
    try:
        archive = look_at_archive()
    except ArchiveAway:
        return
    for batch in _batches(archive):
        found = Asset.objects.filter(uid__in=[each.name for each in batch]).only("uid", "source", "archived_at")
        assets = {asset.uid: asset for asset in found}
        for folder in batch:
            asset = assets.get(folder.name)
            if asset is None or not asset.source or (asset.archived_at is None and asset.has_original):
                yield folder
            elif asset.archived_at is None and (folder / "source").is_file():
                Asset.objects.filter(pk=asset.pk).update(source=f"{asset.uid}/source", archived_at=timezone.now())


def _batches(archive: Path, size: int = 500) -> Iterator[list[Path]]:
    """Folders named like an asset and not touched for a day."""
    before = time.time() - DAY
    old = [
        each for each in archive.iterdir() if len(each.name) == 22 and each.is_dir() and each.stat().st_mtime < before
    ]
    for start in range(0, len(old), size):
        yield old[start : start + size]


def _remove(path: Path) -> int:
    with suppress(OSError):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
        log.warning("removed %s: an original that was moved or dropped before", path)
        return 1
    return 0


def _first(assets, after: int) -> Asset | None:  # type: ignore[no-untyped-def]
    return assets.filter(pk__gt=after).order_by("pk").first()
