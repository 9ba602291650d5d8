"""For the operator's queue: which film a task of the pipeline is about, whether it is its file or the one to come."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bouquet.kinds.videos.models import Replacement, Video
from bouquet.toolkit.tasks.models import TaskRow
from bouquet.toolkit.tasks.words import Subject, about, name_tasks

ASSETS = "bouquet.shared.assets.tasks."
name_tasks(
    {
        "bouquet.kinds.videos.imports.tasks.look_at_source": _("Look at the source of an import"),
        "bouquet.kinds.videos.imports.tasks.take_next": _("Fetch a film of an import"),
        "bouquet.kinds.videos.imports.tasks.look_after_imports": _("Look after imports"),
        "bouquet.kinds.videos.replacing.tasks.clear_up_former_films": _("Clear up former films"),
    }
)


@about(
    *(
        ASSETS + name
        for name in (
            "prepare_asset",
            "encode_ladder",
            "encode_largest",
            "encode_better",
            "make_storyboard",
            "cut_original",
            "cut_original_exactly",
            "hear_film",
        )
    )
)
def films(rows: list[TaskRow]) -> dict[UUID, Subject]:
    """Two queries for all of them."""
    wanted = {row.args[0] for row in rows if row.args and isinstance(row.args[0], int)}
    found = {each.asset_id: each for each in Video.objects.filter(asset_id__in=wanted).select_related("site", "author")}
    coming = Replacement.objects.filter(asset_id__in=wanted - found.keys()).select_related(
        "video__site", "video__author"
    )
    found |= {each.asset_id: each.video for each in coming if each.asset_id}
    return {
        row.pk: Subject(
            video.title,
            video.address,
            video.author.name if video.author else "",
            reverse("assets_film", args=[row.args[0]]),
        )
        for row in rows
        if row.args and (video := found.get(row.args[0]))
    }
