"""What photos hold of a person: their albums. Taken away as words and links (assets give the files); removed with the
account, but for what editors published in the name of their site."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bouquet.kinds.photos.actions import leave_to_site, remove_album
from bouquet.kinds.photos.models import Album
from bouquet.shared.accounts.models import Person
from bouquet.shared.accounts.personal_data import personal_data


def export(person: Person) -> list[dict[str, Any]]:
    albums = Album.objects.filter(author=person).select_related("site").prefetch_related("photos__asset")
    return [
        {
            "title": album.title,
            "description": album.summary,
            "address": album.address,
            "state": album.state,
            "visibility": album.visibility,
            "others_may_download": album.may_download,
            "made_at": album.created_at.isoformat(),
            "published_at": album.published_at.isoformat() if album.published_at else None,
            "photos": [
                {
                    "file": photo.asset.filename,
                    "caption": photo.caption,
                    "what_it_shows": photo.alternative,
                    "credit": photo.credit,
                    "licence": photo.licence,
                    "taken_at": photo.taken_at.isoformat() if photo.taken_at else None,
                    "camera": photo.camera_line,
                }
                for photo in sorted(album.photos.all(), key=lambda each: (each.position, each.pk))
            ],
        }
        for album in albums.order_by("pk")
    ]


def erase(person: Person) -> None:
    """Before works' and assets', which would take rows away that others need."""
    own = Q(channel=None) | Q(channel__owner=person)
    for album in Album.objects.filter(own, author=person):
        remove_album(album, by=None)
    for album in Album.objects.filter(author=person):
        leave_to_site(album)


personal_data(
    "photos",
    export=export,
    erase=erase,
    models=[Album],
    goes=_("Your albums, with every photo in them."),
    stays=_("Albums that editors published in the name of their site, with the credits that stand below the photos."),
)
