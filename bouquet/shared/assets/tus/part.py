"""The file that grows. One writer holds it; its length is the offset. Everything here blocks: call it from a thread."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from bouquet.shared.assets.tus.protocol import CHECKSUM_MISMATCH, Digest, Refusal

# Whenever the file passes a multiple of this, whichever request did it: the last byte must never wait for gigabytes to
# reach the disk, not even when they came in small requests.
SYNC_EVERY = 16 * 1024**2
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class Part:
    """An upload's file, open and locked for one writer. The lock is the kernel's: it ends with the process."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self._fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._still_there()
        except OSError:
            os.close(self._fd)
            raise Refusal(
                423,
                _("This upload is being sent already"),
                _("Another connection is sending this file at the moment. Wait a little and go on from its offset."),
                Retry_After="5",
            ) from None
        self.start = self.offset = self._drop_unverified()
        self._synced = self.offset

    def verify_before_keeping(self) -> None:
        """What follows counts only once `keep_if` has seen its checksum, also after a kill."""
        unverified_mark(self.path).write_text(str(self.offset))

    def write(self, data: bytes) -> None:
        """Append. When the disk is full what fitted is kept, and the sender is told (507)."""
        view = memoryview(data)
        try:
            while view:
                written = os.pwrite(self._fd, view, self.offset)
                self.offset += written
                view = view[written:]
            if self.offset // SYNC_EVERY > self._synced // SYNC_EVERY:
                self.sync()
                require_room(self.path.parent)
        except OSError as error:
            if error.errno not in FULL:
                raise
            raise _disk_full() from None

    def keep_if(self, digest: Digest, wanted: bytes) -> None:
        """Keep what was written since `verify_before_keeping`, or forget it and raise Refusal 460."""
        if digest.digest() != wanted:
            self.forget()
            raise Refusal(
                CHECKSUM_MISMATCH,
                _("The checksum is wrong"),
                _("These bytes were damaged on their way and have not been kept. Send them again."),
            )
        os.fdatasync(self._fd)
        unverified_mark(self.path).unlink(missing_ok=True)

    def forget(self) -> None:
        """Back to where this request began."""
        os.ftruncate(self._fd, self.start)
        self.offset = self.start
        unverified_mark(self.path).unlink(missing_ok=True)

    def sync(self) -> None:
        os.fdatasync(self._fd)
        self._synced = self.offset

    def close(self) -> None:
        with suppress(OSError):
            os.close(self._fd)

    def _still_there(self) -> None:
        """The writer before us may have ended the upload between our open and our lock."""
        if os.stat(self.path).st_ino != os.fstat(self._fd).st_ino:
            raise FileNotFoundError(self.path)

    def _drop_unverified(self) -> int:
        mark = unverified_mark(self.path)
        with suppress(FileNotFoundError, ValueError):
            os.ftruncate(self._fd, int(mark.read_text()))
        mark.unlink(missing_ok=True)
        return os.fstat(self._fd).st_size


def unverified_mark(path: Path) -> Path:
    """Beside a part whose last request awaits its checksum: holds the offset that counts until then."""
    return path.with_name("unverified")


def require_room(folder: Path) -> None:
    """Refuse more bytes while the disk is nearly full: the machine must stay alive, and others' uploads with it."""
    if shutil.disk_usage(folder).free < settings.DISK_RESERVE_BYTES // 4:
        raise _disk_full()


def _disk_full() -> Refusal:
    return Refusal(
        507,
        _("The server's disk is full"),
        _("What you have sent so far is kept. Try to go on later, or tell the editors."),
        Retry_After="300",
    )
