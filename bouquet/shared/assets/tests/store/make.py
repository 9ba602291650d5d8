"""Films that are ready and here, and what is asked about them in every test of the store."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings

from bouquet.shared.assets.models import Asset, Rendition
from bouquet.shared.assets.store.bucket import Bucket
from bouquet.shared.assets.store.keys import files_of
from bouquet.shared.assets.tasks import look_after_store
from bouquet.shared.assets.tests.make import ready_asset
from bouquet.toolkit.ids import short_id
from bouquet.toolkit.tasks.testing import run_all_tasks

SEGMENT = bytes(range(256)) * 4
ORIGINAL = b"\x00\x00\x00\x18ftypmp42"


def film(**changes: Any) -> Asset:
    """With a picture, a sound, and an original of a few bytes."""
    asset = ready_asset(size=len(ORIGINAL), **changes)
    asset.poster = f"{asset.uid}-{short_id()}"
    asset.save(update_fields=["poster"])
    folder = Path(settings.MEDIA_ROOT) / "posters" / asset.poster
    folder.mkdir(parents=True)
    (folder / "640.webp").write_bytes(b"RIFF")
    sound = asset.stream_folder / "audio"
    sound.mkdir()
    (sound / "index.m3u8").write_text("#EXTM3U\n#EXTINF:4.000,\nseg_00001.m4s\n#EXT-X-ENDLIST\n")
    (sound / "init.mp4").write_bytes(b"ftyp")
    (sound / "seg_00001.m4s").write_bytes(b"sound")
    Rendition.objects.create(asset=asset, name="audio", kind="audio", codecs="mp4a.40.2", segments=1, size=5)
    return fresh(asset)


def fresh(asset: Asset) -> Asset:
    return Asset.objects.get(pk=asset.pk)


def keep() -> None:
    """The ten minutes are over."""
    look_after_store.enqueue()
    run_all_tasks()


def here(asset: Asset) -> list[str]:
    return sorted(key for key, _path in files_of(fresh(asset)))


def there(bucket: Bucket, asset: Asset) -> list[str]:
    return sorted(each.key for each in bucket.list("") if asset.uid in each.key)
