"""What `bouquet doctor` asks about the audience: do hits reach the store, and what was not kept."""

from __future__ import annotations

import time
from collections.abc import Iterator

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from bouquet.shared.audience.models import Dropped
from bouquet.shared.audience.spool import MOST_BYTES, spool_folder, waiting_bytes
from bouquet.toolkit.doctor import Finding, bad, checkup, ok, warn

LATE = 15 * 60  # seconds


@checkup("Audience")
def hits() -> Iterator[Finding]:
    folder = spool_folder()
    waiting = waiting_bytes(folder)
    oldest = min((file.stat().st_mtime for file in folder.glob("*.hits")), default=time.time())
    words = f"{filesizeformat(waiting)} of hits wait in {folder}"
    if waiting >= MOST_BYTES:
        yield bad(f"{words}: no more are kept.", mend="Start a worker: `bouquet worker`.")
    elif time.time() - oldest > LATE:
        yield warn(f"{words}, the oldest for more than a quarter of an hour.", mend="Start a worker: `bouquet worker`.")
    else:
        yield ok(words)
    if settings.AUDIENCE_DAYS < 2:
        yield bad("BOUQUET_AUDIENCE_DAYS is below 2: plays would be counted twice.", mend="Set it to 2 or more.")
    today = Dropped.objects.filter(day=timezone.localdate()).order_by("-number")
    if reasons := ", ".join(f"{each.number} {each.reason}" for each in today):
        yield ok(f"not kept today: {reasons}")
