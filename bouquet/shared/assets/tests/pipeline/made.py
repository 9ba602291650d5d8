"""Through the door: a file is received, the tasks run, and what was made is played back by decoding it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

from django.utils import timezone

from bouquet.shared.assets.ffmpeg import ffmpeg_path, ffprobe_path
from bouquet.shared.assets.models import Asset
from bouquet.shared.assets.tasks import prepare_asset
from bouquet.shared.assets.tests.make import make_asset
from bouquet.toolkit.tasks.testing import run_all_tasks


def received(path: Path, **changes: Any) -> Asset:
    """An asset whose last byte has just arrived."""
    asset = make_asset(**{"filename": path.name, "size": path.stat().st_size, "received_at": timezone.now()} | changes)
    asset.upload_folder.mkdir(parents=True)
    shutil.copyfile(path, asset.upload_folder / "source")
    asset.source = f"{asset.uid}/source"
    asset.save(update_fields=["source"])
    return asset


def prepared(path: Path, **changes: Any) -> Asset:
    """The same, after every task."""
    asset = received(path, **changes)
    prepare_asset.enqueue(asset.pk)
    run_all_tasks(later=True)
    return Asset.objects.get(pk=asset.pk)


def streams(asset: Asset) -> list[dict[str, Any]]:
    """What ffprobe says is in the multivariant playlist."""
    done = subprocess.run(
        [ffprobe_path(), "-v", "error", "-of", "json", "-show_streams", str(asset.master_playlist)],
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["streams"]


def decoded(asset: Asset, name: str) -> dict[str, Any]:
    """Play one rendition to its end: its frames (or samples), its length, its size; errors are failures."""
    playlist = asset.stream_folder / name / "index.m3u8"
    entries = "stream=width,height,codec_name,pix_fmt,channels,color_transfer:frame=pts_time,duration_time,nb_samples"
    done = subprocess.run(
        [ffprobe_path(), "-v", "error", "-of", "json", "-show_frames", "-show_entries", entries, str(playlist)],
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0 and not done.stderr, done.stderr
    found = json.loads(done.stdout)
    times = [float(frame["pts_time"]) for frame in found["frames"]]
    assert times == sorted(times)
    return {
        "frames": len(times),
        "times": times,
        "samples": sum(frame.get("nb_samples", 0) for frame in found["frames"]),
        "start": times[0],
        "duration": times[-1] + float(found["frames"][-1].get("duration_time", 0)) - times[0],
        **found["streams"][0],
    }


def picture_at(asset: Asset, name: str, seconds: float, size: str = "64x36") -> bytes:
    """One decoded picture as RGB bytes."""
    playlist = asset.stream_folder / name / "index.m3u8"
    done = subprocess.run(
        [ffmpeg_path(), "-v", "error", "-ss", str(seconds), "-i", str(playlist), "-frames:v", "1", "-s", size,
         "-pix_fmt", "rgb24", "-f", "rawvideo", "-"],
        capture_output=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def brightness(asset: Asset, name: str) -> list[float]:
    """The mean luma of every picture of a rendition."""
    playlist = asset.stream_folder / name / "index.m3u8"
    done = subprocess.run(
        [ffmpeg_path(), "-v", "error", "-i", str(playlist), "-vf", "scale=8:8", "-fps_mode", "passthrough",
         "-pix_fmt", "yuv420p", "-f", "rawvideo", "-"],
        capture_output=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0 and not done.stderr, done.stderr
    size = 8 * 8 * 3 // 2
    return [sum(done.stdout[at : at + 64]) / 64 for at in range(0, len(done.stdout), size)]


def cuts(asset: Asset, name: str) -> list[str]:
    """The EXTINF list of a rendition."""
    return re.findall(r"#EXTINF:([0-9.]+),", (asset.stream_folder / name / "index.m3u8").read_text())


def leftovers(asset: Asset) -> list[Path]:
    """Every file that still exists for this asset."""
    from django.conf import settings

    roots = [Path(settings.STREAMS_ROOT), Path(settings.UPLOADS_ROOT), Path(settings.MEDIA_ROOT)]
    return [path for root in roots if root.exists() for path in root.rglob("*") if asset.uid in str(path)]
