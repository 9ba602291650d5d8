"""News of works, channels and those who follow them."""

from __future__ import annotations

from dataclasses import dataclass

from bouquet.shared.notifications.events import Changed, Published, Removed
from bouquet.toolkit.events import Event


@dataclass(frozen=True)
class WorkPublished(Published):
    """Went live: at once, or because its hour had come."""


@dataclass(frozen=True)
class WorkChanged(Changed):
    """Was edited, hidden, or taken down."""


@dataclass(frozen=True)
class WorkRemoved(Removed):
    """Was removed with everything that hung on it."""


@dataclass(frozen=True)
class WorksBrought(Event):
    """Came live from elsewhere, where they were published long ago: one piece of news for many."""

    work_ids: list[int]


@dataclass(frozen=True)
class ChannelFollowed(Event):
    channel_id: int
    person_id: int


@dataclass(frozen=True)
class ChannelChanged(Event):
    """Has another name: what was written down with the old one is to be written again."""

    channel_id: int
