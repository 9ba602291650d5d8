"""Who may send how much. Asked before the first byte, so that nobody uploads for an hour to hear no."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db.models import Q, Sum
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from bouquet.shared.accounts.models import Person
from bouquet.shared.assets.models import Asset, Upload


class UploadRefused(Exception):
    """An upload that may not begin or go on. `reason` is a sentence for its sender, `status` the HTTP answer."""

    def __init__(self, reason: str, status: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status


@dataclass(frozen=True)
class Limits:
    """What a person may still send, in bytes (and open uploads in number)."""

    max_bytes: int
    quota_bytes: int
    used_bytes: int
    open_uploads: int
    max_open_uploads: int
    disk_bytes: int
    original_days: int  # after a film is ready its original is kept so long; 0: as long as the film

    @property
    def left_bytes(self) -> int:
        return max(0, self.quota_bytes - self.used_bytes)

    @property
    def largest_now(self) -> int:
        """The largest file that would be taken at this moment."""
        return max(0, min(self.max_bytes, self.left_bytes, self.disk_bytes))


def limits_of(person: Person) -> Limits:
    """Three queries and one look at the disk."""
    return Limits(
        max_bytes=settings.UPLOAD_STAFF_MAX_BYTES if person.is_staff else settings.UPLOAD_MAX_BYTES,
        quota_bytes=settings.UPLOAD_QUOTA_BYTES,
        used_bytes=_kept_bytes(person),
        open_uploads=_open_uploads().filter(person=person).count(),
        max_open_uploads=settings.UPLOAD_OPEN_MAX,
        disk_bytes=_free_disk(),
        original_days=settings.ORIGINALS_DROP_AFTER_DAYS,
    )


def check_upload(person: Person, size: int) -> None:
    """Raise UploadRefused with the limit that would be passed; it names the limit and what to do."""
    if size <= 0:
        raise UploadRefused(_("This file is empty: it has no bytes to send."), 422)
    limits = limits_of(person)
    if size > limits.max_bytes:
        raise UploadRefused(
            _("This file has %(size)s; files of up to %(limit)s are accepted here.")
            % {"size": filesizeformat(size), "limit": filesizeformat(limits.max_bytes)},
            413,
        )
    if size > limits.left_bytes:
        raise UploadRefused(
            _("This file has %(size)s and your space has %(left)s left of %(quota)s. Remove something first.")
            % {
                "size": filesizeformat(size),
                "left": filesizeformat(limits.left_bytes),
                "quota": filesizeformat(limits.quota_bytes),
            },
            413,
        )
    if limits.open_uploads >= limits.max_open_uploads:
        raise UploadRefused(
            _("You already have %(count)s uploads that have not ended. Finish or cancel one of them first.")
            % {"count": limits.open_uploads},
            429,
        )
    if size > limits.disk_bytes:
        raise UploadRefused(
            _("There is not enough room left on the server for this file. Please tell the editors."), 507
        )


def _kept_bytes(person: Person) -> int:
    """Kept originals, and what open uploads have been promised."""
    counted = Q(source__gt="") | Q(upload__in=_open_uploads())
    return Asset.objects.filter(counted, owner=person).aggregate(bytes=Sum("size"))["bytes"] or 0


def _open_uploads():  # type: ignore[no-untyped-def]
    return Upload.objects.filter(finished_at=None, expires_at__gt=timezone.now())


def _free_disk() -> int:
    """Free bytes that nobody has been promised, less the reserve that keeps the machine alive."""
    folder = Path(settings.UPLOADS_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    promised = sum(upload.size - upload.offset for upload in _open_uploads().select_related("asset"))
    return shutil.disk_usage(folder).free - promised - settings.DISK_RESERVE_BYTES
