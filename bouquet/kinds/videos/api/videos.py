"""Videos through the API: announce one and send its file by tus, follow it until it plays, change it, remove it."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime
from typing import Annotated, Any, Literal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from bouquet.kinds.videos import actions
from bouquet.kinds.videos.api.changes import changed_fields
from bouquet.kinds.videos.models import Video
from bouquet.kinds.videos.replies import CannotAnswer, answered_by, answering, film_named
from bouquet.kinds.videos.screen import hls_path, poster_path, storyboard_path
from bouquet.kinds.videos.structured import absolute, embed_address
from bouquet.kinds.videos.texts_api import router as texts_router
from bouquet.shared.access.decide import terms_for
from bouquet.shared.assets.models import Asset
from bouquet.shared.audience.actions import Numbers, numbers_of_work
from bouquet.shared.audience.permissions import may_read_work
from bouquet.shared.network.models import Site
from bouquet.shared.works import actions as works
from bouquet.shared.works.models import Filters, licence_called
from bouquet.shared.works.permissions import PasswordNeeded, TooManyTries, Viewer, can_edit_work, find_work, key_for
from bouquet.toolkit.api import Anyone, Members, Problem
from bouquet.toolkit.pages import keyset_page

router = Router()
router.add_router("", texts_router)
LANGUAGE = r"^([a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,4})?)?$"
Visibility = Literal["public", "unlisted", "followers", "members", "private"]
CommentsPolicy = Literal["house", "open", "approval", "closed"]


class VideoIn(Schema):
    title: str = Field(max_length=140, description="Empty: the file's name.")
    size: int = Field(ge=0, description="Bytes of the file that will be sent.")
    filename: str = Field(max_length=1000)
    site: str = Field("", description="Slug or host of the site; empty: this site, else the first one with videos.")
    description: str = Field("", max_length=5000)
    visibility: Visibility = "public"
    language: str = Field("", max_length=8, pattern=LANGUAGE, description="Spoken in it; empty: the site's own.")
    category: str = Field("", max_length=40, description="A slug of GET /api/v1/categories, or empty.")
    tags: list[Annotated[str, Field(max_length=40)]] = Field([], max_length=works.MOST_TAGS)
    reply_to: str = Field("", max_length=300, description="Id or address of the film that it answers.")


class VideoAdded(Schema):
    id: str
    url: str = Field(description="The video's page on its own site.")
    upload_url: str = Field(description="A tus 1.0 upload of the announced size: send the bytes with PATCH.")


class Translation(Schema):
    title: str = Field("", max_length=140)
    description: str = Field("", max_length=5000)


class WindowIO(Schema):
    territories: list[str] = Field([], max_length=250, description="ISO 3166 countries; none: everywhere.")
    excluded: bool = Field(False, description="Everywhere but in these countries.")
    opens_at: datetime | None = None
    closes_at: datetime | None = None


class VideoChanges(Schema):
    title: str | None = Field(None, max_length=140, min_length=1)
    description: str | None = Field(None, max_length=5000)
    visibility: Visibility | Literal["password"] | None = None
    password: str | None = Field(
        None, max_length=128, description="For the visibility “password”. Only its hash is kept."
    )
    may_download: bool | None = None
    reply_to: str | None = Field(None, max_length=300, description="The film that it answers; empty: none.")
    comments_policy: CommentsPolicy | None = Field(None, description="“house”: as the site has it.")
    guest_policy: Literal["ask", "open", "closed"] | None = Field(
        None, description="Whether editors of other sites may show it: after asking, at once, or not."
    )
    language: str | None = Field(None, max_length=8, pattern=LANGUAGE)
    embeds: Literal["", "anywhere", "hosts", "nowhere"] | None = Field(
        None, description="On other people's pages; it can only narrow what its site allows."
    )
    embed_hosts: str | None = Field(None, max_length=4000, description="For “hosts”: names, one a line.")
    tags: list[Annotated[str, Field(max_length=40)]] | None = Field(None, max_length=works.MOST_TAGS)
    category: str | None = Field(None, max_length=40, description="A slug of GET /api/v1/categories, or empty.")
    licence: str | None = Field(None, description="A code of GET /api/v1/licences, or empty.", max_length=80)
    credit: str | None = Field(None, max_length=300)
    rating: Literal[0, 10, 12, 16, 18] | None = Field(None, description="Minimum age.")
    publish_at: datetime | None = Field(None, description="While it is not published; null: as soon as it plays.")
    translations: dict[Annotated[str, Field(pattern=r"^[a-z]{2,3}$")], Translation] | None = Field(None, max_length=20)
    also_on: list[Annotated[str, Field(max_length=120)]] | None = Field(
        None, max_length=100, description="Slugs of the other sites that list it."
    )
    windows: list[WindowIO] | None = Field(None, max_length=20, description="Where and when; none: everywhere, always.")


class RenditionOut(Schema):
    height: int | None
    codecs: str
    bandwidth: int
    growing: bool = Field(description="Segments are still being added.")


class VideoBrief(Schema):
    id: str
    title: str
    url: str
    site: str
    channel: str | None
    duration: float | None
    poster: str | None
    visibility: str
    published_at: str | None
    views: int
    embed: str


class VideoOut(Schema):
    id: str
    title: str
    description: str
    url: str
    site: str
    visibility: str
    may_download: bool
    comments_policy: CommentsPolicy
    guest_policy: str
    comment_count: int
    reply_to: str | None = Field(description="Id of the film that it answers, where the caller may see that one.")
    state: Literal["waiting", "uploading", "processing", "playable", "ready", "failed"]
    reason: str = Field(description="Why it failed, in a sentence; empty otherwise.")
    progress: float = Field(ge=0, le=1)
    duration: float | None
    width: int | None
    height: int | None
    hls: str | None = Field(description="A signed address of the multivariant playlist; null until it plays.")
    poster: str | None
    storyboard: str | None = Field(description="WebVTT with sprites.")
    gain_db: float = Field(description="What a player adds, in dB, so that films are heard equally loud (−16 LUFS).")
    renditions: list[RenditionOut]
    embed: str
    timings: dict[str, Any]
    upload_url: str | None = Field(None, description="While the file is on its way, for its author.")
    published_at: str | None
    views: int
    language: str
    tags: list[str]
    category: str
    licence: str
    licence_url: str
    credit: str
    rating: int
    translations: dict[str, Translation]
    also_on: list[str]
    windows: list[WindowIO] | None = Field(None, description="For those who may edit it.")


class BrowseIn(Schema):
    site: str = Field("", max_length=120, description="Slug or host of a site; empty: the whole network.")
    category: str = Field("", max_length=40, pattern=r"^[-a-z0-9]*$", description="A slug of GET /api/v1/categories.")
    tag: str = Field("", max_length=60, pattern=r"^[\w-]*$", description="A tag's slug: folded, with hyphens.")
    language: str = Field("", max_length=8, pattern=r"^([a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,4})?)?$")
    length: Literal["", "short", "medium", "long"] = Field("", description="Under 4, 4 to 20, over 20 minutes.")
    since: Literal["", "day", "week", "month", "year"] = ""
    order: Literal["latest", "trending", "seen", "views", "liked", "longest", "shortest"] = Field(
        "latest", description="“seen” by the views of the last seven days, “views” by all of them."
    )
    cursor: str = Field("", max_length=500, description="`next_cursor` of the page before, in the same order.")
    size: int = Field(24, ge=1, le=100)


class VideoPage(Schema):
    items: list[VideoBrief]
    next_cursor: str | None


@router.post("/videos", auth=Members, response={201: VideoAdded}, summary="Announce a video and get its upload")
def add(request: HttpRequest, asked: VideoIn) -> Any:
    more = {name: value for name in ("language", "category", "tags") if (value := getattr(asked, name))}
    try:
        with transaction.atomic():
            video, upload = actions.add_video(
                person=request.user,
                site=_site_for(request, asked.site),
                title=asked.title,
                size=asked.size,
                filename=asked.filename,
                description=asked.description,
                visibility=asked.visibility,
                **answering(film_named(asked.reply_to, Viewer.of(request)), request.user),
            )
            if more:
                actions.change_video(video, by=request.user, **changed_fields(request, video, more))
    except CannotAnswer as refusal:
        raise Problem(422, _("This film cannot be answered"), str(refusal)) from None
    except actions.UploadRefused as refusal:
        raise Problem(refusal.status, _("This file cannot be received"), refusal.reason) from refusal
    return 201, {
        "id": video.uid,
        "url": video.address,
        "upload_url": request.build_absolute_uri(upload.path),
    }


@router.get(
    "/videos", auth=Anyone, response=VideoPage, summary="Videos of a site or of the network: narrowed, in an order"
)
def latest(request: HttpRequest, asked: Query[BrowseIn]) -> Any:
    filters = Filters(asked.category, asked.tag, asked.language, asked.length, asked.since, asked.order)
    videos: Any = filters.narrow(Video.objects.listed_for(Viewer.of(request)).filter(kind="videos"))
    if asked.site:
        videos = videos.on(_site_named(asked.site))
    videos = videos.select_related("site", "channel", "poster", "asset")
    page = keyset_page(videos, asked.cursor, size=asked.size, by=filters.by)
    return {"items": [brief(request, video) for video in page.rows], "next_cursor": page.next_cursor}


@router.get("/videos/{uid}", auth=Anyone, response=VideoOut, url_name="video", summary="A video and how far it is")
def one(request: HttpRequest, uid: str) -> Any:
    return _whole(request, _visible(request, uid))


@router.get("/videos/{uid}/numbers", auth=Members, response=Numbers, summary="Its numbers, for its maker and editors")
def numbers(request: HttpRequest, uid: str, days: Literal["7", "28", "90", "365"] = "28") -> Any:
    """404 for others. `visitors` are the visitors of each day, added up; `curve`: of each hundredth, who saw it."""
    video = Video.objects.select_related("site", "channel").filter(uid=uid).first()
    if video is None or not may_read_work(request.user, video):
        raise Http404
    return numbers_of_work(video, int(days))


@router.patch("/videos/{uid}", auth=Members, response=VideoOut, summary="Change its words or who may see it")
def change(request: HttpRequest, uid: str, changes: VideoChanges) -> Any:
    video = _own(request, uid)
    given = changed_fields(request, video, changes.dict(exclude_unset=True))
    if given:
        try:
            actions.change_video(video, by=request.user, **given)
        except actions.PasswordMissing:
            raise Problem(422, _("A password is needed"), _("Say which password viewers will be asked for.")) from None
    return _whole(request, _visible(request, uid))


@router.delete("/videos/{uid}", auth=Members, response={204: None}, summary="Remove it and its files for good")
def remove(request: HttpRequest, uid: str) -> Any:
    actions.remove_video(_own(request, uid), by=request.user)
    return 204, None


def _visible(request: HttpRequest, uid: str) -> Video:
    videos = Video.objects.select_related("site", "channel", "poster", "asset", "asset__upload", "own_poster")
    videos = videos.prefetch_related("asset__renditions", "asset__steps", "tags", "also_on")
    try:
        return find_work(videos, uid, Viewer.of(request))
    except PasswordNeeded as asked:
        said = request.headers.get("Bouquet-Password", "")
        if not said:
            raise
        try:
            key = key_for(request, asked.work, said)
        except TooManyTries:
            raise Problem(429, _("Too many tries"), _("Wait a quarter of an hour, then try again.")) from None
        if not key:
            raise Problem(403, _("A password is needed"), _("This is not the password.")) from None
        return find_work(videos, uid, replace(Viewer.of(request), keys=frozenset([key])))


def _own(request: HttpRequest, uid: str) -> Video:
    """404 where it cannot be seen, 403 where it can and is another's."""
    video = _visible(request, uid)
    if not can_edit_work(request.user, video):
        raise PermissionDenied(_("This video belongs to somebody else."))
    return video


