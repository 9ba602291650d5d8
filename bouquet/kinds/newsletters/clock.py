"""When a list's issues are due, on its own clock: right also where clocks are put forward or back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from bouquet.kinds.newsletters.models import Newsletter


def dues_between(newsletter: Newsletter, after: datetime, until: datetime) -> Iterator[datetime]:
    """Its hours in (after, until], as UTC. In a skipped hour just after it, in a doubled one at the first."""
    zone = newsletter.zone
    day = after.astimezone(zone).date() - timedelta(days=1)
    last = until.astimezone(zone).date()
    while day <= last:
        if day.weekday() in newsletter.weekdays:
            due = datetime.combine(day, newsletter.hour, zone).astimezone(UTC)
            if after < due <= until:
                yield due
        day += timedelta(days=1)


def next_due(newsletter: Newsletter, after: datetime) -> datetime | None:
    return next(dues_between(newsletter, after, after + timedelta(days=8)), None)
