"""What the clock does for replacements."""

from __future__ import annotations

from bouquet.kinds.videos.replacing.changing import clear_up
from bouquet.toolkit.tasks import every, task


@every(hours=1)
@task(lane="extras")
def clear_up_former_films() -> int:
    """Files that films were before, once their days are over."""
    return clear_up()
