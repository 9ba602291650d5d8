"""Albums through the API: find, read, make, fill by tus, put in words and in order, publish, remove."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema
from pydantic import ConfigDict

from bouquet.kinds.photos import actions
from bouquet.kinds.photos.models import RESERVED, Album, Photo
from bouquet.kinds.photos.out import AlbumLine, AlbumOut, PhotoAdded, album_line, album_out
from bouquet.kinds.photos.permissions import find_album, find_own_album, find_photo
from bouquet.shared.network.models import Site
from bouquet.shared.works import actions as works
from bouquet.shared.works.models import LICENCES, Filters, Work, offered_categories
from bouquet.shared.works.permissions import Viewer
from bouquet.toolkit.access import public
from bouquet.toolkit.api import Anyone, Members, Problem
from bouquet.toolkit.pages import keyset_page

router = Router(tags=["photos"])
Visibility = Literal["public", "unlisted", "followers", "members", "private"]
SLUG = r"^[\w-]*$"


class Strict(Schema):
    """What it does not know, it refuses: a misspelt name would be a wish that nobody hears."""

    model_config = ConfigDict(extra="forbid")


class AlbumsAsked(Schema):
    site: str = Field("", max_length=60, pattern=SLUG, description="Slug of a site; empty: the whole network.")
    theme: str = Field("", max_length=40, pattern=r"^[-a-z0-9]*$", description="A slug of GET /api/v1/categories.")
    tag: str = Field("", max_length=60, pattern=SLUG, description="A tag's slug: folded, with hyphens.")
    order: Literal["latest", "liked"] = "latest"
    cursor: str = Field("", max_length=500, description="`next_cursor` of the page before, in the same order.")
    limit: int = Field(24, ge=1, le=100)


class AlbumsOut(Schema):
    albums: list[AlbumLine]
    next_cursor: str | None = Field(description="Null on the last page.")


class AlbumIn(Strict):
    title: str = Field(max_length=140, min_length=1)
    site: str = Field("", max_length=60, pattern=SLUG, description="Slug of a site with photos; empty: this one.")
    for_the_site: bool = Field(False, description="In the name of the site, for its editors.")
    description: str = Field("", max_length=5000)
    visibility: Visibility = "public"
    theme: str = Field("", max_length=40, description="A slug of GET /api/v1/categories, or empty.")
    tags: list[Annotated[str, Field(max_length=40)]] = Field([], max_length=works.MOST_TAGS)
    credit: str = Field("", max_length=200, description="Who made the photos; empty: as of your last album.")
    licence: str = Field("", max_length=80, description="A code of GET /api/v1/licences; empty: as of your last album.")
    may_download: bool = False


class AlbumChanges(Strict):
    title: str | None = Field(None, max_length=140, min_length=1)
    description: str | None = Field(None, max_length=5000)
    visibility: Visibility | None = None
    theme: str | None = Field(None, max_length=40)
    tags: list[Annotated[str, Field(max_length=40)]] | None = Field(None, max_length=works.MOST_TAGS)
    credit: str | None = Field(None, max_length=200, min_length=1)
    licence: str | None = Field(None, max_length=80, min_length=1)
    may_download: bool | None = None
    cover: str | None = Field(None, max_length=16, description="Id of the photo that stands for the album.")
    photos: list[Annotated[str, Field(max_length=16)]] | None = Field(
        None, max_length=actions.MOST_PHOTOS, description="Ids in their order; those that are not named follow."
    )


class PhotoIn(Strict):
    filename: str = Field(max_length=1000)
    size: int = Field(ge=0, description="Bytes of the file that will be sent.")
    caption: str = Field("", max_length=500)
    alternative: str = Field("", max_length=300, description="What it shows, for who cannot see it.")
    credit: str = Field("", max_length=200, description="Empty: as the album.")
    licence: str = Field("", max_length=80, description="Empty: as the album.")


class PhotoChanges(Strict):
    caption: str | None = Field(None, max_length=500)
    alternative: str | None = Field(None, max_length=300)
    credit: str | None = Field(None, max_length=200, min_length=1)
    licence: str | None = Field(None, max_length=80, min_length=1)
    taken_at: datetime | None = None
    focus: Annotated[list[Annotated[int, Field(ge=0, le=100)]], Field(min_length=2, max_length=2)] | None = Field(
        None, description="What matters in it: hundredths from the left and from the top."
    )


class PublicationIn(Strict):
    wanted: bool = Field(description="False: out of sight, nothing lost.")
    at: datetime | None = Field(None, description="An hour to come; null: now.")


@router.get("/photos", response=AlbumsOut, auth=Anyone, summary="Albums that this caller may find")
@public
def list_albums(request: HttpRequest, asked: Query[AlbumsAsked]) -> Any:
    albums: Any = Work.objects.listed_for(Viewer.of(request)).filter(kind=actions.KIND)
    if asked.site:
        albums = albums.on(_site_named(asked.site))
    filters = Filters(category=asked.theme, tag=asked.tag, order=asked.order)
    page = keyset_page(filters.narrow(albums).cards(), asked.cursor, asked.limit, by=filters.by)
    return {"albums": [album_line(work) for work in page.rows], "next_cursor": page.next_cursor}


@router.get("/photos/{uid}", response=AlbumOut, auth=Anyone, summary="One album with its photos")
@public
def show_album(request: HttpRequest, uid: str) -> Any:
    viewer = Viewer.of(request)
    return album_out(find_album(uid, viewer), viewer)


@router.post("/photos", response={201: AlbumOut}, auth=Members, summary="Make an album: a draft, to be filled")
def add_album(request: HttpRequest, asked: AlbumIn) -> Any:
    person: Any = request.user
    site = _site_for(request, asked.site)
    if asked.for_the_site and not actions.edits_site(person, site):
        raise Problem(
            403, _("Not allowed"), _("Only its editors publish in the name of “%(name)s”.") % {"name": site.name}
        )
    given = _checked(asked.dict(exclude={"site", "for_the_site"}))
    given = {name: value for name, value in given.items() if value or name not in ("credit", "licence")}
    try:
        album = actions.add_album(person=person, site=site, for_the_site=asked.for_the_site, **given)
    except actions.UploadRefused as refused:
        raise Problem(refused.status, _("This album cannot be made"), refused.reason) from None
    viewer = Viewer.of(request)
    return 201, album_out(find_album(album.uid, viewer), viewer)


@router.patch("/photos/{uid}", response=AlbumOut, auth=Members, summary="Change its words, order, cover, readers")
def change_album(request: HttpRequest, uid: str, asked: AlbumChanges) -> Any:
    album = _own(request, uid)
    given = _checked({name: value for name, value in asked.dict(exclude_unset=True).items() if value is not None})
    order, cover = given.pop("photos", None), given.pop("cover", None)
    if cover is not None:
        actions.choose_cover(album, find_photo(album, cover), by=request.user)  # type: ignore[arg-type]
    if order is not None:
        actions.put_in_order(album, order)
    if given:
        actions.change_album(album, by=request.user, **given)  # type: ignore[arg-type]
    return show_album(request, uid)


@router.put("/photos/{uid}/publication", response=AlbumOut, auth=Members, summary="Publish it, or withdraw it")
def publish_album(request: HttpRequest, uid: str, asked: PublicationIn) -> Any:
    album = _own(request, uid)
    if asked.at is not None and timezone.is_naive(asked.at):
        raise _wrong(_("Say the time zone of each moment."))
    if not asked.wanted:
        actions.withdraw_album(album, by=request.user)  # type: ignore[arg-type]
        return show_album(request, uid)
    try:
        actions.publish_album(album, by=request.user, at=asked.at)  # type: ignore[arg-type]
    except actions.NothingToShow:
        raise _wrong(_("Add at least one photo first.")) from None
    return show_album(request, uid)


@router.delete("/photos/{uid}", response={204: None}, auth=Members, summary="Remove it with its photos, for good")
def remove_album(request: HttpRequest, uid: str) -> Any:
    actions.remove_album(_own(request, uid), by=request.user)  # type: ignore[arg-type]
    return 204, None


@router.post(
    "/photos/{uid}/photos", response={201: PhotoAdded}, auth=Members, summary="Announce a photo and get its upload"
)
def add_photo(request: HttpRequest, uid: str, asked: PhotoIn) -> Any:
    album = _own(request, uid)
    words = _checked({name: value for name, value in asked.dict(exclude={"filename", "size"}).items() if value})
    try:
        photo, upload = actions.expect_photo(
            album,
            by=request.user,
            filename=asked.filename,
            size=asked.size,
            **words,  # type: ignore[arg-type]
        )
    except actions.UploadRefused as refused:
        raise Problem(refused.status, _("This file cannot be received"), refused.reason) from None
    photo.album = album
    return 201, {"id": photo.uid, "url": photo.address, "upload_url": request.build_absolute_uri(upload.path)}


@router.patch("/photos/{uid}/photos/{photo}", response=AlbumOut, auth=Members, summary="Change what a photo says")
def change_photo(request: HttpRequest, uid: str, photo: str, asked: PhotoChanges) -> Any:
    found = _own_photo(request, uid, photo)
    given = asked.dict(exclude_unset=True)
    given = _checked({name: value for name, value in given.items() if value is not None or name == "taken_at"})
    if "focus" in given:
        given["focus"] = tuple(given["focus"])
    if given.get("taken_at") and timezone.is_naive(given["taken_at"]):
        raise _wrong(_("Say the time zone of each moment."))
    actions.change_photo(found, by=request.user, **given)  # type: ignore[arg-type]
    return show_album(request, uid)


@router.delete("/photos/{uid}/photos/{photo}", response={204: None}, auth=Members, summary="Remove a photo for good")
def remove_photo(request: HttpRequest, uid: str, photo: str) -> Any:
    actions.remove_photo(_own_photo(request, uid, photo), by=request.user)  # type: ignore[arg-type]
    return 204, None


def _own(request: HttpRequest, uid: str) -> Album:
    return find_own_album(uid, Viewer.of(request))


def _own_photo(request: HttpRequest, uid: str, photo: str) -> Photo:
    return find_photo(_own(request, uid), photo)


def _checked(given: dict[str, Any]) -> dict[str, Any]:
    """In the names of `actions`; codes that nobody knows are refused."""
    if "description" in given:
        given["summary"] = given.pop("description")
    if "theme" in given:
        given["category"] = given.pop("theme")
    if given.get("category") and given["category"] not in dict(offered_categories()):
        raise _wrong(_("There is no such category: see GET /api/v1/categories."))
    if given.get("licence") and given["licence"] not in {RESERVED, *LICENCES}:
        raise _wrong(_("There is no such licence: see GET /api/v1/licences."))
    return given


def _site_for(request: HttpRequest, slug: str) -> Site:
    if slug:
        return _site_named(slug)
    here: Any = request.site  # type: ignore[attr-defined]
    if here and here.has_kind(actions.KIND):
        return here
    raise _wrong(_("Name a site that has photos: see GET /api/v1/sites."))


def _site_named(slug: str) -> Site:
    site = Site.objects.open().filter(slug=slug).first()
    if site is None or not (site.is_main or site.has_kind(actions.KIND)):
        raise _wrong(_("Name a site that has photos: see GET /api/v1/sites."))
    return site


def _wrong(sentence: str) -> Problem:
    return Problem(422, _("Some values are not valid"), sentence)