def _site_for(request: HttpRequest, named: str) -> Site:
    """The one asked for; else the site of this host; else the first in the network that has videos."""
    if named:
        return _site_named(named)
    if request.site and request.site.has_kind("videos"):
        return request.site
    for site in Site.objects.open().in_order():
        if site.has_kind("videos"):
            return site
    raise Problem(422, _("No site takes videos"), _("The network has no open site with videos switched on."))


def _site_named(named: str) -> Site:
    site = next((each for each in Site.objects.open() if named in (each.slug, each.host)), None)
    if site is None or not site.has_kind("videos"):
        raise Problem(
            422,
            _("Unknown site"),
            _("No open site with videos is called “%(name)s”. See GET /api/v1/sites.") % {"name": named[:80]},
        )
    return site


def brief(request: HttpRequest, video: Video) -> dict[str, Any]:
    return {
        "id": video.uid,
        "title": video.title,
        "url": video.address,
        "site": video.site.slug,
        "channel": video.channel.name if video.channel else None,
        "duration": video.duration,
        "poster": absolute(request, poster_path(video, 640)),
        "visibility": video.visibility,
        "published_at": video.published_at.isoformat() if video.published_at else None,
        "views": video.views,
        "embed": embed_address(video),
    }


def _whole(request: HttpRequest, video: Video) -> dict[str, Any]:
    asset = video.asset
    is_mine = request.user.is_authenticated and request.user.pk == video.author_id
    terms = terms_for(Viewer.of(request), video)
    licence = licence_called(video.licence)
    may_edit = can_edit_work(request.user, video) if request.user.is_authenticated else False
    return brief(request, video) | {
        "description": video.summary,
        "may_download": video.may_download,
        "comments_policy": video.comments_policy,
        "guest_policy": video.guest_policy,
        "comment_count": video.comment_count,
        "reply_to": original.uid if (original := answered_by(video, Viewer.of(request))) else None,
        "state": asset.public_state,
        "reason": asset.reason if asset.state == Asset.State.FAILED else "",
        "progress": min(1.0, max(0.0, asset.progress)),
        "duration": asset.duration,
        "width": asset.width,
        "height": asset.height,
        "hls": absolute(request, hls_path(asset, terms)),
        "poster": absolute(request, poster_path(video, 1280)),
        "storyboard": absolute(request, storyboard_path(asset, terms)),
        "gain_db": asset.gain_db,
        "renditions": [
            {"height": rung.height, "codecs": rung.codecs, "bandwidth": rung.bandwidth, "growing": rung.growing}
            for rung in sorted(asset.renditions.all(), key=lambda rung: -(rung.height or 0))
            if rung.kind == "video"
        ],
        "timings": asset.timings,
        "language": video.language,
        "tags": [tag.name for tag in video.tags.all()],
        "category": video.category,
        "licence": video.licence,
        "licence_url": licence.url if licence else "",
        "credit": video.credit,
        "rating": video.rating,
        "translations": {
            code: {"title": texts.get("title", ""), "description": texts.get("summary", "")}
            for code, texts in video.translations.items()
        },
        "also_on": [site.slug for site in video.also_on.all()],
        "windows": [asdict(window) for window in works.windows_of(video)] if may_edit else None,
        "upload_url": absolute(request, asset.upload.path) if is_mine and video.is_on_its_way else None,
    }
