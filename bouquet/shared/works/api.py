"""Works, reactions, follows, collections and the feed through the API. What may not be seen is 404; elsewhere, 451."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from bouquet.shared.network.models import Site
from bouquet.shared.works import actions
from bouquet.shared.works.actions.collections import CollectionIsFull
from bouquet.shared.works.feed import followed_page
from bouquet.shared.works.models import Channel, Collection, Work
from bouquet.shared.works.permissions import Viewer, find_work
from bouquet.toolkit.access import public
from bouquet.toolkit.api import Anyone, Members, Problem
from bouquet.toolkit.pages import keyset_page

router = Router(tags=["works"])
SLUG = r"^[-a-zA-Z0-9_]*$"
Visibility = Literal["public", "unlisted", "followers", "members", "private"]


class PageIn(Schema):
    cursor: str = Field("", max_length=500, description="`next_cursor` of the page before.")
    limit: int = Field(24, ge=1, le=100)


class WorksIn(PageIn):
    site: str = Field("", max_length=120, pattern=SLUG, description="Slug of a site; empty: the whole network.")
    kind: str = Field("", max_length=24, pattern=SLUG, description="videos, articles…")
    channel: str = Field("", max_length=60, pattern=SLUG, description="Slug of a channel.")


class ChannelOut(Schema):
    slug: str
    name: str
    url: str = Field(alias="address")
    followers: int


class WorkOut(Schema):
    id: str = Field(alias="uid")
    kind: str
    title: str
    summary: str
    url: str = Field(alias="address", description="Its page on its own site.")
    site: str = Field(description="Slug of its site.")
    channel: ChannelOut | None
    language: str
    poster: str | None = Field(description="A picture 640 pixels wide.")
    duration: float | None = Field(description="Seconds, of what plays.")
    rating: int = Field(description="Minimum age.")
    visibility: Visibility
    published_at: datetime | None
    views: int
    likes: int

    @staticmethod
    def resolve_site(work: Work) -> str:
        return work.site.slug

    @staticmethod
    def resolve_poster(work: Work) -> str | None:
        path = work.poster.poster_url(640) if work.poster else ""
        return f"{work.site.url}{path}" if path and path.startswith("/") else path or None


class WorksOut(Schema):
    works: list[WorkOut]
    next_cursor: str | None = Field(description="Null on the last page.")


class CollectionIn(Schema):
    name: str = Field(min_length=1, max_length=80, pattern=r"^[^\x00]*$")
    visibility: Visibility = "private"


class CollectionOut(Schema):
    id: str = Field(alias="uid")
    name: str
    role: str = Field(description="“later” for the list of what to watch later, else empty.")
    visibility: Visibility


def _channel(slug: str) -> Channel:
    return get_object_or_404(Channel, slug=slug)


def _my_own(request: HttpRequest, uid: str) -> Collection:
    return get_object_or_404(Collection, uid=uid, owner=request.user)


def _page(page: Any) -> dict[str, Any]:
    return {"works": page.rows, "next_cursor": page.next_cursor}


@router.get("/works", response=WorksOut, auth=Anyone, summary="The latest works that this caller may find")
@public
def list_works(request: HttpRequest, asked: Query[WorksIn]) -> Any:
    works = Work.objects.listed_for(Viewer.of(request))
    if asked.site:
        works = works.on(get_object_or_404(Site.objects.open(), slug=asked.site))
    if asked.kind:
        works = works.filter(kind=asked.kind)
    if asked.channel:
        works = works.filter(channel=_channel(asked.channel))
    return _page(keyset_page(works.cards(), asked.cursor, asked.limit))


@router.get("/works/{uid}", response=WorkOut, auth=Anyone, summary="One work")
@public
def show_work(request: HttpRequest, uid: str) -> Any:
    return find_work(Work.objects.cards(), uid, Viewer.of(request))


@router.put("/works/{uid}/reaction", response={204: None}, auth=Members, summary="Like a work; twice is once")
def put_reaction(request: HttpRequest, uid: str) -> Any:
    actions.react_to_work(find_work(Work.objects.all(), uid, Viewer.of(request)), by=request.user)
    return 204, None


@router.delete("/works/{uid}/reaction", response={204: None}, auth=Members, summary="Take a like back")
def delete_reaction(request: HttpRequest, uid: str) -> Any:
    actions.unreact_to_work(find_work(Work.objects.all(), uid, Viewer.of(request)), by=request.user)
    return 204, None


@router.put("/channels/{slug}/follow", response={204: None}, auth=Members, summary="Follow a channel; twice is once")
def put_follow(request: HttpRequest, slug: str) -> Any:
    actions.follow_channel(_channel(slug), by=request.user)
    return 204, None


@router.delete("/channels/{slug}/follow", response={204: None}, auth=Members, summary="Follow a channel no more")
def delete_follow(request: HttpRequest, slug: str) -> Any:
    actions.unfollow_channel(_channel(slug), by=request.user)
    return 204, None


@router.get("/feed", response=WorksOut, auth=Members, summary="The latest of the channels that the caller follows")
def show_feed(request: HttpRequest, asked: Query[PageIn]) -> Any:
    return _page(followed_page(request.user, Viewer.of(request), asked.cursor, size=asked.limit))


@router.get("/collections", response=list[CollectionOut], auth=Members, summary="The caller's collections")
def list_collections(request: HttpRequest) -> Any:
    actions.later_of(request.user)
    return Collection.objects.filter(owner=request.user).order_by("-role", "name", "pk")[:1000]


@router.post("/collections", response={201: CollectionOut}, auth=Members, summary="Start a collection")
def add_collection(request: HttpRequest, wanted: CollectionIn) -> Any:
    if not wanted.name.strip():
        raise Problem(422, _("Some values are not valid"), _("A collection needs a name."))
    return 201, actions.add_collection(request.user, name=wanted.name, visibility=wanted.visibility)


@router.get("/collections/{uid}", response=WorksOut, auth=Anyone, summary="The works of a collection, in its order")
@public
def show_collection(request: HttpRequest, uid: str, asked: Query[PageIn]) -> Any:
    viewer = Viewer.of(request)
    collection = get_object_or_404(Collection.objects.visible_to(viewer), uid=uid)
    page = keyset_page(collection.items_for(viewer), asked.cursor, asked.limit, by=("position", "pk"))
    return {"works": [item.work for item in page], "next_cursor": page.next_cursor}


@router.delete("/collections/{uid}", response={204: None}, auth=Members, summary="Delete a collection; its works stay")
def delete_collection(request: HttpRequest, uid: str) -> Any:
    actions.delete_collection(_my_own(request, uid))
    return 204, None


@router.put(
    "/collections/{uid}/works/{work}", response={204: None}, auth=Members, summary="Put a work in; twice is once"
)
def put_item(request: HttpRequest, uid: str, work: str) -> Any:
    collection = _my_own(request, uid)
    try:
        actions.add_to_collection(collection, find_work(Work.objects.all(), work, Viewer.of(request)))
    except CollectionIsFull:
        raise Problem(409, _("This collection is full"), _("Please start another one.")) from None
    return 204, None


@router.delete("/collections/{uid}/works/{work}", response={204: None}, auth=Members, summary="Take a work out")
def delete_item(request: HttpRequest, uid: str, work: str) -> Any:
    collection = _my_own(request, uid)
    actions.remove_from_collection(collection, find_work(Work.objects.all(), work, Viewer.of(request)))
    return 204, None
