"""A hit: one word of a player about its own play so far. Each says all that came before it, so that one which is lost
is made good by the next, and one that comes twice changes nothing.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import IntFlag
from typing import Any

DEVICES = ("other", "desktop", "phone", "tablet", "tv")
SIGNED_64 = 1 << 63


class Mark(IntFlag):
    """Why a play is kept but not counted, and where it took place."""

    ROBOT = 1
    STAFF = 2
    OWN = 4  # the maker's own
    EMBED = 8  # on somebody else's page: this one is counted


NOT_COUNTED = Mark.ROBOT | Mark.STAFF | Mark.OWN


@dataclass(slots=True)
class Hit:
    at: float  # Unix seconds, the server's clock
    play: int  # 64 bits, signed: which play
    work: int
    channel: int  # 0: none
    site: int
    duration: float
    seconds: float  # played so far, replays counted
    parts: int  # bit i: the i-th hundredth of the film was seen
    ended: bool
    visitor: int  # 64 bits, signed: of this site and this day only
    origin: int  # the same of the address alone, for the limit of one household
    country: str
    device: int  # place in DEVICES
    source: str  # the host that led here; "" none, "=" this site itself
    embed: str  # the host whose page it plays on, where it is embedded
    marks: int

    @property
    def is_counted(self) -> bool:
        return not self.marks & NOT_COUNTED

    def line(self) -> bytes:
        return json.dumps([getattr(self, name) for name in self.__slots__], separators=(",", ":")).encode() + b"\n"

    @classmethod
    def from_line(cls, line: bytes) -> Hit:
        """Raises ValueError for what is not a whole line of ours (the power failed while it was written)."""
        values: Any = json.loads(line)
        if not isinstance(values, list) or len(values) != len(cls.__slots__):
            raise ValueError("not a hit")
        return cls(*values)
