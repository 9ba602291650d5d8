"""A maker's own videos, and what is done to several of them at once."""

from __future__ import annotations

from typing import Any, Literal

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from bouquet.kinds.videos import actions
from bouquet.kinds.videos.api.videos import VideoBrief, Visibility, brief
from bouquet.kinds.videos.models import Video
from bouquet.kinds.videos.studio import AT_ONCE, NEWEST, Narrowing, chosen_of, sites_for, videos_of
from bouquet.shared.assets.models import Asset
from bouquet.shared.assets.permissions import limits_of
from bouquet.shared.network.models import Site
from bouquet.toolkit.api import Members, Problem
from bouquet.toolkit.pages import keyset_page

router = Router()


class MineIn(Schema):
    state: str = Field(
        "", max_length=12, description="sending, preparing, playable, ready, failed, scheduled, hidden or down."
    )
    visibility: str = Field("", max_length=10)
    site: str = Field("", max_length=120, description="Slug of a site.")
    q: str = Field("", max_length=100, description="A piece of the title.")
    cursor: str = Field("", max_length=500)
    size: int = Field(24, ge=1, le=100)


class MyVideo(VideoBrief):
    state: str = Field(description="Of its file: waiting, uploading, processing, playable, ready or failed.")
    publication: str = Field(description="draft, scheduled, live, hidden or down.")
    reason: str = Field(description="Why it failed or was taken down; empty otherwise.")
    progress: float
    bytes: int
    original: Literal["kept", "archived", "gone"] = Field(
        description="The file that was sent: archived on a slower disk."
    )
    likes: int
    created_at: str


class Space(Schema):
    used_bytes: int
    quota_bytes: int
    largest_now: int = Field(description="The largest file that would be taken at this moment.")


class MinePage(Schema):
    items: list[MyVideo]
    next_cursor: str | None
    space: Space


class BatchIn(Schema):
    ids: list[str] = Field(min_length=1, max_length=AT_ONCE)
    visibility: Visibility | None = None
    site: str | None = Field(None, max_length=120, description="Slug of the site to move them to.")


class RemovalIn(Schema):
    ids: list[str] = Field(min_length=1, max_length=AT_ONCE)


class BatchOut(Schema):
    done: list[str] = Field(description="Ids that were the caller's, and are changed.")


@router.get("/videos/mine", auth=Members, response=MinePage, summary="The caller's own videos, newest first")
def mine(request: HttpRequest, asked: Query[MineIn]) -> Any:
    narrowed = Narrowing.read(asked.dict()).narrow(videos_of(request.user).select_related("channel"))
    page = keyset_page(narrowed, asked.cursor, size=asked.size, by=NEWEST)
    limits = limits_of(request.user)
    space = {name: getattr(limits, name) for name in ("used_bytes", "quota_bytes", "largest_now")}
    return {"items": [_mine(request, each) for each in page.rows], "next_cursor": page.next_cursor, "space": space}


@router.post("/videos/batch", auth=Members, response=BatchOut, summary="Change several of one's own videos at once")
def batch(request: HttpRequest, asked: BatchIn) -> Any:
    site = _site_of(request, asked.site) if asked.site is not None else None
    videos = chosen_of(request.user, asked.ids)
    for video in videos:
        if asked.visibility is not None:
            actions.change_video(video, by=request.user, visibility=asked.visibility)
        if site is not None:
            actions.move_video(video, site, by=request.user)
    return {"done": [video.uid for video in videos]}


@router.post("/videos/removals", auth=Members, response=BatchOut, summary="Remove several of one's own videos for good")
def removals(request: HttpRequest, asked: RemovalIn) -> Any:
    videos = chosen_of(request.user, asked.ids)
    uids = [video.uid for video in videos]
    for video in videos:
        actions.remove_video(video, by=request.user)
    return {"done": uids}


def _site_of(request: HttpRequest, slug: str) -> Site:
    for site in sites_for(request.user):
        if site.slug == slug:
            return site
    raise Problem(422, _("Unknown site"), _("You cannot publish films on a site that is called so."))


def _mine(request: HttpRequest, video: Video) -> dict[str, Any]:
    asset = video.asset
    failed = asset.state == Asset.State.FAILED
    return brief(request, video) | {
        "state": asset.public_state,
        "publication": video.state,
        "reason": asset.reason if failed else video.state_reason,
        "progress": min(1.0, max(0.0, asset.progress)),
        "bytes": asset.size,
        "original": ("archived" if asset.archived_at else "kept") if asset.source else "gone",
        "likes": video.likes,
        "created_at": video.created_at.isoformat(),
    }
