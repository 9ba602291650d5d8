"""What assets hold about a person: the originals they sent, uploads under way, captions they wrote."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from bouquet.shared.accounts.models import Person
from bouquet.shared.accounts.personal_data import personal_data
from bouquet.shared.assets.actions import remove_asset
from bouquet.shared.assets.captions.writing import cues_of, vtt_of
from bouquet.shared.assets.models import Asset, Caption, Upload
from bouquet.shared.assets.store.fetching import original_borrowed


def export_assets(person: Person) -> dict[str, Any]:
    return {
        "files": [
            {
                "id": asset.uid,
                "kind": asset.kind,
                "filename": asset.filename,
                "size": asset.size,
                "state": asset.state,
                "reason": asset.reason,
                "duration": asset.duration,
                "width": asset.width,
                "height": asset.height,
                "sent_at": asset.created_at,
                "received_at": asset.received_at,
                "original": "kept" if asset.source else "gone",
            }
            for asset in Asset.objects.filter(owner=person).order_by("created_at")
        ],
        "captions": [
            {
                "file": caption.asset.uid,
                "language": caption.language,
                "kind": caption.kind,
                "changed_at": caption.changed_at,
                "text": vtt_of(cues_of(caption)),
            }
            for caption in Caption.objects.filter(changed_by=person).select_related("asset").order_by("pk").iterator()
        ],
    }


def originals(person: Person) -> Iterable[tuple[str, Path]]:
    """Each kept original under its own name, with its id in front so that two of a name both fit."""
    for asset in Asset.objects.filter(owner=person).exclude(source="").order_by("created_at"):
        with suppress(FileNotFoundError), original_borrowed(asset) as path:
            if path.is_file():
                yield f"files/{asset.uid[:8]} {asset.filename or 'original'}", path


def erase_assets(person: Person) -> None:
    """What no work of somebody else needs goes with its files; the rest stays without a name on it."""
    for asset in Asset.objects.filter(owner=person):
        try:
            remove_asset(asset)
        except ProtectedError:
            continue
    Upload.objects.filter(person=person).delete()
    Asset.objects.filter(owner=person).update(owner=None, filename="")
    Caption.objects.filter(changed_by=person).update(changed_by=None)


personal_data(
    "assets",
    models=[Asset, Caption, Upload],
    export=export_assets,
    erase=erase_assets,
    files=originals,
    goes=_("The files that you sent, and everything that was made of them."),
)
