"""A site's albums in a parcel, each with its photos in their order, and out of it again.

    albums/<uid>.json      the album, its photos in order, each with its words, its maker, its licence and its middle
    photos/<sum>.jpg       the originals, freed of where they were taken as they are kept here: a place never travels
    comments/<uid>.json    what was said of it

An album of the site comes as the site's. A member's is theirs again where both sides move addresses of people and they
have an account here with theirs. Without, only what everybody could see anyway goes and comes, as nobody's: what they
kept to themselves or to a few would lose the only person who may open it, or be shown to others.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path, PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bouquet.kinds.photos.actions import KIND, MOST_PHOTOS
from bouquet.kinds.photos.models import RESERVED, Album, Photo
from bouquet.shared.accounts.models import Person
from bouquet.shared.assets import actions as assets
from bouquet.shared.comments.actions import comments_from_parcel, told_comments
from bouquet.shared.network.models import Site
from bouquet.shared.works import actions as works
from bouquet.shared.works.models import Channel, Work
from bouquet.toolkit.parcel import ParcelReader, ParcelRefused, ParcelWriter
from bouquet.toolkit.pictures import MOST_BYTES, PictureRefused

TURN = 1  # before the articles that show them
LINES = ("title", "category", "language", "credit", "licence")
ALBUM = (*LINES, "summary", "translations", "comments_policy", "comments_close_at", "guest_policy", "created_at")
PHOTO = ("caption", "alternative", "credit", "licence", "taken_at", "focus_x", "focus_y")
CAMERA = ("camera", "lens", "focal", "aperture", "exposure", "sensitivity")
OPEN = (Work.Visibility.PUBLIC, Work.Visibility.MEMBERS)
UID = re.compile(r"[A-Za-z0-9]{6,16}")
FILE = re.compile(r"photos/[0-9a-f]{24}\.[a-z]{3,4}")


def names_of(site: Site) -> dict[int, str]:
    """They have no pages in the tree."""
    return {}


# ── out ──────────────────────────────────────────────────────────────────────────────────────────────────────────────
def take_out(site: Site, parcel: ParcelWriter, carrier: Any) -> dict[str, int]:
    numbers = {"albums": 0, "photos": 0}
    kept_back = unready = 0
    albums = Album.objects.filter(site=site).select_related("author", "channel").prefetch_related("tags")
    for album in albums.order_by("pk").iterator(chunk_size=100):
        if not (carrier.with_readers or _is_sites(album) or _is_open(album.state, album.visibility)):
            kept_back += 1
            continue
        photos = list(album.photos.in_order())
        shown = [photo for photo in photos if photo.is_shown]  # the others' files still say where they were taken
        told = [each for photo in shown if (each := _photo_out(photo, parcel, carrier))]
        parcel.put(f"albums/{album.uid}.json", _album_out(album, carrier) | {"photos": told})
        if said := told_comments(album, with_addresses=carrier.with_readers):
            parcel.put(f"comments/{album.uid}.json", said)
            numbers["comments"] = numbers.get("comments", 0) + len(said)
        unready += len(photos) - len(shown)
        numbers["albums"] += 1
        numbers["photos"] += len(told)
    carrier.left += _left(kept_back, unready)
    return numbers


def _left(kept_back: int, unready: int) -> list[str]:
    left = []
    if kept_back:
        left.append(
            ngettext(
                "%(number)d album of a member stays behind: not everybody may see it (--with-readers takes it).",
                "%(number)d albums of members stay behind: not everybody may see them (--with-readers takes them).",
                kept_back,
            )
            % {"number": kept_back}
        )
    if unready:
        left.append(
            ngettext(
                "%(number)d photo stays behind: it was still being prepared, or could not be.",
                "%(number)d photos stay behind: they were still being prepared, or could not be.",
                unready,
            )
            % {"number": unready}
        )
    return left


def _is_sites(album: Album) -> bool:
    return album.channel is not None and album.channel.owner_id is None


def _is_open(state: Any, visibility: Any) -> bool:
    return state == Work.State.LIVE and visibility in OPEN


def _album_out(album: Album, carrier: Any) -> dict[str, Any]:
    told = {name: getattr(album, name) for name in ALBUM} | {
        "of_the_site": _is_sites(album),
        "may_download": album.may_download,
        "tags": sorted(tag.name for tag in album.tags.all()),
        "cover": album.cover.uid if album.cover else None,
        "work": works.told_work(album),
    }
    return told | {"address": album.author.email} if carrier.with_readers and album.author else told


def _photo_out(photo: Photo, parcel: ParcelWriter, carrier: Any) -> dict[str, Any] | None:
    """Nothing where its file is gone. What goes wrong while it is written is the parcel's own disk."""
    ending = PurePath(photo.asset.filename).suffix.lower()
    try:
        with assets.photo_file(photo.asset) as file:
            name = f"photos/{hashlib.file_digest(file, 'sha256').hexdigest()[:24]}{ending or '.jpg'}"
            file.seek(0)
            parcel.put_file(name, file)
    except FileNotFoundError:
        carrier.missing.append(str(photo))
        return None
    facts = photo.asset.facts.get("picture", {})
    told = {name: getattr(photo, name) for name in PHOTO} | {
        "uid": photo.uid,
        "file": name,
        "camera": {name: facts[name] for name in CAMERA if name in facts},
    }
    # What its maker called the file, nobody else sees: it may name a place or a person.
    return told | {"called": photo.asset.filename} if carrier.with_readers else told


