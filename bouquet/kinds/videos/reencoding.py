"""Which films are worth a better codec: those watched most, for each view of them saves bytes."""

from __future__ import annotations

from django.db.models import QuerySet

from bouquet.kinds.videos.models import Video
from bouquet.shared.assets.models import Asset


def without_av1(*, least_views: int = 0) -> QuerySet[Video]:
    """Films that are ready, have their original and nobody has ordered in AV1; the most watched first."""
    videos = Video.objects.filter(
        views__gte=least_views, asset__kind=Asset.Kind.VIDEO, asset__state=Asset.State.READY, state=Video.State.LIVE
    )
    videos = videos.exclude(asset__source="").exclude(asset__steps__name="av1")
    return videos.select_related("asset").order_by("-views", "-pk")
