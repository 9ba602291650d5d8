"""News of the network."""

from __future__ import annotations

from dataclasses import dataclass

from bouquet.toolkit.events import Event


@dataclass(frozen=True)
class SiteAdded(Event):
    site_id: int


@dataclass(frozen=True)
class SiteChanged(Event):
    site_id: int
