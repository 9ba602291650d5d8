"""The three things that can become of an asset, each true and announced in one transaction."""

from __future__ import annotations

import shutil
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from bouquet.shared.assets.events import AssetFailed, AssetPlayable, AssetReady
from bouquet.shared.assets.models import Asset, Step
from bouquet.toolkit.events import announce


def note_playable(asset: Asset) -> None:
    """Inside the transaction that makes its first rendition's row. Announces once, however often it is said."""
    now = timezone.now()
    if Asset.objects.filter(pk=asset.pk, playable_at=None).update(playable_at=now):
        asset.playable_at = now
        announce(AssetPlayable(asset_id=asset.pk))


def note_ready(asset: Asset) -> None:
    with transaction.atomic():
        now = timezone.now()
        found = Asset.objects.filter(pk=asset.pk, state=Asset.State.PROCESSING)
        if found.update(state=Asset.State.READY, ready_at=now):
            announce(AssetReady(asset_id=asset.pk))


def note_failed(asset: Asset, step: Step | None, sentence: str, why: str) -> None:
    """Say why to its owner, and leave nothing behind: not the file, not what had been made of it."""
    with transaction.atomic():
        found = Asset.objects.filter(pk=asset.pk, state=Asset.State.PROCESSING)
        changed = found.update(state=Asset.State.FAILED, reason=sentence, source="", poster="", playable_at=None)
        if changed:
            asset.renditions.all().delete()
            asset.pieces.all().delete()  # whoever encodes one finds it gone, and stops
            if step is not None:
                Step.objects.filter(pk=step.pk).update(state=Step.State.FAILED, error=why, finished_at=timezone.now())
            announce(AssetFailed(asset_id=asset.pk))
    remove_files(asset)


def remove_files(asset: Asset) -> None:
    """Of an asset that failed or was removed while it was worked on. Safe to repeat."""
    for folder in (asset.stream_folder, asset.upload_folder):
        shutil.rmtree(folder, ignore_errors=True)
    for folder in (Path(settings.MEDIA_ROOT) / "posters").glob(f"{asset.uid}-*"):
        shutil.rmtree(folder, ignore_errors=True)
