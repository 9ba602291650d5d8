"""What photos do when their file gets somewhere."""

from __future__ import annotations

from bouquet.kinds.photos.actions import note_ready
from bouquet.shared.assets.events import PosterMade
from bouquet.shared.assets.models import Asset
from bouquet.toolkit.events import on


@on(PosterMade, lane="first")  # its sender waits to see it
def hang_it(event: PosterMade) -> None:
    asset = Asset.objects.filter(pk=event.asset_id, kind=Asset.Kind.IMAGE).first()
    if asset is not None:
        note_ready(asset)
