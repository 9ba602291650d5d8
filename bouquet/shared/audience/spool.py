"""The buffer between collector and store: files of lines, one open file for each server process.

A line is handed to the system as it comes, so a process that is killed loses nothing that was answered. Every few
seconds the file is flushed to the disk, renamed from .part to .hits, and the next one begun: a power cut loses what the
system had not written yet, those seconds at most. The owner holds a lock on its .part: one that can be locked has lost
its owner, and is taken as it is (`loader.py`).
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import time
from collections import Counter
from pathlib import Path

from django.conf import settings

TURN_SECONDS = 5.0
MOST_BYTES = 1024**3  # waiting for a loader that does not come
FILE_BYTES = 8 * 1024**2


class Spool:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.drops: Counter[str] = Counter()
        self._fd = -1
        self._path = folder
        self._size = 0
        self._count = 0

    @property
    def is_full(self) -> bool:
        """It is time for `turn` before its time."""
        return self._size >= FILE_BYTES

    def write(self, line: bytes) -> bool:
        """One whole line; False where there is no room for it."""
        try:
            if self._fd < 0 and not self._open():
                return False
            os.write(self._fd, line)
        except OSError:  # the disk is full, or the folder is gone: a play is not worth an error
            return False
        self._size += len(line)
        return True

    def turn(self) -> tuple[int, Path] | None:
        """Take the open file out of use; the caller gives it to `seal`, in a thread. None where nothing was written."""
        if self.drops:
            line = json.dumps({"drops": self.drops}).encode() + b"\n"
            self.drops = Counter()
            self.write(line)
        if self._fd < 0:
            return None
        taken, self._fd, self._size = (self._fd, self._path), -1, 0
        return taken

    def _open(self) -> bool:
        self.folder.mkdir(parents=True, exist_ok=True)
        if not has_room(self.folder):
            return False
        self._count += 1
        self._path = self.folder / f"{time.time_ns():020}-{os.getpid()}-{self._count}.part"
        self._fd = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._fd, fcntl.LOCK_EX)
        return True


def seal(fd: int, path: Path) -> None:
    """To the disk, under the name that the loader looks for."""
    try:
        os.fsync(fd)
        path.rename(path.with_suffix(".hits"))
    finally:
        os.close(fd)


def spool_folder() -> Path:
    return Path(settings.AUDIENCE_SPOOL)


def has_room(folder: Path) -> bool:
    if shutil.disk_usage(folder).free < settings.DISK_RESERVE_BYTES // 2:
        return False
    return waiting_bytes(folder) < MOST_BYTES


def waiting_bytes(folder: Path) -> int:
    if not folder.exists():
        return 0
    with os.scandir(folder) as entries:
        return sum(entry.stat().st_size for entry in entries if entry.name.endswith((".part", ".hits")))


def ready_files(folder: Path) -> list[Path]:
    """Closed files, oldest first, with those whose owner is gone."""
    for orphan in sorted(folder.glob("*.part")) if folder.exists() else []:
        _adopt(orphan)
    return sorted(folder.glob("*.hits")) if folder.exists() else []


def _adopt(path: Path) -> None:
    try:
        fd = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return  # its owner has just renamed it
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if path.exists() and time.time() - path.stat().st_mtime > 1:  # not one that was made a moment ago, unlocked yet
            path.rename(path.with_suffix(".hits"))
    except (BlockingIOError, FileNotFoundError):
        pass
    finally:
        os.close(fd)
