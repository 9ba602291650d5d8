"""A new original, cut out of another one: what lies between two moments of it.

Without encoding, the picture can begin at a keyframe only: the nearest one to the wanted moment is taken, and said. The
end is free. Where there is none nearby, or the container refuses the streams, and where the moment must be exact, the
picture is encoded once, near-lossless; the pipeline makes its renditions from that as from anything that was sent.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path, PurePath
from typing import IO, Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bouquet.shared.assets.events import AssetFailed
from bouquet.shared.assets.ffmpeg import (
    EncoderFailed,
    Limits,
    Outcome,
    input_arguments,
    output_into,
    run_ffmpeg,
    run_ffprobe,
)
from bouquet.shared.assets.models import Asset
from bouquet.shared.assets.pipeline.facts import Facts
from bouquet.shared.assets.store.fetching import original_here
from bouquet.toolkit.events import announce
from bouquet.toolkit.tasks import heartbeat

FURTHEST = 20.0  # seconds from the wanted beginning to a keyframe: beyond, the picture is encoded
LEAST = 0.5  # seconds that are left in any case
MIB = 1024 * 1024
_IN_MP4 = {"h264", "hevc", "av1", "vp9", "mpeg4"}
_SOUND_IN_MP4 = {"aac", "ac3", "eac3", "mp3", "opus", "alac", "flac"}


class Gone(Exception):
    """The cut was given up meanwhile."""


def cut(asset: Asset, former: Asset | None, *, starts_at: float, ends_at: float, exact: bool) -> float | None:
    """Write `asset`'s original. Gives where it really begins (seconds of the former film), None where it cannot be."""
    source = _original_of(former) if former else None
    if former is None or source is None or not source.exists() or "probe" not in former.facts:
        if former is not None and former.source and former.no_original:
            note_cut_failed(asset, former.no_original)
        else:
            note_cut_failed(asset, _("The original of this film is not there any more, so it could not be cut."))
        return None
    facts = Facts.from_json(former.facts["probe"])
    begin = starts_at if exact else keyframe_near(source, facts, starts_at, before=ends_at - LEAST)
    if begin is not None and not exact:
        with suppress(EncoderFailed):
            _write(asset, facts, source, begin, ends_at, copied=True)
            return begin
    try:
        _write(asset, facts, source, starts_at, ends_at, copied=False)
    except EncoderFailed as error:
        if error.stopped:
            raise  # a limit, a full disk: it may pass
        note_cut_failed(
            asset, _("This film could not be cut there. Choose other moments, or cut it before you send it.")
        )
        return None
    return starts_at


def _original_of(former: Asset) -> Path | None:
    """Here, fetched if need be; None where it is not to be had any more. Raises StoreAway: the task tries again."""
    try:
        return original_here(former)
    except FileNotFoundError:
        return None


def keyframe_near(source: Path, facts: Facts, moment: float, *, before: float) -> float | None:
    """The nearest place (seconds from the file's start) where the picture can begin, earlier than `before`.

    None: none within reach.
    """
    if moment <= 0:
        return 0.0
    head = run_ffprobe(source, facts.demuxer, ["-show_entries", "format=start_time"], limits=_LOOKING)[0]
    file_start = _number(head.get("format", {}).get("start_time"))
    window = f"{max(0.0, moment - FURTHEST) + file_start:.3f}%{moment + FURTHEST + file_start:.3f}"
    asked = ["-select_streams", str(facts.picture.index), "-show_entries", "packet=pts_time,flags"]
    packets = run_ffprobe(source, facts.demuxer, [*asked, "-read_intervals", window], limits=_LOOKING)[0]
    keys = [
        _number(each.get("pts_time")) - file_start
        for each in packets.get("packets", [])
        if "K" in each.get("flags", "") and "pts_time" in each
    ]
    near = [key for key in keys if abs(key - moment) <= FURTHEST and key < before]
    return max(0.0, min(near, key=lambda key: abs(key - moment))) if near else None


def note_cut(asset: Asset, begin: float, asked: float) -> bool:
    """It has arrived, like any file whose last byte came. Inside a transaction; True for the one who did it."""
    path = asset.upload_folder / "source"
    waiting = Asset.objects.filter(pk=asset.pk, state=Asset.State.WAITING)
    return bool(
        waiting.update(
            state=Asset.State.PROCESSING,
            received_at=timezone.now(),
            size=path.stat().st_size,
            filename=cut_filename(asset),
            source=f"{asset.uid}/source",
            facts={"cut": {"starts_at": round(begin, 6), "asked": round(asked, 6)}},
        )
    )


