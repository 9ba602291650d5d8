"""The picture of an album on cards and where it is shared: a cut of its cover around what matters in it."""

from __future__ import annotations

from bouquet.kinds.photos.models import Album, Photo
from bouquet.shared.assets.actions import add_cut, remove_asset
from bouquet.shared.works.actions import change_work

SHAPE = (16, 9)


def cover_of(album: Album) -> Photo | None:
    """The one chosen, while it can be shown; else the first."""
    shown = album.photos.shown().in_order()
    return (shown.filter(pk=album.cover_id).first() if album.cover_id else None) or shown.first()


def make_card(album: Album) -> None:
    """Safe to run twice: the same photo, cut the same way, is cut once."""
    photo = cover_of(album)
    name = f"{photo.uid}:{photo.asset.uid}:{photo.focus_x},{photo.focus_y}" if photo else ""
    if album.card_of == name:
        return
    made, former = None, album.card
    if photo is not None:
        try:
            made = add_cut(photo.asset, SHAPE, point=(photo.focus_x / 100, photo.focus_y / 100))
        except (OSError, ValueError):
            return  # its original is away: the former card stays until there is another
    change_work(album, by=None, card=made, poster=made, card_of=name)
    if former is not None:
        remove_asset(former)
