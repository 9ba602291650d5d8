"""What `bouquet doctor` asks about files: can they be written, is there room."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.template.defaultfilters import filesizeformat

from bouquet.toolkit.doctor import Finding, bad, checkup, ok, warn


@checkup("Folders for files")
def folders() -> Iterator[Finding]:
    roots = {"uploads": settings.UPLOADS_ROOT, "streams": settings.STREAMS_ROOT, "pictures": settings.MEDIA_ROOT}
    for name, root in roots.items():
        folder = Path(root)
        nearest = next(each for each in (folder, *folder.parents) if each.exists())
        if os.access(nearest, os.W_OK):
            yield ok(f"{name}: {folder} can be written")
        else:
            yield bad(f"{name}: {nearest} cannot be written.", mend="Give it to the user that runs Bouquet.")


@checkup("Room for files")
def room() -> Iterator[Finding]:
    folder = Path(settings.DATA)
    free = shutil.disk_usage(next(each for each in (folder, *folder.parents) if each.exists())).free
    words = (
        f"{filesizeformat(free)} free in {folder}, of which {filesizeformat(settings.DISK_RESERVE_BYTES)} are kept back"
    )
    if free <= settings.DISK_RESERVE_BYTES:
        yield bad(
            f"{words}: every upload is refused.",
            mend="Add room, remove files, or lower BOUQUET_DISK_RESERVE_BYTES.",
        )
    elif free < settings.DISK_RESERVE_BYTES + settings.UPLOAD_MAX_BYTES:
        yield warn(f"{words}: the largest uploads that are promised will not fit.", mend="Add room.")
    else:
        yield ok(words)
