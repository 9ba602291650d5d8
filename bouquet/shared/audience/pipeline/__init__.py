"""From a player's word to a hit, read from top to bottom. What a `drop_` step says yes to is counted by its reason.

Robots, staff and makers are marked, not dropped: their plays are kept apart, so that one can see how many they are.
"""

from __future__ import annotations

from collections.abc import Callable

from bouquet.shared.audience.hits import Hit
from bouquet.shared.audience.pipeline.draft import Draft
from bouquet.shared.audience.pipeline.dropping import (
    drop_expired,
    drop_flood,
    drop_forged,
    drop_malformed,
    drop_refused,
)
from bouquet.shared.audience.pipeline.putting import (
    put_device,
    put_marks,
    put_origin,
    put_play,
    put_source,
    put_visitor,
)

STEPS: list[Callable[[Draft], bool | None]] = [
    drop_refused,
    put_origin,
    drop_flood,
    drop_malformed,
    drop_forged,
    drop_expired,
    put_play,
    put_marks,
    put_visitor,
    put_device,
    put_source,
]


def understand(draft: Draft) -> Hit | str:
    """The hit, or the reason why there is none."""
    for step in STEPS:
        if step(draft):
            return step.__name__.removeprefix("drop_")
    return draft.hit()


__all__ = ["STEPS", "Draft", "understand"]
