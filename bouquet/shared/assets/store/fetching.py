"""What somebody needs here again comes back, each file whole or not at all: an original, a rung, or the whole film.

A copy that was fetched for work leaves again by the sweep, once the work is done.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from errno import ENOSPC
from functools import partial
from pathlib import Path

from django.conf import settings

from bouquet.shared.assets.models import Asset
from bouquet.shared.assets.originals.policy import is_in_use
from bouquet.shared.assets.pipeline.lock import alone_with
from bouquet.shared.assets.store.bucket import Bucket, NotThere, Stored
from bouquet.shared.assets.store.keys import STREAMS, original_key, place_here, prefixes_of
from bouquet.shared.assets.store.opening import the_bucket
from bouquet.shared.assets.store.sending import digest_of, side_by_side
from bouquet.toolkit.ids import short_id
from bouquet.toolkit.tasks import heartbeat

PIECE = 4 * 1024 * 1024


class Damaged(Exception):
    """What came is not what was sent. It is removed again."""


def original_here(asset: Asset) -> Path:
    """Its original, fetched if need be. Raises FileNotFoundError, StoreAway, Damaged, OSError."""
    path = asset.source_path
    if path is None:
        raise FileNotFoundError(f"the original of {asset} is gone")
    if path.is_file() or asset.original_stored_at is None:
        return path
    with _alone(asset.upload_folder):
        if not path.is_file():  # another worker may have fetched it meanwhile
            bucket, key = the_bucket(), original_key(asset.uid)
            try:
                size = bucket.head(key)["ContentLength"]
            except NotThere as error:
                raise FileNotFoundError(f"{key} is not in {bucket}") from error
            _fetch(bucket, Stored(key, size, ""), path, asset.sha256)
    os.utime(path)  # the sweep looks how long ago it was wanted
    return path


@contextmanager
def original_borrowed(asset: Asset) -> Iterator[Path]:
    """The same for a moment: one that was fetched for this goes again, unless something else wants it by now."""
    kept = asset.source_path is not None and asset.source_path.is_file()
    path = original_here(asset)
    try:
        yield path
    finally:
        if not kept and not is_in_use(asset):
            path.unlink(missing_ok=True)


def rung_here(asset: Asset, name: str) -> None:
    """The folder of a rung or a sound, playlist and all, unless it is here. Raises StoreAway, Damaged, OSError."""
    folder = asset.stream_folder / name
    playlist = folder / "index.m3u8"
    if asset.stored_at is None or playlist.is_file():
        return
    with _alone(asset.upload_folder):
        if playlist.is_file():  # another worker fetched it
            return
        bucket = the_bucket()
        there = list(bucket.list(f"{STREAMS}{asset.uid}/{name}/"))
        if there:
            making = folder.with_name(f".fetched-{short_id()}")
            try:
                _fetch_all(bucket, [(each, making / each.key.rpartition("/")[2]) for each in there])
                shutil.rmtree(folder, ignore_errors=True)  # what a kill left of one that is whole there
                os.rename(making, folder)
            finally:
                shutil.rmtree(making, ignore_errors=True)


def bring_back(asset: Asset, bucket: Bucket) -> bool:
    """The whole film: files here, none there, then its row: what is here is looked at first. Safe after a kill.

    False where it is worked on just now. Raises StoreAway, Damaged, OSError.
    """
    with alone_with(asset) as alone:
        if alone:
            _bring_back(asset, bucket)
        return alone


def _bring_back(asset: Asset, bucket: Bucket) -> None:
    there = [each for prefix in prefixes_of(asset.uid) for each in bucket.list(prefix)]
    places = [(each, place_here(asset, each.key)) for each in there]
    wanted = [(each, place) for each, place in places if place is not None and not place.is_file()]
    _check_room(sum(each.size for each, _place in wanted))
    _fetch_all(bucket, wanted)
    side_by_side([partial(bucket.delete, each.key) for each in there])
    Asset.objects.filter(pk=asset.pk).update(stored_at=None, original_stored_at=None)


def _fetch_all(bucket: Bucket, wanted: list[tuple[Stored, Path]]) -> None:
    done, whole = 0, sum(each.size for each, _path in wanted) or 1

    def note(size: int) -> None:
        nonlocal done
        done += size
        heartbeat(min(0.99, done / whole))

    # Playlists last: what they name is there when they are.
    wanted = sorted(wanted, key=lambda each: each[0].key.endswith(".m3u8"))
    lists = [each for each in wanted if each[0].key.endswith(".m3u8")]
    for group in ([each for each in wanted if each not in lists], lists):
        side_by_side([partial(_fetch, bucket, each, path) for each, path in group], note)


def _fetch(bucket: Bucket, wanted: Stored, path: Path, digest: str = "") -> int:
    """A large one goes on where a kill came."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.fetched")
    begin = part.stat().st_size if part.exists() else 0
    if begin > wanted.size:
        part.unlink()
        begin = 0
    _check_room(wanted.size - begin)
    try:
        with part.open("ab") as file:
            if begin < wanted.size:
                asked = {"Range": f"bytes={begin}-"} if begin else {}
                body = bucket.get(wanted.key, **asked)["Body"]
                while piece := bucket.read(body, PIECE):
                    file.write(piece)
            file.flush()
            os.fsync(file.fileno())
    except NotThere as error:
        raise FileNotFoundError(f"{wanted.key} is not in {bucket}") from error
    if part.stat().st_size != wanted.size or (digest and digest_of(part) != digest):
        part.unlink()
        raise Damaged(f"{wanted.key} came from {bucket} otherwise than it was sent")
    os.replace(part, path)
    return wanted.size


def _check_room(size: int) -> None:
    if shutil.disk_usage(settings.DATA).free < settings.DISK_RESERVE_BYTES + size:
        raise OSError(ENOSPC, f"There is no room here for {size} bytes and the reserve")


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One worker fetches, the others wait for it. The lock goes with its process."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "fetching").open("w") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                time.sleep(0.2)
            else:
                break
        yield
