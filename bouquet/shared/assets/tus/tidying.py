"""What the schedule puts in order: uploads that waited too long, and folders that no row knows."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from bouquet.shared.assets.models import Asset, Upload
from bouquet.shared.assets.tus.endings import OPEN_STATES, give_up

REMEMBERED = timedelta(days=30)  # that long an upload's address says what became of it
DAY = 24 * 3600


def give_up_expired() -> int:
    """End uploads whose time is over; their bytes go, their addresses answer 410."""
    expired = Upload.objects.filter(finished_at=None, expires_at__lte=timezone.now(), asset__state__in=OPEN_STATES)
    for upload in expired.select_related("asset"):
        give_up(upload, _("The file never arrived: the upload waited too long for its bytes."))
    return _forget_old()


def sweep_folders() -> int:
    """Remove folders older than a day that belong to no asset: left by a kill between a row and its files."""
    gone = 0
    for root in (Path(settings.UPLOADS_ROOT), Path(settings.STREAMS_ROOT)):
        for batch in _batches(root):
            known = set(Asset.objects.filter(uid__in=[each.name for each in batch]).values_list("uid", flat=True))
            for folder in batch:
                if folder.name not in known:
                    shutil.rmtree(folder, ignore_errors=True)
                    gone += 1
    return gone + _sweep_posters()


def _sweep_posters() -> int:
    """Pictures that no row names: a worker was killed between their files and their row, or a film went."""
    gone = 0
    for batch in _batches(Path(settings.MEDIA_ROOT) / "posters", POSTER):
        named = {each.name for each in batch}
        known = set(Asset.objects.filter(uid__in=[name[:22] for name in named]).values_list("poster", flat=True))
        for folder in batch:
            if folder.name not in known:
                shutil.rmtree(folder, ignore_errors=True)
                gone += 1
    return gone


ASSET = re.compile(r"[1-9A-Za-z]{22}")
POSTER = re.compile(r"[1-9A-Za-z]{22}-[1-9A-Za-z]+")


def _batches(root: Path, named: re.Pattern[str] = ASSET, size: int = 500) -> Iterator[list[Path]]:
    """Folders named like an asset and not touched for a day. What has another name is none of our business."""
    if not root.is_dir():
        return
    old = [
        each
        for each in root.iterdir()
        if named.fullmatch(each.name) and each.is_dir() and each.stat().st_mtime < time.time() - DAY
    ]
    for start in range(0, len(old), size):
        yield old[start : start + size]


def _forget_old() -> int:
    gone = 0
    for upload in Upload.objects.filter(finished_at=None, expires_at__lte=timezone.now() - REMEMBERED):
        asset = upload.asset
        upload.delete()
        try:
            asset.delete()
        except ProtectedError:  # a work still shows that it failed
            continue
        gone += 1
    return gone
