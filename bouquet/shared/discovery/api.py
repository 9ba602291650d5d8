"""Finding without being asked, through the API: related works, the caller's home with its reasons, what trends."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema

from bouquet.shared.discovery import actions
from bouquet.shared.network.models import Site
from bouquet.shared.works.models import Channel, Work
from bouquet.shared.works.permissions import Viewer, find_work
from bouquet.toolkit.access import public
from bouquet.toolkit.api import Anyone, Members
from bouquet.toolkit.pages import keyset_page

router = Router(tags=["finding"])
SLUG = r"^[-a-zA-Z0-9_]*$"


class Suggestion(Schema):
    id: str = Field(alias="uid")
    kind: str
    title: str
    url: str = Field(alias="address")
    site: str
    channel: str | None
    poster: str | None
    duration: float | None
    published_at: datetime | None
    views: int
    why: str = Field("", description="Why it is suggested, a few words in the caller's language.")

    @staticmethod
    def resolve_site(work: Work) -> str:
        return work.site.slug

    @staticmethod
    def resolve_channel(work: Work) -> str | None:
        return work.channel.slug if work.channel else None

    @staticmethod
    def resolve_poster(work: Work) -> str | None:
        path = work.poster.poster_url(640) if work.poster else ""
        return f"{work.site.url}{path}" if path and path.startswith("/") else path or None


class RelatedOut(Schema):
    works: list[Suggestion]


class ShelfOut(Schema):
    name: str = Field(description="followed, like, neighbours or trending.")
    title: str
    why: str
    works: list[Suggestion]


class HomeOut(Schema):
    on: bool = Field(description="Whether this member wants suggestions.")
    shelves: list[ShelfOut] = Field(description="Empty where they are off.")


class ChoiceIn(Schema):
    on: bool = Field(strict=True)


class TrendingIn(Schema):
    site: str = Field("", max_length=120, pattern=SLUG, description="Slug of a site; empty: the whole network.")
    kind: str = Field("", max_length=24, pattern=SLUG)
    cursor: str = Field("", max_length=500)
    limit: int = Field(24, ge=1, le=100)


class TrendingOut(Schema):
    works: list[Suggestion]
    next_cursor: str | None


@router.get("/works/{uid}/related", response=RelatedOut, auth=Anyone, summary="What to watch after a work, and why")
@public
def related(request: HttpRequest, uid: str, limit: int = Query(12, ge=1, le=24)) -> Any:
    viewer = Viewer.of(request)
    work = find_work(Work.objects.select_related("channel").prefetch_related("tags"), uid, viewer)
    return {"works": actions.related_to(work, viewer, limit)}


@router.get("/home", response=HomeOut, auth=Members, summary="The caller's home: suggestions and their reasons")
def home(request: HttpRequest) -> Any:
    is_on = actions.home_is_on(request.user)
    return {"on": is_on, "shelves": actions.home_of(request.user, Viewer.of(request)) if is_on else []}


@router.put("/home", response={204: None}, auth=Members, summary="Switch suggestions on or off")
def put_home(request: HttpRequest, choice: ChoiceIn) -> Any:
    actions.switch_home(request.user, on=choice.on)
    return 204, None


@router.put("/home/works/{uid}/refusal", response={204: None}, auth=Members, summary="Do not suggest this work")
def refuse_work(request: HttpRequest, uid: str) -> Any:
    actions.dismiss_work(request.user, find_work(Work.objects.all(), uid, Viewer.of(request)))
    return 204, None


@router.delete("/home/works/{uid}/refusal", response={204: None}, auth=Members, summary="It may be suggested again")
def allow_work(request: HttpRequest, uid: str) -> Any:
    actions.take_back(request.user, work=find_work(Work.objects.all(), uid, Viewer.of(request)))
    return 204, None


@router.put("/home/channels/{slug}/refusal", response={204: None}, auth=Members, summary="Do not suggest this channel")
def refuse_channel(request: HttpRequest, slug: str) -> Any:
    actions.hide_channel(request.user, get_object_or_404(Channel, slug=slug))
    return 204, None


@router.delete("/home/channels/{slug}/refusal", response={204: None}, auth=Members, summary="Suggest it again")
def allow_channel(request: HttpRequest, slug: str) -> Any:
    actions.take_back(request.user, channel=get_object_or_404(Channel, slug=slug))
    return 204, None


@router.get("/trending", response=TrendingOut, auth=Anyone, summary="What many different people watch now")
@public
def trending(request: HttpRequest, asked: Query[TrendingIn]) -> Any:
    works = Work.objects.listed_for(Viewer.of(request)).trends()
    if asked.site:
        works = works.on(get_object_or_404(Site.objects.open(), slug=asked.site))
    if asked.kind:
        works = works.filter(kind=asked.kind)
    page = keyset_page(works.cards(), asked.cursor, asked.limit, by=("-trending", "-pk"))
    return {"works": page.rows, "next_cursor": page.next_cursor}
