"""The log keeps itself short."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from bouquet.toolkit.page_cache.models import Clearing
from bouquet.toolkit.tasks import every, task

KEPT = timedelta(hours=1)


@every(hours=1)
@task(lane="extras", retries=1)
def forget_old_clearings() -> int:
    return Clearing.objects.filter(at__lt=timezone.now() - KEPT).delete()[0]