# ── in ───────────────────────────────────────────────────────────────────────────────────────────────────────────────
def bring_in(site: Site, parcel: ParcelReader, carrier: Any) -> list[str]:
    """Nobody hears of an album that comes so: it is no news. Its photos are prepared by the workers, as always."""
    notes: list[str] = []
    alone = locked = 0
    people: dict[str, Person | None] = {}
    for file in parcel.names("albums"):
        said = parcel.get(file)
        if not isinstance(said, dict) or not isinstance(said.get("photos"), list):
            raise _damaged(file)
        work: dict[str, Any] = said["work"] if isinstance(said.get("work"), dict) else {}
        person = _person(said.get("address"), carrier, people)
        mine = said.get("of_the_site") is not True
        if mine and person is None and not _is_open(work.get("state"), work.get("visibility")):
            alone += 1
            continue
        locked += work.get("visibility") == Work.Visibility.PASSWORD
        uid = PurePath(file).stem
        try:
            album = _album_in(site, uid, said, _channel(site, person, mine=mine), person)
            _photos_in(album, said["photos"], said.get("cover"), parcel, carrier)
            works.set_as_told(album, work)
        except (ValidationError, TypeError, ValueError):
            raise _damaged(file) from None
        carrier.uids[uid] = album.uid
        comments_from_parcel(album, parcel.get(f"comments/{uid}.json"), link_accounts=carrier.with_readers)
    return notes + _not_come(alone, locked)


def _not_come(alone: int, locked: int) -> list[str]:
    notes = []
    if alone:
        notes.append(
            ngettext(
                "%(number)d album did not come: not everybody may see it, and its maker has no account here.",
                "%(number)d albums did not come: not everybody may see them, and their makers have no account here.",
                alone,
            )
            % {"number": alone}
        )
    if locked:
        notes.append(
            ngettext(
                "%(number)d album asks for a password, which does not travel: give it a new one.",
                "%(number)d albums ask for passwords, which do not travel: give them new ones.",
                locked,
            )
            % {"number": locked}
        )
    return notes


def _damaged(file: str) -> ParcelRefused:
    return ParcelRefused(_("“%(name)s” cannot be read: the parcel is damaged.") % {"name": file})


def _person(address: Any, carrier: Any, known: dict[str, Person | None]) -> Person | None:
    if not carrier.with_readers or not isinstance(address, str):
        return None
    address = address.lower()
    if address not in known:
        known[address] = Person.objects.active().filter(email=address).first()
    return known[address]


def _channel(site: Site, person: Person | None, *, mine: bool) -> Channel | None:
    if not mine:
        return works.channel_of_site(site)
    return works.channel_of(person, site) if person else None


def _album_in(site: Site, uid: str, said: dict[str, Any], channel: Channel | None, person: Person | None) -> Album:
    album = Album(site=site, kind=KIND, author=person, channel=channel, listable=False)
    _set(album, said, ALBUM, plain=LINES)
    album.summary = works.plain_text(album.summary)
    album.title = album.title or _("Untitled")
    album.slug = slugify(album.title, allow_unicode=True)[:80].strip("-") or "album"
    album.translations = _translations(said.get("translations"))
    album.may_download = said.get("may_download") is True
    if UID.fullmatch(uid) and not Work.objects.filter(uid=uid).exists():
        album.uid = uid  # its address is the same here
    album.save()
    works.put_tags(album, [each for each in said.get("tags") or [] if isinstance(each, str)])
    return album


def _set(row: Album | Photo, said: dict[str, Any], names: tuple[str, ...], *, plain: tuple[str, ...]) -> None:
    """Raises ValidationError for a value that is none."""
    for name in names:
        field: Any = row._meta.get_field(name)
        if said.get(name) is not None:
            value = field.to_python(said[name])
            setattr(row, name, works.one_line(value)[: field.max_length] if name in plain else value)
    row.clean_fields(exclude={each.name for each in row._meta.fields if each.name not in names or each.blank})


def _translations(said: Any) -> dict[str, dict[str, str]]:
    languages = said.items() if isinstance(said, dict) else []
    return {
        language[:8]: {
            name: works.plain_text(str(words)) for name, words in each.items() if name in ("title", "summary")
        }
        for language, each in languages
        if isinstance(each, dict)
    }


def _photos_in(album: Album, rows: list[Any], cover: Any, parcel: ParcelReader, carrier: Any) -> None:
    for place, said in enumerate(rows[:MOST_PHOTOS]):
        if not isinstance(said, dict) or not FILE.fullmatch(str(said.get("file"))):
            raise ValueError("photo")
        photo = Photo(album=album, position=place, licence=RESERVED)
        _set(
            photo, {"credit": album.credit or album.site.name} | said, PHOTO, plain=("caption", "alternative", "credit")
        )
        uid = str(said.get("uid") or "")
        if UID.fullmatch(uid) and not Photo.objects.filter(uid=uid).exists():
            photo.uid = uid
        try:
            photo.asset = _asset_in(photo, said, parcel, carrier)
        except PictureRefused as refused:
            words = _("A photo of “%(album)s” stays behind: %(reason)s")
            carrier.notes.append(words % {"album": album.title, "reason": refused})
            continue
        photo.save()
        if uid and uid == cover:
            Album.objects.filter(pk=album.pk).update(cover=photo)
            album.cover = photo


def _asset_in(photo: Photo, said: dict[str, Any], parcel: ParcelReader, carrier: Any) -> Any:
    def fill(path: Path) -> None:
        parcel.copy(said["file"], path, at_most=MOST_BYTES)

    camera: dict[str, Any] = said["camera"] if isinstance(said.get("camera"), dict) else {}
    asset = assets.bring_photo(
        fill,
        owner=photo.album.author,
        filename=str(said.get("called") or PurePath(said["file"]).name),
        camera={name: str(camera[name])[:80] for name in CAMERA if name in camera},
        point=(photo.focus_x / 100, photo.focus_y / 100),
    )
    carrier.undo.append(lambda: shutil.rmtree(asset.upload_folder, ignore_errors=True))
    return asset
