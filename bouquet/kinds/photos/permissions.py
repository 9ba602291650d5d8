"""Who may open an album and its photos, who may keep it, who may save the originals."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _

from bouquet.kinds.photos.models import Album, Photo
from bouquet.shared.accounts.models import Person
from bouquet.shared.works.permissions import Viewer, can_edit_work, find_work

COMPANY = ("site", "site__brand", "channel", "channel__site", "channel__owner", "poster", "author")


def find_album(uid: str, viewer: Viewer) -> Album:
    """With all that its page shows of itself; two queries (the second is its tags). Raises as `find_work` does."""
    return find_work(Album.objects.select_related(*COMPANY).prefetch_related("tags"), uid, viewer)


def find_photo(album: Album, uid: str) -> Photo:
    """One of an album that somebody may open. Raises Http404."""
    photo = album.photos.select_related("asset").filter(uid=uid).first() if uid.isascii() and uid.isalnum() else None
    if photo is None:
        raise Http404
    photo.album = album
    return photo


def find_own_album(uid: str, viewer: Viewer) -> Album:
    """404 where it cannot be seen; 403 where it can and is another's."""
    album = find_album(uid, viewer)
    if not can_edit_work(viewer.person, album):
        raise PermissionDenied(_("This album belongs to somebody else."))
    return album


def may_save(person: Person | None, album: Album) -> bool:
    """Whether this person finds a way to the originals of an album that they may open."""
    return album.may_download or can_edit_work(person, album)
