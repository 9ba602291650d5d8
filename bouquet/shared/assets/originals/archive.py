"""The folder on the other disk: is it there, is it this network's, is there room. A copy counts once it was compared.

An archive is marked with a hidden file that names its network. An empty folder where originals should be is a disk that
was not mounted: nothing is written to it, and nothing in the archive is taken for lost.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.utils.crypto import salted_hmac

from bouquet.shared.assets.models import Asset
from bouquet.toolkit.tasks import heartbeat

MARK = ".bouquet"
PIECE = 4 * 1024 * 1024


class ArchiveAway(Exception):
    """Why originals cannot be moved there now, in a sentence for the operator."""


class NoRoom(Exception):
    """The archive is full: smaller things of today may still be done."""


class CopyDiffers(Exception):
    """What was read back is not what was read. The copy is gone, the original is where it was."""


def open_archive() -> Path:
    """The archive, marked as this network's the first time. Raises ArchiveAway."""
    archive = look_at_archive()
    mark = archive / MARK
    if not mark.exists():
        try:
            mark.write_text(_network())
        except OSError as error:
            raise ArchiveAway(f"{archive} cannot be written: {error.strerror}.") from error
    return archive


def look_at_archive() -> Path:
    """The archive, where it can be used. Changes nothing. Raises ArchiveAway."""
    if not settings.ORIGINALS_ARCHIVE:
        raise ArchiveAway("BOUQUET_ORIGINALS_ARCHIVE is not set.")
    archive = Path(settings.ORIGINALS_ARCHIVE)
    if not archive.is_dir():
        raise ArchiveAway(f"{archive} is not there. Mount its disk, or make the folder.")
    try:
        said = (archive / MARK).read_text()
    except FileNotFoundError:
        if Asset.objects.exclude(archived_at=None).exists():
            raise ArchiveAway(f"{archive} is empty, but holds originals: is its disk mounted?") from None
        return archive
    except OSError as error:
        raise ArchiveAway(f"{archive} cannot be read: {error.strerror}.") from error
    if said != _network():
        raise ArchiveAway(f"{archive} belongs to another network: its file {MARK} says so.")
    return archive


@contextmanager
def alone_in(archive: Path) -> Iterator[None]:
    """One process at a time writes there; the lock goes with it. Raises ArchiveAway."""
    with (archive / ".lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ArchiveAway("another worker is moving an original.") from None
        yield


def place_in(archive: Path, asset: Asset) -> Path:
    return archive / asset.uid / "source"


def copy_compared(source: Path, target: Path) -> str:
    """Copy, read back, compare, then name it `target`. Gives its SHA-256.

    A copy that a kill cut short is gone on with. Raises NoRoom, CopyDiffers, OSError.
    """
    making = target.with_name("part")
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        _check_room(source, making)
        digest = _copy(source, making)
    except NoRoom:
        forget_copy(target)
        raise
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            forget_copy(target)
            raise NoRoom(str(error)) from error
        raise
    if _digest_on_disk(making) != digest:
        forget_copy(target)
        raise CopyDiffers(f"the copy of {source} differs from it")
    os.replace(making, target)
    return digest


def forget_copy(target: Path) -> None:
    shutil.rmtree(target.parent, ignore_errors=True)


def _check_room(source: Path, making: Path) -> None:
    there = making.stat().st_size if making.exists() else 0
    needed = max(0, source.stat().st_size - there)
    if shutil.disk_usage(making.parent).free < needed + settings.DISK_RESERVE_BYTES:
        raise NoRoom(f"{making.parent.parent} has no room for {needed} bytes and the reserve")


def _copy(source: Path, making: Path) -> str:
    digest, size = hashlib.sha256(), max(1, source.stat().st_size)
    with source.open("rb") as original, making.open("ab") as copy:
        there = copy.tell() // PIECE * PIECE  # a piece that was being written is written again
        copy.truncate(there if there <= size else 0)
        there = copy.seek(0, os.SEEK_END)
        done = 0
        while piece := original.read(PIECE):
            digest.update(piece)
            done += len(piece)
            if done > there:
                copy.write(piece)
            heartbeat(0.7 * done / size)
        copy.flush()
        os.fsync(copy.fileno())
    return digest.hexdigest()


def _digest_on_disk(path: Path) -> str:
    """Read from the disk, not from what the system still remembers of the writing."""
    digest, done, size = hashlib.sha256(), 0, max(1, path.stat().st_size)
    with path.open("rb") as file:
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        while piece := file.read(PIECE):
            digest.update(piece)
            done += len(piece)
            heartbeat(0.7 + 0.3 * done / size)
    return digest.hexdigest()


def _network() -> str:
    return salted_hmac("bouquet.originals", "archive", algorithm="sha256").hexdigest()[:32] + "\n"
