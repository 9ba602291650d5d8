"""What the clock does with films."""

from __future__ import annotations

import logging
from contextlib import suppress

from django.conf import settings

from bouquet.kinds.videos.reencoding import without_av1
from bouquet.shared.assets.actions import CannotReencode, reencode_asset
from bouquet.toolkit.tasks import daily, task

log = logging.getLogger("bouquet.videos")
A_NIGHT = 10  # films: what is left waits for the next one


@daily("01:40")
@task(lane="extras")
def reencode_most_watched() -> int:
    """Order AV1 for what is watched most, where the operator wishes it. Gives how many were ordered."""
    if not settings.VIDEO_AV1_AFTER_VIEWS:
        return 0
    ordered = 0
    for video in without_av1(least_views=settings.VIDEO_AV1_AFTER_VIEWS)[:A_NIGHT]:
        with suppress(CannotReencode):
            reencode_asset(video.asset, codec="av1")
            ordered += 1
    return ordered
