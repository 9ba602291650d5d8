"""Works, reactions, follows and the feed through the API. What may not be seen is 404; elsewhere, 451."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router

from bouquet.shared.network.models import Site
from bouquet.shared.works import actions
from bouquet.shared.works.collection_api import router as collections
from bouquet.shared.works.feed import followed_page
from bouquet.shared.works.models import Channel, Work
from bouquet.shared.works.permissions import Viewer, find_work
from bouquet.shared.works.schemas import PageIn, WorkOut, WorksIn, WorksOut
from bouquet.shared.works.watching_api import router as watching
from bouquet.toolkit.access import public
from bouquet.toolkit.api import Anyone, Members
from bouquet.toolkit.pages import keyset_page

router = Router(tags=["works"])


def _channel(slug: str) -> Channel:
    return get_object_or_404(Channel, slug=slug)


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


@router.put(
    "/channels/{slug}/notices", response={204: None}, auth=Members, summary="A notice of each new work of a channel"
)
def put_bell(request: HttpRequest, slug: str) -> Any:
    actions.tell_of_channel(_channel(slug), by=request.user, wanted=True)
    return 204, None


@router.delete("/channels/{slug}/notices", response={204: None}, auth=Members, summary="No notices of a channel")
def delete_bell(request: HttpRequest, slug: str) -> Any:
    actions.tell_of_channel(_channel(slug), by=request.user, wanted=False)
    return 204, None


@router.get("/feed", response=WorksOut, auth=Members, summary="The latest of the channels that the caller follows")
def show_feed(request: HttpRequest, asked: Query[PageIn]) -> Any:
    return _page(followed_page(request.user, Viewer.of(request), asked.cursor, size=asked.limit))


router.add_router("", collections)
router.add_router("", watching)
