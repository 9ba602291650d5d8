"""One film at a time goes to the store: sent, compared with what the store lists, noted in its row, then removed here.

A kill before the row leaves objects that the next try finds and does not send again; a kill after it leaves files here
that the sweep removes. In between readers are given the files here, which are looked at first.
"""

from __future__ import annotations

import logging
import os
import shutil
from datetime import timedelta
from pathlib import Path

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from bouquet.shared.assets.models import Asset, Step
from bouquet.shared.assets.originals.policy import is_in_use
from bouquet.shared.assets.pipeline.lock import alone_with
from bouquet.shared.assets.sound import WHOLE, whole_sound
from bouquet.shared.assets.store.bucket import Bucket, Stored
from bouquet.shared.assets.store.fetching import Damaged, bring_back
from bouquet.shared.assets.store.keys import files_of, original_key, poster_folder, prefixes_of
from bouquet.shared.assets.store.opening import open_bucket
from bouquet.shared.assets.store.sending import digest_of, send_files
from bouquet.toolkit.ids import short_id

log = logging.getLogger("bouquet.assets")
Seen = dict[str, tuple[int, int]]  # by path: what it was when it was sent, in bytes and nanoseconds


class StoreForgets(Exception):
    """It said it had taken something, and does not list it. Nothing was removed here."""


def due(hours: int) -> QuerySet[Asset]:
    """Ready for so many hours, and here."""
    ready = Asset.objects.filter(state=Asset.State.READY, stored_at=None)
    return ready.filter(ready_at__lt=timezone.now() - timedelta(hours=hours)) if hours else ready


def store_next(after: int, hours: int) -> int | None:
    """One film of those whose turn it is, with an id above `after`; its id, or None when there is none left.

    What could not be sent is logged and has its turn again later. Raises StoreAway.
    """
    bucket = open_bucket()
    asset = due(hours).filter(pk__gt=after).order_by("pk").first()
    if asset is None:
        return None
    try:
        store_film(asset, bucket)
    except (StoreForgets, OSError) as error:
        log.error("%s could not be moved to %s: %s", asset, bucket, error)
    return asset.pk


def bring_next(after: int) -> int | None:
    """One film comes back, with an id above `after`; its id, or None when there is none left. Raises StoreAway."""
    bucket = open_bucket()
    there = Asset.objects.filter(state=Asset.State.READY).exclude(stored_at=None, original_stored_at=None)
    asset = there.filter(pk__gt=after).order_by("pk").first()
    if asset is None:
        return None
    try:
        bring_back(asset, bucket)
    except (Damaged, OSError) as error:
        log.error("%s could not be brought back from %s: %s", asset, bucket, error)
    return asset.pk


def store_film(asset: Asset, bucket: Bucket) -> bool:
    """False where it is worked on just now, or went meanwhile. Raises StoreAway, StoreForgets, OSError."""
    with alone_with(asset) as alone:
        if not alone or is_busy(asset):
            return False
        whole_sound(asset)
        files = list(files_of(asset))
        seen: Seen = {str(path): _look(path) for _key, path in files}
        there = _send(bucket, asset, files)
        if not there:
            log.error("%s has no files, neither here nor in %s", asset, bucket)
            return False
        if not _note(asset, there, _digest(asset, files)):
            return False
        _remove_here(asset, files, seen)
        tidy_folders(asset)
    return True


def is_busy(asset: Asset) -> bool:
    """Something makes or reads its files: a step, a cut, an ear."""
    under_way = [Step.State.WAITING, Step.State.RUNNING]
    return is_in_use(asset) or asset.steps.filter(state__in=under_way).exists()


def tidy_folders(asset: Asset) -> None:
    """A film that is kept elsewhere leaves nothing here but its captions."""
    for aside in asset.stream_folder.glob(".gone-*"):
        shutil.rmtree(aside, ignore_errors=True)
    for folder in (asset.stream_folder, poster_folder(asset) if asset.poster else None):
        if folder is not None and folder.is_dir():
            for each in sorted((path for path in folder.rglob("*") if path.is_dir()), reverse=True):
                _remove_if_empty(each)
            _remove_if_empty(folder)


