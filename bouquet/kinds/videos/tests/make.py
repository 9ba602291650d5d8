"""Videos for tests: rows and tiny files, no ffmpeg."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from bouquet.kinds.videos.models import Video
from bouquet.shared.assets.models import Asset
from bouquet.shared.assets.tests.make import make_upload, ready_asset
from bouquet.shared.network.models import Site
from bouquet.shared.works.actions import channel_of


def make_video(**changes: Any) -> Video:
    """A public video that plays, on the site given or the first one that has videos, by `author`."""
    site = changes.pop("site", None) or next(site for site in Site.objects.open() if site.has_kind("videos"))
    author = changes.get("author")
    asset = changes.pop("asset", None) or ready_asset(owner=author)
    fields: dict[str, Any] = {
        "asset": asset,
        "site": site,
        "kind": "videos",
        "channel": channel_of(author, site) if author else None,
        "title": "A day at the lake",
        "slug": "a-day-at-the-lake",
        "state": Video.State.LIVE,
        "published_at": timezone.now(),
        "duration": asset.duration,
        "poster": asset if asset.poster else None,
    }
    return Video.objects.create(**fields | changes)


def make_video_on_its_way(**changes: Any) -> Video:
    """A video whose file has not come yet."""
    upload = make_upload(person=changes.get("author"))
    fields = {"asset": upload.asset, "state": Video.State.DRAFT, "published_at": None, "listable": False}
    return make_video(**fields | changes)


def make_video_in_the_works(**changes: Any) -> Video:
    """A video that has arrived and cannot be played yet."""
    asset = Asset.objects.create(
        kind="video",
        state=Asset.State.PROCESSING,
        filename="lake.mov",
        size=1000,
        received_at=timezone.now(),
        owner=changes.get("author"),
    )
    fields = {"asset": asset, "state": Video.State.DRAFT, "published_at": None, "listable": False}
    return make_video(**fields | changes)
