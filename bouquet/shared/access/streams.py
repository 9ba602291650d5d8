"""Signed addresses of what may be played. Sign only what `decide` allowed: territory and window hold from here on."""

from __future__ import annotations

from datetime import datetime

from bouquet.shared.assets.delivery.addresses import Refused, check_stream, file_address, stream_prefix
from bouquet.shared.assets.models import Asset

__all__ = ["Refused", "check", "sign", "sign_original"]


def sign(asset: Asset, *, seconds: int | None = None, until: datetime | None = None) -> str:
    """`/m/<expires>/<signature>/<asset uid>/`: put the path of a playlist, a storyboard or a segment behind it.

    `until` is a Decision's: the address ends with the viewer's window.
    """
    return stream_prefix(asset, seconds=seconds, until=until)


def check(path: str) -> str:
    """The uid of the asset that a signed address leads to. Raises Refused: 403 altered, 404 no address, 410 expired."""
    return check_stream(path).asset_uid


def sign_original(
    asset: Asset, filename: str = "", *, seconds: int | None = None, until: datetime | None = None
) -> str:
    """Where the original can be saved under that name. Sign only what its author lets others keep."""
    return file_address(asset, filename, seconds=seconds, until=until)
