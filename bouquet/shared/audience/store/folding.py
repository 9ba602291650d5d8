"""Many hits of one play become one state of it: the most that was said, as far as the server's clock allows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bouquet.shared.audience.hits import Hit
from bouquet.shared.audience.rule import FASTEST, GRACE_SECONDS, PARTS

SLACK = 2  # hundredths that were only touched, at both ends of what was seen


@dataclass(slots=True)
class Folded:
    """All hits of one play in a batch, in the order of time."""

    hits: list[Hit]

    @property
    def first(self) -> Hit:
        return self.hits[0]


def fold(hits: Sequence[Hit]) -> dict[int, Folded]:
    plays: dict[int, Folded] = {}
    for hit in sorted(hits, key=lambda each: each.at):
        if known := plays.get(hit.play):
            if hit.work == known.first.work:
                known.hits.append(hit)
        else:
            plays[hit.play] = Folded([hit])
    return plays


def believable(hit: Hit, began_at: float) -> tuple[float, bool]:
    """The seconds that can have been played since the play began, and whether its hundredths can have been seen."""
    allowed = max(0.0, hit.at - began_at) + GRACE_SECONDS
    seen = max(0, hit.parts.bit_count() - SLACK) * hit.duration / PARTS
    return min(hit.seconds, allowed), seen <= FASTEST * allowed
