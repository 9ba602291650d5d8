"""What photos leave for later."""

from __future__ import annotations

from bouquet.kinds.photos.cards import make_card
from bouquet.kinds.photos.models import Album
from bouquet.toolkit.tasks import task


@task(lane="first", key="album {album_id}", retries=3)
def cut_card(album_id: int) -> None:
    """The picture of an album on cards, after its cover or what matters in that has changed."""
    album = Album.objects.filter(pk=album_id).select_related("card").first()
    if album is not None:
        make_card(album)