def note_cut_failed(asset: Asset, sentence: str) -> None:
    with transaction.atomic():
        waiting = Asset.objects.filter(pk=asset.pk, state=Asset.State.WAITING)
        if waiting.update(state=Asset.State.FAILED, reason=sentence):
            announce(AssetFailed(asset_id=asset.pk))
    shutil.rmtree(asset.upload_folder, ignore_errors=True)


def remove_cut(asset: Asset) -> None:
    """What was being written when it was given up."""
    shutil.rmtree(asset.upload_folder, ignore_errors=True)


def cut_filename(asset: Asset) -> str:
    """The container may be another one than the sent file's."""
    with (asset.upload_folder / "source").open("rb") as file:
        ending = ".mp4" if file.read(8)[4:8] == b"ftyp" else ".mkv"
    return PurePath(asset.filename or "film").stem[:200] + ending


_LOOKING = Limits(cpu=60, wall=120, silence=60, nice=0)


def _write(asset: Asset, facts: Facts, source: Path, begin: float, end: float, *, copied: bool) -> None:
    """Whole or not at all: under another name first."""
    asset.upload_folder.mkdir(parents=True, exist_ok=True)
    making = asset.upload_folder / "cut"
    length = end - begin
    most = _most_bytes(facts, source, length, copied=copied)
    if shutil.disk_usage(asset.upload_folder).free < settings.DISK_RESERVE_BYTES + most // 2:
        raise EncoderFailed("the disk is nearly full", stopped="disk")
    picture = facts.picture
    limits = Limits(
        cpu=int(120 + length * (4 if copied else 60)),
        wall=int(600 + length * (10 if copied else 120)),
        silence=180,
        memory=4096 * MIB + picture.width * picture.height * 3 * 64,
        output=1 * MIB,
        nice=5,
        file=most,
    )

    def on_tick(outcome: Outcome) -> None:
        heartbeat(min(outcome.out_seconds / max(length, 0.1), 1.0))
        if not Asset.objects.filter(pk=asset.pk).exists():
            raise Gone(str(asset))

    with making.open("w+b") as file:
        words = _arguments(facts, source, begin, length, file, copied=copied)
        run_ffmpeg(lambda _pipes: words, [], limits=limits, on_tick=on_tick, into=file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(making, asset.upload_folder / "source")


def _arguments(facts: Facts, source: Path, begin: float, length: float, file: IO[bytes], *, copied: bool) -> list[str]:
    picture = facts.picture
    half = float(1 / picture.rate / 2)
    enter = begin + (half if copied else 0.0)  # a hair after the keyframe: seeking gives that one, not its predecessor
    words = input_arguments(source, facts.demuxer, before=["-ss", f"{enter:.6f}"] if begin > 0 else [])
    words += ["-map", f"0:{picture.index}"]
    for sound in facts.sounds:
        words += ["-map", f"0:{sound.index}"]
    words += ["-t", f"{length - (half if copied and begin > 0 else 0.0):.6f}", "-map_chapters", "-1", "-sn", "-dn"]
    return words + (_copied(facts) if copied else _encoded(facts)) + output_into(file)


def _copied(facts: Facts) -> list[str]:
    fits = facts.picture.codec in _IN_MP4 and {sound.codec for sound in facts.sounds} <= _SOUND_IN_MP4
    if facts.demuxer == "mov":
        return ["-c", "copy", "-f", "mp4" if fits else "mov"]
    return ["-c", "copy", "-f", "mp4" if fits and facts.demuxer != "matroska" else "matroska"]


def _encoded(facts: Facts) -> list[str]:
    """Near-lossless, quickly: this is the source of renditions, not one of them. Colours are kept as they are."""
    picture = facts.picture
    deep = "10le" if picture.depth > 8 else ""
    words = ["-vf", "bwdif=mode=send_frame:deint=all"] if picture.interlaced else []
    words += ["-c:v", "libx264", "-preset", "veryfast", "-crf", "15", "-g", "60", "-pix_fmt", f"yuv420p{deep}"]
    for number, sound in enumerate(facts.sounds):
        words += [f"-c:a:{number}", "aac", f"-b:a:{number}", f"{min(6, max(1, sound.channels)) * 96}k"]
    return [*words, "-f", "mp4"]


def _most_bytes(facts: Facts, source: Path, length: float, *, copied: bool) -> int:
    share = min(1.0, length / max(facts.duration, 0.1))
    if copied:
        return int(source.stat().st_size * min(1.0, share * 1.5) * 1.05) + 64 * MIB
    pixels = facts.picture.width * facts.picture.height
    return int(length * max(8_000_000, pixels * 24) / 8) + 64 * MIB


def _number(text: Any) -> float:
    try:
        return float(text)
    except (TypeError, ValueError):
        return 0.0
