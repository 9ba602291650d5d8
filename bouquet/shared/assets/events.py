"""News of assets. Kinds and works above hear them."""

from __future__ import annotations

from dataclasses import dataclass

from bouquet.toolkit.events import Event


@dataclass(frozen=True)
class AssetPlayable(Event):
    """The first rendition can be played (its segments may still be growing)."""

    asset_id: int


@dataclass(frozen=True)
class AssetReady(Event):
    """Every step is done."""

    asset_id: int


@dataclass(frozen=True)
class AssetFailed(Event):
    """It cannot be made playable; `Asset.reason` says why to its owner."""

    asset_id: int


@dataclass(frozen=True)
class PosterMade(Event):
    """It has a picture."""

    asset_id: int


@dataclass(frozen=True)
class CaptionsChanged(Event):
    """What can be read of what is said in it is not what it was."""

    asset_id: int
