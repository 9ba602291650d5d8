"""Verbs of albums: make, fill, put in words and in order, publish, remove."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from bouquet.kinds.photos.models import RESERVED, Album, Photo
from bouquet.kinds.photos.tasks import cut_card
from bouquet.shared.accounts.models import Person
from bouquet.shared.accounts.permissions import old_enough
from bouquet.shared.assets import actions as assets
from bouquet.shared.assets.models import Asset, Upload
from bouquet.shared.network.models import Site
from bouquet.shared.works import actions as works
from bouquet.shared.works.permissions import Viewer
from bouquet.toolkit.pictures import PictureRefused, check_picture

KIND = "photos"
MOST_PHOTOS = 500  # of one album
UploadRefused = assets.UploadRefused


class NothingToShow(ValueError):
    """An album without a photo is not published."""


def beginning_of(person: Person) -> dict[str, str]:
    """The credit and licence a person's next album begins with: those of their last one, else their name, reserved."""
    last = Album.objects.filter(author=person).order_by("-created_at", "-pk").values("credit", "licence").first()
    return {"credit": (last and last["credit"]) or person.name, "licence": (last and last["licence"]) or RESERVED}


@transaction.atomic
def add_album(
    *, person: Person, site: Site, title: str, for_the_site: bool = False, tags: Iterable[str] = (), **fields: Any
) -> Album:
    """A draft, to be filled. `for_the_site`: by its editors, in its name; ask before whether `person` is one.

    Raises UploadRefused for who is too young for the site.
    """
    if not old_enough(person, site):
        words = {"name": site.name, "age": site.minimum_age}
        raise UploadRefused(_("%(name)s is for people of %(age)s and over.") % words, 403)
    title = works.one_line(title) or _("Untitled")
    fields = beginning_of(person) | {"language": site.language} | _plain(fields)
    channel = works.channel_of_site(site) if for_the_site else works.channel_of(person, site)
    album = Album.objects.create(
        site=site, kind=KIND, author=person, channel=channel, title=title, slug=_slug(title), listable=False, **fields
    )
    works.set_tags(album, tags)
    return album


def expect_photo(album: Album, *, by: Person, filename: str, size: int, **words: Any) -> tuple[Photo, Upload]:
    """A photo whose file is still to come, and the upload that will bring it, at the end of the album.

    Raises UploadRefused(reason, status) over a limit.
    """
    with transaction.atomic():
        row = Album.objects.select_for_update().get(pk=album.pk)
        if row.photos.count() >= MOST_PHOTOS:
            raise UploadRefused(_("An album holds %(most)s photos: begin another one.") % {"most": MOST_PHOTOS}, 422)
        asset = assets.receive_photo(owner=by, filename=filename, size=size, site=album.site)
        last = row.photos.aggregate(last=Max("position"))["last"]
        given = {"credit": row.credit or by.name, "licence": row.licence or RESERVED} | _plain(words)
        photo = Photo.objects.create(album=album, asset=asset, position=0 if last is None else last + 1, **given)
    return photo, asset.upload


def add_photo(album: Album, file: UploadedFile, *, by: Person, **words: Any) -> Photo:
    """A file that came with a form: looked at before anything is kept. Raises UploadRefused, with a sentence."""
    try:
        check_picture(file, file.size)  # type: ignore[arg-type]
    except PictureRefused as refused:
        raise UploadRefused(str(refused), 422) from None
    photo, upload = expect_photo(album, by=by, filename=file.name or "", size=file.size or 0, **words)
    assets.take_whole_file(upload, file)
    return photo


def note_ready(asset: Asset) -> None:
    """Its picture can be shown: the album has something to list, and perhaps its cover. Safe to run twice."""
    photo = Photo.objects.filter(asset=asset).select_related("album").first()
    if photo is None:
        return
    with transaction.atomic():
        if photo.taken_at is None and (moment := _moment(asset.facts.get("picture", {}).get("taken_at", ""))):
            photo.taken_at = moment
            photo.save(update_fields=["taken_at"])
        if not photo.album.listable:
            works.change_work(photo.album, by=None, listable=True)
        cut_card.enqueue(photo.album_id)


def change_album(album: Album, *, by: Person, tags: Iterable[str] | None = None, **changes: Any) -> Album:
    """New title, description, visibility… The address keeps its uid; its words follow the title."""
    changes = _plain(changes)
    if "title" in changes:
        changes["title"] = works.one_line(changes["title"]) or album.title
        changes["slug"] = _slug(changes["title"])
    with transaction.atomic():
        works.change_work(album, by=by, **changes)
        if tags is not None:
            works.set_tags(album, tags)
    return album


