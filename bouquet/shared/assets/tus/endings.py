"""How an upload ends: with its last byte, or given up. Both are safe to run twice and after a kill at any point."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress

from django.conf import settings
from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Least
from django.utils import timezone

from bouquet.shared.assets.events import AssetFailed
from bouquet.shared.assets.models import Asset, Upload
from bouquet.toolkit.events import announce

OPEN_STATES = (Asset.State.WAITING, Asset.State.UPLOADING)


def note_last_byte(upload: Upload) -> bool:
    """Rename the file and move the asset on to PROCESSING. True for the one caller who did it, False for all others.

    Call it inside a transaction, with what follows from it. The rename comes first: a kill between it and the row
    leaves a whole `source`, which counts as the offset just as well.
    """
    with suppress(FileNotFoundError):
        os.rename(upload.part_path, upload.whole_path)
    now = timezone.now()
    if not Upload.objects.filter(pk=upload.pk, finished_at=None).update(finished_at=now):
        return False
    Asset.objects.filter(pk=upload.asset_id).update(
        state=Asset.State.PROCESSING,
        received_at=now,
        size=upload.size,
        source=str(upload.whole_path.relative_to(settings.UPLOADS_ROOT)),
    )
    return True


def give_up(upload: Upload, reason: str) -> None:
    """Nothing more will come: forget the bytes, keep the row (its address answers 410) and tell whoever waits."""
    now = timezone.now()
    with transaction.atomic():
        waiting = Upload.objects.filter(pk=upload.pk, finished_at=None, asset__state__in=OPEN_STATES)
        if not waiting.update(expires_at=Least("expires_at", Value(now))):
            return
        Asset.objects.filter(pk=upload.asset_id).update(state=Asset.State.FAILED, reason=reason)
        announce(AssetFailed(asset_id=upload.asset_id))
        transaction.on_commit(lambda: shutil.rmtree(upload.asset.upload_folder, ignore_errors=True))


def whole_but_unnoticed() -> list[Upload]:
    """Uploads whose last byte is on the disk while the row does not know: the server was killed in between."""
    waiting = Upload.objects.filter(finished_at=None, asset__state__in=OPEN_STATES).select_related("asset")
    return [upload for upload in waiting if upload.offset == upload.size]
