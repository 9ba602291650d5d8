"""The sound of a film as one file that any podcast program plays: what HLS has in segments, put behind one another.

Fragmented MP4 (ISO/IEC 14496-12) stays valid when its initialization and its segments are concatenated. The file is
made when somebody first asks for it, beside the segments, so that the same server and the same signatures give it.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from bouquet.shared.assets.models import Asset, Rendition
from bouquet.toolkit.ids import long_id

WHOLE = "whole.m4a"
PIECE = 1024 * 1024


def sound_of(asset: Asset) -> Rendition | None:
    """Its first sound track, once all of it is there. No query where the renditions were prefetched."""
    sounds = [each for each in asset.renditions.all() if each.kind == Rendition.Kind.AUDIO and not each.growing]
    return min(sounds, key=lambda each: (len(each.name), each.name), default=None)


def sound_length(asset: Asset) -> int:
    """Bytes of the whole file, made or not; 0 where the film is silent."""
    sound = sound_of(asset)
    if asset.stored_at:  # it was made before the film went, and went with it
        return int(asset.facts.get("whole_sound", 0)) if sound else 0
    try:
        return sound.size + _init(asset, sound).stat().st_size if sound else 0
    except OSError:
        return 0


def whole_sound(asset: Asset) -> str:
    """The file's path below the asset's stream folder, made now if need be; "" where there is no sound.

    Copies from disk to disk, a piece at a time; two who ask at once make two copies, of which one stays.
    """
    sound, length = sound_of(asset), sound_length(asset)
    if sound is None or not length:
        return ""
    if asset.stored_at:
        return f"{sound.name}/{WHOLE}"
    folder = asset.stream_folder / sound.name
    whole = folder / WHOLE
    if not (whole.exists() and whole.stat().st_size == length):
        _join([_init(asset, sound), *(folder / name for name in _segments(folder))], whole)
    return f"{sound.name}/{WHOLE}"


def _segments(folder: Path) -> list[str]:
    """As the playlist has them, in its order."""
    lines = (folder / "index.m3u8").read_text().splitlines()
    return [line for line in lines if line.endswith(".m4s") and "/" not in line]


def _join(parts: list[Path], whole: Path) -> None:
    making = whole.with_name(f".{long_id()}")
    try:
        with making.open("wb") as out:
            for part in parts:
                with part.open("rb") as file:
                    shutil.copyfileobj(file, out, PIECE)
        os.replace(making, whole)
    finally:
        making.unlink(missing_ok=True)


def _init(asset: Asset, sound: Rendition) -> Path:
    return asset.stream_folder / sound.name / "init.mp4"