def change_photo(photo: Photo, *, by: Person, focus: tuple[int, int] | None = None, **changes: Any) -> Photo:
    """Its words, credit, licence, date; `focus` in hundredths: its cuts are made anew around that."""
    for name, value in _plain(changes).items():
        setattr(photo, name, value)
    with transaction.atomic():
        if focus is not None and focus != (photo.focus_x, photo.focus_y):
            photo.focus_x, photo.focus_y = focus
            assets.look_at_point(photo.asset, (focus[0] / 100, focus[1] / 100))
            cut_card.enqueue(photo.album_id)
        photo.save()
        works.change_work(photo.album, by=by)  # search and whoever wrote its words down
    return photo


def put_in_order(album: Album, uids: Iterable[str]) -> None:
    """These photos first, in this order; those that are not named stay behind them as they were."""
    with transaction.atomic():
        Album.objects.select_for_update().get(pk=album.pk)
        photos = {photo.uid: photo for photo in album.photos.order_by("position", "pk")}
        named = [photos[uid] for uid in dict.fromkeys(uids) if uid in photos]
        rest = [photo for photo in photos.values() if photo not in named]
        _number(named + rest)
        cut_card.enqueue(album.pk)


def move_photo(photo: Photo, *, before: Photo | None = None, steps: int = 0) -> None:
    """In front of another one; or so many places on (or back)."""
    with transaction.atomic():
        Album.objects.select_for_update().get(pk=photo.album_id)
        photos = list(Photo.objects.filter(album=photo.album_id).order_by("position", "pk"))
        place = photos.index(photo)
        photos.remove(photo)
        target = photos.index(before) if before is not None and before in photos else place + steps
        photos.insert(min(max(0, target), len(photos)), photo)
        _number(photos)
        cut_card.enqueue(photo.album_id)


def _number(photos: list[Photo]) -> None:
    changed = []
    for place, photo in enumerate(photos):
        if photo.position != place:
            photo.position = place
            changed.append(photo)
    Photo.objects.bulk_update(changed, ["position"])


def choose_cover(album: Album, photo: Photo, *, by: Person) -> None:
    with transaction.atomic():
        works.change_work(album, by=by, cover=photo)
        cut_card.enqueue(album.pk)


def publish_album(album: Album, *, by: Person, at: datetime | None = None) -> None:
    """Raises NothingToShow for an empty one. What is still being prepared appears when it is ready."""
    if not album.photos.exists():
        raise NothingToShow
    works.publish_work(album, by=by, at=at)


def withdraw_album(album: Album, *, by: Person) -> None:
    works.hide_work(album, by=by)


def remove_photo(photo: Photo, *, by: Person | None) -> None:
    album, asset = photo.album, photo.asset
    with transaction.atomic():
        photo.delete()
        assets.remove_asset(asset)
        if album.listable and not album.photos.shown().exists():
            works.change_work(album, by=by, listable=False)
        cut_card.enqueue(album.pk)


def remove_album(album: Album, *, by: Person | None) -> None:
    """With its photos and their files."""
    with transaction.atomic():
        held = set(album.photos.values_list("asset_id", flat=True)) | {album.card_id}
        works.remove_work(album, by=by)
        for asset in Asset.objects.filter(pk__in=[pk for pk in held if pk is not None]):
            assets.remove_asset(asset)


def leave_to_site(album: Album) -> None:
    """Its maker is forgotten; the album is its site's: it stays, without their name behind it."""
    with transaction.atomic():
        Asset.objects.filter(photo__album=album).update(owner=None, filename="")
        Album.objects.filter(pk=album.pk).update(author=None)


def edits_site(person: Person, site: Site) -> bool:
    """Whether this person may make albums in the site's own name."""
    return Viewer.for_person(person).edits(site.pk)


def _plain(changes: dict[str, Any]) -> dict[str, Any]:
    short = {"caption", "alternative", "credit"}
    return {
        name: (works.one_line(value) if name in short else works.plain_text(value)) if isinstance(value, str) else value
        for name, value in changes.items()
    }


def _moment(text: str) -> datetime | None:
    """A camera's clock knows no time zone, as a rule: the network's own is meant."""
    try:
        moment = datetime.fromisoformat(text)
        return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
    except (ValueError, OverflowError):
        return None


def _slug(title: str) -> str:
    return slugify(title, allow_unicode=True)[:80].strip("-") or "album"
