"""Verbs of assets: begin to receive a file, take note of its last byte, remove it with everything made of it."""

from __future__ import annotations

import re
import shutil
import unicodedata
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bouquet.shared.accounts.models import Person
from bouquet.shared.assets.models import Asset, Upload
from bouquet.shared.assets.permissions import check_upload
from bouquet.shared.assets.tasks import cut_original, cut_original_exactly, forget_stored, prepare_asset
from bouquet.shared.assets.tus.endings import give_up, note_last_byte


@transaction.atomic
def receive_asset(kind: str, *, owner: Person, filename: str, size: int, site: Any, **metadata: str) -> Asset:
    """Make the asset and its upload (`asset.upload`, to be sent to `asset.upload.path`).

    Raises UploadRefused(reason, status) when the file is empty or passes a limit of size, quota, open uploads or disk.
    """
    Person.objects.select_for_update().get(pk=owner.pk)  # two uploads begun at once count each other
    check_upload(owner, size)
    asset = Asset.objects.create(kind=kind, owner=owner, filename=shown_filename(filename), size=size)
    Upload.objects.create(
        asset=asset,
        person=owner,
        size=size,
        metadata={"site": site.slug if site else "", **metadata},
        expires_at=timezone.now() + timedelta(hours=settings.UPLOAD_EXPIRES_HOURS),
    )
    return asset


@transaction.atomic
def cut_asset(former: Asset, *, by: Person, starts_at: float, ends_at: float, exact: bool = False) -> Asset:
    """A new asset of what lies between two moments (seconds) of another one's original; it waits until it is cut.

    `facts["cut"]["starts_at"]` tells afterwards where it really begins. Raises UploadRefused over a limit of space.
    """
    Person.objects.select_for_update().get(pk=by.pk)
    Asset.objects.select_for_update().get(pk=former.pk)  # nobody moves or drops its original before the task is there
    share = (ends_at - starts_at) / max(former.duration or 0.0, 0.1)
    size = max(1, round(former.size * min(1.0, share)))
    check_upload(by, size)
    asset = Asset.objects.create(kind=former.kind, owner=by, filename=former.filename, size=size)
    way = cut_original_exactly if exact else cut_original
    way.enqueue(asset.pk, former.pk, starts_at, ends_at)
    return asset


def upload_finished(upload: Upload) -> bool:
    """The last byte is on the disk: hand the asset to the pipeline, once. False where that had been done before."""
    with transaction.atomic():
        if not note_last_byte(upload):
            return False
        prepare_asset.enqueue(upload.asset_id)
    return True


def cancel_upload(upload: Upload) -> None:
    """Its sender gave it up: the bytes go, the asset fails (AssetFailed tells whoever waits for it)."""
    give_up(upload, _("The upload was cancelled."))


def remove_asset(asset: Asset) -> None:
    """Remove the rows now and the files once that is certain."""
    folders = [asset.upload_folder, asset.stream_folder]
    if asset.archived_at and asset.source_path:
        folders.append(asset.source_path.parent)
    if asset.poster:
        folders.append(Path(settings.MEDIA_ROOT) / "posters" / asset.poster)
    with transaction.atomic():
        asset.delete()
        if settings.OBJECT_STORE:
            forget_stored.enqueue(asset.uid)
        transaction.on_commit(lambda: _remove_folders(folders))


def shown_filename(name: str) -> str:
    """A name as people know it: without folders, control or direction-changing characters. Never used as a path."""
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    name = "".join(each for each in name if unicodedata.category(each) not in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
    name = re.sub(r"\s+", " ", name).strip(" .")
    if len(name) > 200:
        stem, dot, ending = name.rpartition(".")
        name = f"{stem[:180]}{dot}{ending[:16]}" if dot else name[:200]
    return name


def _remove_folders(folders: list[Path]) -> None:
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
