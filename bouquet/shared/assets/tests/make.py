"""Assets for tests: rows and tiny files, no ffmpeg."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from bouquet.shared.assets.models import Asset, Rendition, Upload

MASTER = """#EXTM3U
#EXT-X-VERSION:7
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-STREAM-INF:BANDWIDTH=400000,CODECS="avc1.64000d",RESOLUTION=426x240,FRAME-RATE=25.000
v240/index.m3u8
"""
RUNG = """#EXTM3U
#EXT-X-VERSION:7
#EXT-X-TARGETDURATION:4
#EXT-X-PLAYLIST-TYPE:VOD
#EXT-X-MAP:URI="init.mp4"
#EXTINF:4.000,
seg-00000.m4s
#EXT-X-ENDLIST
"""


def make_asset(**changes: Any) -> Asset:
    """A video that has arrived and is being prepared; `state=`, `owner=`, `size=`… change it."""
    fields: dict[str, Any] = {
        "kind": Asset.Kind.VIDEO,
        "state": Asset.State.PROCESSING,
        "filename": "holiday.mp4",
        "size": 1000,
        "received_at": timezone.now(),
    }
    return Asset.objects.create(**fields | changes)


def make_upload(asset: Asset | None = None, **changes: Any) -> Upload:
    """An upload that has begun and not ended."""
    if asset is None:
        owner = changes.pop("person", None)
        asset = make_asset(owner=owner, state=Asset.State.WAITING, received_at=None, size=changes.get("size", 1000))
    fields: dict[str, Any] = {
        "asset": asset,
        "person": asset.owner,
        "size": asset.size,
        "expires_at": timezone.now() + timedelta(hours=48),
    }
    return Upload.objects.create(**fields | changes)


def ready_asset(**changes: Any) -> Asset:
    """A video that is ready: one rung of 240 lines, with a playlist, a segment of a few bytes and its original."""
    now = timezone.now()
    fields: dict[str, Any] = {
        "state": Asset.State.READY,
        "duration": 4.0,
        "width": 426,
        "height": 240,
        "playable_at": now,
        "ready_at": now,
    }
    asset = make_asset(**fields | changes)
    folder = asset.stream_folder / "v240"
    folder.mkdir(parents=True)
    asset.master_playlist.write_text(MASTER)
    (folder / "index.m3u8").write_text(RUNG)
    (folder / "init.mp4").write_bytes(b"\x00\x00\x00\x18ftypiso6")
    (folder / "seg-00000.m4s").write_bytes(bytes(range(256)) * 4)
    asset.upload_folder.mkdir(parents=True)
    (asset.upload_folder / "source").write_bytes(b"\x00\x00\x00\x18ftypmp42")
    asset.source = f"{asset.uid}/source"
    asset.save(update_fields=["source"])
    Rendition.objects.create(
        asset=asset,
        name="v240",
        kind="video",
        width=426,
        height=240,
        codecs="avc1.64000d",
        bandwidth=400_000,
        average_bandwidth=300_000,
        frame_rate=25.0,
        segments=1,
        size=1024,
    )
    return asset
