"""The named references: what somebody would type to get the same rungs out of one ffmpeg, or of one ffmpeg each."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bouquet.shared.assets.ffmpeg import ffmpeg_path
from bouquet.shared.assets.pipeline.plan import Rung


@dataclass(frozen=True)
class Spent:
    cpu: float
    wall: float


def one_process(source: Path, rungs: Sequence[Rung], folder: Path, *, copy: bool = False, sound: bool = True) -> Spent:
    """One decode, `split`, a scale for each rung, HLS in fragmented MP4: the form of every tutorial."""
    count = len(rungs)
    pads = "".join(f"[s{number}]" for number in range(count))
    scales = ";".join(f"[s{n}]scale={rung.width}:{rung.height}[v{n}]" for n, rung in enumerate(rungs))
    words = ["-i", str(source), "-filter_complex", f"[0:v]split={count}{pads};{scales}"]
    for number, rung in enumerate(rungs):
        words += ["-map", f"[v{number}]", *_encoded(rung, number)]
    streams = [f"v:{number}" for number in range(count)]
    if copy:
        words += ["-map", "0:v:0", f"-c:v:{count}", "copy"]
        streams.append(f"v:{count}")
    if sound:
        words += ["-map", "0:a:0", "-c:a", "copy" if copy else "aac", *([] if copy else ["-b:a", "128k"])]
        streams.append("a:0")
    words += _hls(folder / "v%v", " ".join(streams))
    return _run(words)


def one_process_each(source: Path, rungs: Sequence[Rung], folder: Path) -> Spent:
    """A decode for each rung, one after another."""
    spent = [
        _run(
            [
                *("-i", str(source), "-map", "0:v:0", "-vf", f"scale={rung.width}:{rung.height}"),
                *(*_encoded(rung, 0), *_hls(folder / f"each{rung.lines}", "")),
            ]
        )
        for rung in rungs
    ]
    return Spent(sum(each.cpu for each in spent), sum(each.wall for each in spent))


def _encoded(rung: Rung, number: int) -> list[str]:
    own = f":v:{number}"
    return [
        *(f"-c{own}", "libx264", f"-preset{own}", "veryfast", f"-profile{own}", "high", f"-pix_fmt{own}", "yuv420p"),
        *(f"-crf{own}", "23", f"-maxrate{own}", str(rung.cap), f"-bufsize{own}", str(rung.cap * 2)),
        *(f"-g{own}", "50", f"-keyint_min{own}", "50", f"-sc_threshold{own}", "0"),
    ]


def _hls(folder: Path, streams: str) -> list[str]:
    folder.mkdir(parents=True, exist_ok=True) if "%" not in folder.name else None
    return [
        *("-f", "hls", "-hls_time", "4", "-hls_segment_type", "fmp4", "-hls_playlist_type", "vod"),
        *(["-var_stream_map", streams] if streams else []),
        *("-hls_segment_filename", str(folder / "seg%d.m4s"), str(folder / "index.m3u8")),
    ]


def _run(words: list[str]) -> Spent:
    began = time.monotonic()
    process = subprocess.Popen([ffmpeg_path(), "-v", "error", "-nostdin", "-y", *words], preexec_fn=lambda: os.nice(10))
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"the reference failed: {' '.join(words)}")
    return Spent(usage.ru_utime + usage.ru_stime, time.monotonic() - began)
