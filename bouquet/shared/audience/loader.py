"""From spool files to the store, a few files in a transaction: their hits, the views they make, and their names.

Killed before the commit, nothing has happened and the files are there; killed after it, the files are there and their
names are known: they are only removed. Either way every hit counts once.
"""

from __future__ import annotations

import fcntl
import json
import logging
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from bouquet.shared.audience.hits import Hit
from bouquet.shared.audience.models import Dropped, LoadedFile
from bouquet.shared.audience.spool import ready_files, spool_folder
from bouquet.shared.audience.store import store
from bouquet.shared.audience.store.adding import add_to
from bouquet.shared.works.actions import add_views

log = logging.getLogger(__name__)
BATCH_BYTES = 4 * 1024**2  # about 20,000 hits in one transaction
NAMES_KEPT = timedelta(days=7)


@dataclass(slots=True)
class Loaded:
    files: int = 0
    hits: int = 0
    views: int = 0


def load_spool(folder: Path | None = None) -> Loaded:
    """Everything that is ready. Gives nothing where another loader of this machine is at it."""
    folder, loaded = folder or spool_folder(), Loaded()
    with _alone(folder) as is_alone:
        if is_alone:
            for files in _batches(ready_files(folder)):
                _load(files, loaded)
                for file in files:
                    file.unlink(missing_ok=True)
    return loaded


def _load(files: list[Path], loaded: Loaded) -> None:
    with transaction.atomic():
        known = set(LoadedFile.objects.filter(pk__in=[file.name for file in files]).values_list("pk", flat=True))
        new = [file for file in files if file.name not in known]
        if not new:
            return
        hits, drops = _read(new)
        written = store().write(hits)
        add_views(written.views)
        drops["doubted"] += written.doubted
        _note_drops(drops)
        LoadedFile.objects.bulk_create([LoadedFile(name=file.name) for file in new])
    loaded.files += len(new)
    loaded.hits += len(hits)
    loaded.views += written.views.total()


def _read(files: list[Path]) -> tuple[list[Hit], Counter[str]]:
    hits: list[Hit] = []
    drops: Counter[str] = Counter()
    for file in files:
        for line in file.read_bytes().splitlines():
            try:
                if line.startswith(b"{"):
                    drops.update(json.loads(line)["drops"])
                else:
                    hits.append(Hit.from_line(line))
            except (ValueError, TypeError, KeyError):
                drops["torn"] += 1
    return hits, drops


def _note_drops(drops: Counter[str]) -> None:
    today = timezone.localdate()
    rows = [(today, reason, number) for reason, number in sorted(drops.items()) if number]
    add_to(Dropped, ("day", "reason"), ("number",), rows)


def _batches(files: list[Path]) -> Iterator[list[Path]]:
    batch: list[Path] = []
    size = 0
    for file in files:
        batch.append(file)
        size += file.stat().st_size
        if size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


@contextmanager
def _alone(folder: Path) -> Iterator[bool]:
    folder.mkdir(parents=True, exist_ok=True)
    fd = os.open(folder / ".loading", os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield True
    except BlockingIOError:
        yield False
    finally:
        os.close(fd)


def forget_names(today: date) -> None:
    """Files that were removed long ago will not come back."""
    LoadedFile.objects.filter(loaded_at__lt=timezone.now() - NAMES_KEPT).delete()
    Dropped.objects.filter(day__lt=today - timedelta(days=400)).delete()
