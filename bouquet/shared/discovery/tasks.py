"""What the clock does for finding."""

from __future__ import annotations

from bouquet.shared.discovery.tallies import write_tallies
from bouquet.shared.discovery.trends import roll_up_trends
from bouquet.toolkit.tasks import every, task


@every(minutes=10)
@task(lane="extras", key="trends")
def count_trends() -> None:
    roll_up_trends()


@every(minutes=10)
@task(lane="extras", key="tallies")
def count_sorts() -> None:
    """Also asked for by news (listeners.py); of many at once, one waits."""
    write_tallies()
