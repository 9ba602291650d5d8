"""What the clock does with hits."""

from __future__ import annotations

from django.utils import timezone

from bouquet.shared.audience.loader import forget_names, load_spool
from bouquet.shared.audience.salts import destroy_old_salts
from bouquet.shared.audience.store import store
from bouquet.toolkit.tasks import daily, every, task


@every(seconds=15)
@task(key="load", retries=0, timeout=300)
def load_hits() -> None:
    load_spool()


@daily("00:10")
@task(lane="extras")
def end_the_day() -> None:
    """The salt of yesterday, then the numbers it made, then plays that have been kept long enough."""
    today = timezone.localdate()
    destroy_old_salts(today)
    store().prune(today)
    forget_names(today)
