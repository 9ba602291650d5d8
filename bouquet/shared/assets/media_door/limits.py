"""How long, how large, how many: one reader cannot take the media door from the others."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    connections: int = 512  # a thread each
    head_bytes: int = 8 * 1024  # of one request
    head_seconds: float = 10.0  # from its first byte to its last
    idle_seconds: float = 75.0  # between two requests; who waits longest leaves earlier where room is wanted
    send_seconds: float = 30.0  # without a byte being taken
    room_seconds: float = 1.0  # that a newcomer waits for room
    leaving_seconds: float = 4.0  # for what is under way when the door closes; `bouquet serve` waits 7
