"""Bringing the index up to date."""

from __future__ import annotations

from django.db.models import F, Q

from bouquet.shared.search.engine import forget_words
from bouquet.shared.search.spelling import count_words
from bouquet.shared.search.writing import write_entries
from bouquet.shared.works.models import Work
from bouquet.toolkit.tasks import daily, task

CHUNK = 2000


@task(lane="extras", key="channel {channel_id}")
def write_channel(channel_id: int) -> None:
    """A channel has another name: its works are to be found by that one."""
    write_entries(Work.objects.filter(channel=channel_id).values_list("pk", flat=True))


@daily("03:40")
@task(lane="extras")
def write_what_changed() -> None:
    """The net under the news: works whose row is newer than their entry, and works that have none."""
    stale = Work.objects.filter(Q(entry=None) | Q(updated_at__gt=F("entry__written_at")))
    while ids := list(stale.order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        write_entries(ids)


@daily("04:10")
@task(lane="extras")
def count_all_words() -> None:
    """Which words how many works have; those of removed works and erased people are forgotten."""
    count_words()
    forget_words()
