"""What a kill, a removal or a piece of work left on the wrong side: files here of films that are there, and objects of
films that are gone."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path

from django.conf import settings

from bouquet.shared.assets.models import Asset
from bouquet.shared.assets.store.bucket import Bucket
from bouquet.shared.assets.store.keys import ORIGINALS, POSTERS, STREAMS, files_of, original_key, prefixes_of
from bouquet.shared.assets.store.moving import StoreForgets, drop_here
from bouquet.shared.assets.store.sending import side_by_side

log = logging.getLogger("bouquet.assets")
HOUR = 3600
ASSET = re.compile(r"[1-9A-Za-z]{22}")


def sweep_here(bucket: Bucket) -> int:
    """Files of films that are in the store, not touched for an hour: they go there, if they are new, and leave here.

    Raises StoreAway.
    """
    gone = 0
    for asset in _in_the_store_and_here():
        paths = [path for _key, path in files_of(asset)]
        if paths and max(path.stat().st_mtime for path in paths) > time.time() - HOUR:
            continue
        try:
            gone += drop_here(asset, bucket)
        except (StoreForgets, OSError) as error:
            log.error("files of %s stay here: %s", asset, error)
    return gone


def sweep_there(bucket: Bucket) -> int:
    """Objects of films that are gone, pictures that were replaced, originals that were dropped. Raises StoreAway."""
    gone = 0
    for root in (STREAMS, ORIGINALS):
        for uids in _batches(uid for uid in bucket.folders(root) if ASSET.fullmatch(uid)):
            known = Asset.objects.filter(uid__in=uids)
            wanted = set((known.exclude(source="") if root == ORIGINALS else known).values_list("uid", flat=True))
            for uid in set(uids) - wanted:
                gone += remove_below(bucket, f"{root}{uid}/")
    for names in _batches(name for name in bucket.folders(POSTERS) if ASSET.fullmatch(name[:22])):
        wanted = set(Asset.objects.filter(poster__in=names).values_list("poster", flat=True))
        for name in set(names) - wanted:
            gone += remove_below(bucket, f"{POSTERS}{name}/")
    return gone


def forget_film(bucket: Bucket, uid: str) -> int:
    """Of a film that was removed: nothing is left there. Raises StoreAway."""
    if Asset.objects.filter(uid=uid).exists():
        return 0
    if begun := bucket.open_parts(original_key(uid)):
        bucket.give_up_parts(original_key(uid), begun[0])
    return sum(remove_below(bucket, prefix) for prefix in prefixes_of(uid))


def remove_below(bucket: Bucket, prefix: str) -> int:
    keys = [each.key for each in bucket.list(prefix)]
    side_by_side([partial(bucket.delete, key) for key in keys])
    return len(keys)


def _in_the_store_and_here() -> Iterator[Asset]:
    for root in (Path(settings.STREAMS_ROOT), Path(settings.UPLOADS_ROOT)):
        names = (each.name for each in (root.iterdir() if root.is_dir() else ()) if ASSET.fullmatch(each.name))
        for uids in _batches(names):
            yield from Asset.objects.filter(uid__in=uids, state=Asset.State.READY).exclude(stored_at=None)


def _batches(names: Iterable[str], size: int = 500) -> Iterator[list[str]]:
    left = iter(names)
    while batch := list(islice(left, size)):
        yield batch
