"""Cues → WebVTT and SubRip, and the file beside the film that players fetch."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from bouquet.shared.assets.captions.cues import Cue, clock
from bouquet.shared.assets.captions.markup import TAG, as_vtt
from bouquet.shared.assets.models import Asset, Caption

KEPT_BY_SUBRIP = ("b", "i", "u")


def vtt_of(cues: Iterable[Cue]) -> str:
    """https://www.w3.org/TR/webvtt1/"""
    blocks = ["WEBVTT"]
    for cue in cues:
        where = f" {cue.settings}" if cue.settings else ""
        blocks.append(f"{clock(cue.start)} --> {clock(cue.end)}{where}\n{as_vtt(cue.text)}")
    return "\n\n".join(blocks) + "\n"


def srt_of(cues: Iterable[Cue]) -> str:
    """SubRip has no standard; this is what players agree on."""
    blocks = []
    for number, cue in enumerate(cues, start=1):
        text = TAG.sub(lambda tag: tag[0] if tag["name"] in KEPT_BY_SUBRIP else "", cue.text)
        times = f"{clock(cue.start, point=',')} --> {clock(cue.end, point=',')}"
        blocks.append(f"{number}\n{times}\n{text}\n")
    return "\n".join(blocks)


def cues_of(caption: Caption) -> list[Cue]:
    return [Cue(*cue) for cue in caption.cues]


def version_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def write_file(caption: Caption) -> None:
    """Whole or not at all. Twice is once: the name says the content."""
    path = caption.asset.stream_folder / caption.path
    path.parent.mkdir(parents=True, exist_ok=True)
    making = path.with_name(f".{path.name}.{time.monotonic_ns()}.part")
    making.write_text(vtt_of(cues_of(caption)), encoding="utf-8")
    making.replace(path)


def restore_files(asset: Asset) -> int:
    """Writes again what its rows say and the folder does not have: after the folder was made anew, or a restore."""
    written = 0
    for caption in asset.captions.for_menus():
        if not (asset.stream_folder / caption.path).exists():
            caption.asset = asset
            write_file(caption)  # reads the cues: a query each, seldom
            written += 1
    return written


def sweep_files(asset: Asset) -> None:
    """Former versions, once no page that was opened before can still ask for them."""
    known = {Path(caption.path).name for caption in asset.captions.for_menus()}
    before = time.time() - settings.STREAM_ADDRESS_HOURS * 3600 - 900
    for path in (asset.stream_folder / "captions").glob("*"):
        with suppress(FileNotFoundError):
            if path.name not in known and path.stat().st_mtime < before:
                path.unlink()


def remove_files(asset: Asset, language: str, kind: str) -> None:
    """Every version of it, at once: it was taken away."""
    for path in (asset.stream_folder / "captions").glob(f"{language}-{kind}-*.vtt"):
        path.unlink(missing_ok=True)
