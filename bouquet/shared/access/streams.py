"""Signed addresses of what may be played. Sign only what `decide` allowed: territory and window hold from here on."""

from __future__ import annotations

from bouquet.shared.access.decide import FREELY, Terms
from bouquet.shared.assets.delivery.addresses import Refused, check_stream, file_address, stream_prefix
from bouquet.shared.assets.models import Asset

__all__ = ["Refused", "Terms", "check", "sign", "sign_original"]


def sign(asset: Asset, terms: Terms = FREELY, *, seconds: int | None = None) -> str:
    """`/m/<end>/<signature>/<asset uid>/`: put the path of a playlist, a storyboard or a segment behind it. With a CDN
    in front (BOUQUET_STREAM_ORIGIN) it begins with that.

    `terms` are a Decision's: the address ends with the viewer's window, and is good in their country only.
    """
    return stream_prefix(asset, seconds=seconds, until=terms.until, territory=terms.territory)


def check(path: str, *, here: str = "") -> str:
    """The uid of the asset that a signed address leads to, for a reader in the country `here` ("": unknown).

    Raises Refused: 403 altered, 404 no address, 410 expired, 451 for another country.
    """
    signed = check_stream(path)
    signed.require(here)
    return signed.asset_uid


def sign_original(asset: Asset, filename: str = "", terms: Terms = FREELY, *, seconds: int | None = None) -> str:
    """Where the original can be saved under that name. Sign only what its author lets others keep."""
    return file_address(asset, filename, seconds=seconds, until=terms.until, territory=terms.territory)
