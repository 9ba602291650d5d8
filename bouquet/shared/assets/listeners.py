"""Consequences of news about assets."""

from __future__ import annotations

from contextlib import suppress

from django.conf import settings

from bouquet.shared.assets.actions import CaptionsRefused, begin_hearing, hearing_of
from bouquet.shared.assets.events import AssetReady
from bouquet.shared.assets.models import Asset
from bouquet.toolkit.events import on


@on(AssetReady)
def listen_to_it(event: AssetReady) -> None:
    """Where the operator wants every film to have a first version of subtitles."""
    if not settings.SPEECH_EVERY_FILM:
        return
    asset = Asset.objects.filter(pk=event.asset_id).first()
    heard = hearing_of(asset) if asset else None
    if asset and heard and heard.state == "offered":
        with suppress(CaptionsRefused):
            begin_hearing(asset, language="")
