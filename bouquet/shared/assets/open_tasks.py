"""The rows of the queue that are about one film, by their keys."""

from __future__ import annotations

from django.conf import settings

from bouquet.toolkit.tasks.models import TaskRow

ROOM = "bouquet.shared.assets.tasks."


def open_tasks_of(asset_id: int) -> list[TaskRow]:
    """What waits, runs, failed or was cancelled for one film; the running first. One query."""
    alone = [f"{ROOM}{name} asset {asset_id}" for name in ("prepare_asset", "make_storyboard")]
    cuts = [f"{ROOM}{name} cut {asset_id}" for name in ("cut_original", "cut_original_exactly")]
    shared = [
        f"{ROOM}{name} asset {asset_id} seat {seat}"
        for name in ("encode_ladder", "encode_largest", "encode_better")
        for seat in range(settings.VIDEO_PIECES_AT_ONCE)
    ]
    keys = [*alone, *cuts, *shared, f"{ROOM}hear_film hearing {asset_id}"]
    states = [TaskRow.State.RUNNING, TaskRow.State.WAITING, TaskRow.State.FAILED, TaskRow.State.CANCELLED]
    rows = TaskRow.objects.filter(state__in=states, key__in=keys).order_by("urgency", "-priority", "run_after")[:50]
    return sorted(rows, key=lambda row: states.index(TaskRow.State(row.state)))
