"""Lanes of work, in order of urgency. Long ones never take a worker's last slot: short work never waits for them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Lane:
    name: str
    urgency: int  # 0 goes first
    long: bool
    timeout: int  # seconds that a task may take when it does not say so itself


LANES = {
    lane.name: lane
    for lane in (
        Lane("first", 0, long=False, timeout=3600),  # somebody is looking: the first playable rendition
        Lane("default", 1, long=False, timeout=600),  # mails, events, listeners
        Lane("ladder", 2, long=True, timeout=12 * 3600),  # the long encodes
        Lane("extras", 3, long=True, timeout=6 * 3600),  # storyboards, loudness: when there is time
    )
}


def lane_named(name: str) -> Lane:
    """Wagtail and other guests know no lanes of ours: their work is `default`."""
    return LANES.get(name, LANES["default"])
