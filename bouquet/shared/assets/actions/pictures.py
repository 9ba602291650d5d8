"""A picture that the house already has and trusts (a cut of one from the desk), as the asset that works show."""

from __future__ import annotations

from typing import BinaryIO

from django.utils import timezone
from PIL import Image

from bouquet.shared.assets.actions.files import shown_filename
from bouquet.shared.assets.models import Asset
from bouquet.shared.assets.pipeline.poster import save_poster


def add_picture(file: BinaryIO, *, filename: str = "") -> Asset:
    """Written in its widths at once, for a task: it takes a second. Raises OSError for what is no picture."""
    with Image.open(file) as picture:
        flat = picture.convert("RGB")
    now = timezone.now()
    asset = Asset.objects.create(
        kind=Asset.Kind.IMAGE,
        state=Asset.State.READY,
        filename=shown_filename(filename),
        width=flat.width,
        height=flat.height,
        received_at=now,
        ready_at=now,
    )
    save_poster(asset, flat)
    return asset
