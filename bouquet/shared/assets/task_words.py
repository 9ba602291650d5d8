"""What the pipeline's tasks are called, and which file they are about."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bouquet.shared.assets.models import Asset
from bouquet.shared.assets.open_tasks import ROOM
from bouquet.toolkit.tasks.models import TaskRow
from bouquet.toolkit.tasks.words import Subject, about, name_tasks

OF_ONE_ASSET = [
    ROOM + name
    for name in (
        "prepare_asset",
        "encode_ladder",
        "encode_largest",
        "encode_better",
        "make_storyboard",
        "cut_original",
        "cut_original_exactly",
        "hear_film",
        "make_picture_anew",
    )
]

name_tasks(
    {
        ROOM + "prepare_asset": _("Make a film playable"),
        ROOM + "encode_ladder": _("Make every quality of a film"),
        ROOM + "encode_largest": _("Make the largest qualities of a film"),
        ROOM + "encode_better": _("Encode a film anew with a better codec"),
        ROOM + "make_storyboard": _("Draw preview pictures and finish a film"),
        ROOM + "cut_original": _("Cut a film"),
        ROOM + "cut_original_exactly": _("Cut a film exactly"),
        ROOM + "make_picture_anew": _("Cut a picture around what matters in it"),
        ROOM + "hear_film": _("Listen to a film for captions"),
        ROOM + "resume_stalled_assets": _("Take up films that stand still"),
        ROOM + "tidy_uploads": _("Tidy up uploads"),
        ROOM + "restore_caption_files": _("Restore caption files"),
        ROOM + "sweep_asset_folders": _("Sweep folders that belong to nothing"),
        ROOM + "look_after_originals": _("Look after originals"),
        ROOM + "tend_original": _("Move or drop an original"),
        ROOM + "look_after_store": _("Look which films move to the object store"),
        ROOM + "store_next_film": _("Move a film to the object store"),
        ROOM + "bring_next_back": _("Bring a film back from the object store"),
        ROOM + "forget_stored": _("Remove a film from the object store"),
        ROOM + "clear_what_is_stored": _("Clear the disk of what lies in the object store"),
        ROOM + "sweep_store": _("Sweep the object store"),
    }
)


@about(*OF_ONE_ASSET)
def files(rows: list[TaskRow]) -> dict[UUID, Subject]:
    found = Asset.objects.select_related("owner").in_bulk({asset_of(row) for row in rows} - {0})
    return {
        row.pk: Subject(
            asset.filename or asset.uid,
            whose=asset.owner.name if asset.owner else "",
            details=reverse("assets_film", args=[asset.pk]),
        )
        for row in rows
        if (asset := found.get(asset_of(row)))
    }


def asset_of(row: TaskRow) -> int:
    number = row.args[0] if row.args else row.kwargs.get("asset_id")
    return number if isinstance(number, int) else 0
