"""Verbs: what kinds, fronts and members ask of finding."""

from __future__ import annotations

from bouquet.shared.discovery.choices import dismiss_work, hide_channel, switch_home, take_back
from bouquet.shared.discovery.home import home_is_on, home_of
from bouquet.shared.discovery.related import related_to
from bouquet.shared.discovery.tallies import sorts_of

__all__ = [
    "dismiss_work",
    "hide_channel",
    "home_is_on",
    "home_of",
    "related_to",
    "sorts_of",
    "switch_home",
    "take_back",
]