def drop_here(asset: Asset, bucket: Bucket) -> int:
    """Of a film that is in the store: what was made or fetched since goes there, if it is not there, and leaves here.

    Gives how many files. Raises StoreAway, StoreForgets, OSError.
    """
    with alone_with(asset) as alone:
        if not alone or is_busy(asset):
            return 0
        files = list(files_of(asset))
        seen: Seen = {str(path): _look(path) for _key, path in files}
        if files:
            _send(bucket, asset, files)
            if any(key == original_key(asset.uid) for key, _path in files):
                Asset.objects.filter(pk=asset.pk, original_stored_at=None).update(original_stored_at=timezone.now())
            _remove_here(asset, files, seen)
        tidy_folders(asset)
        return len(files)


def _send(bucket: Bucket, asset: Asset, files: list[tuple[str, Path]]) -> dict[str, Stored]:
    """What the store lists of it afterwards, which is more than was sent where some had been there before."""
    there = _listed(bucket, asset)
    sent = send_files(bucket, files, there)
    listed = _listed(bucket, asset)
    missing = [key for key, each in sent.items() if listed.get(key) != each]
    if missing:
        raise StoreForgets(f"{len(missing)} of {len(files)} objects are not there as they were sent: {missing[0]}")
    return listed


def _digest(asset: Asset, files: list[tuple[str, Path]]) -> str:
    """Of the original, for who fetches it one day."""
    path = next((path for key, path in files if key == original_key(asset.uid)), None)
    return digest_of(path) if path is not None and not asset.sha256 else asset.sha256


def _listed(bucket: Bucket, asset: Asset) -> dict[str, Stored]:
    return {each.key: each for prefix in prefixes_of(asset.uid) for each in bucket.list(prefix)}


def _note(asset: Asset, there: dict[str, Stored], digest: str) -> bool:
    """The row says so from now on, unless somebody ordered something of the film while it was sent.

    By what the store lists: a row that came back from a copy of the database finds again what had gone there.
    """
    sounds = [each.size for key, each in there.items() if key.endswith(f"/{WHOLE}")]
    with transaction.atomic():
        row = Asset.objects.select_for_update().filter(pk=asset.pk, state=Asset.State.READY).first()
        if row is None or row.poster != asset.poster or row.source != asset.source or is_busy(row):
            return False
        row.stored_at, row.sha256 = timezone.now(), digest
        if row.source and row.archived_at is None and original_key(row.uid) in there:
            row.original_stored_at = row.stored_at
        if sounds:
            row.facts["whole_sound"] = sounds[0]
        row.save(update_fields=["stored_at", "original_stored_at", "sha256", "facts"])
    return True


def _remove_here(asset: Asset, files: list[tuple[str, Path]], seen: Seen) -> None:
    """Only what is still what was sent. A rung's folder goes in one move: half of one is never taken for a rung."""
    unchanged = [path for _key, path in files if path.exists() and _look(path) == seen[str(path)]]
    for folder in {path.parent for path in unchanged}:
        mine = [path for path in unchanged if path.parent == folder]
        all_there = {each.name for each in folder.iterdir() if not each.name.startswith(".")}
        if folder.parent == asset.stream_folder and all_there == {path.name for path in mine}:
            aside = folder.with_name(f".gone-{short_id()}")
            os.rename(folder, aside)
            shutil.rmtree(aside, ignore_errors=True)
        else:
            for path in mine:
                path.unlink(missing_ok=True)


def _look(path: Path) -> tuple[int, int]:
    facts = path.stat()
    return facts.st_size, facts.st_mtime_ns


def _remove_if_empty(folder: Path) -> None:
    try:
        folder.rmdir()
    except OSError:
        return
