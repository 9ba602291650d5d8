"""`GET /api/v1/search`"""

from __future__ import annotations

from typing import Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema

from bouquet.shared.network.models import Site
from bouquet.shared.search.finding import LAST_PAGE, find, suggest
from bouquet.shared.search.meaning import did_you_mean
from bouquet.shared.works.models import Filters, Work
from bouquet.shared.works.permissions import Viewer
from bouquet.toolkit.access import public
from bouquet.toolkit.api import Anyone

router = Router(tags=["search"])
SLUG = r"^[-a-zA-Z0-9_]*$"


class SearchIn(Schema):
    q: str = Field(max_length=500, description="Words, or their beginnings; all must be there. Accents do not matter.")
    site: str = Field("", max_length=120, pattern=SLUG, description="Slug of a site; empty: the whole network.")
    kind: str = Field("", max_length=24, pattern=SLUG, description="videos, articles…")
    category: str = Field("", max_length=40, pattern=r"^[-a-z0-9]*$", description="A slug of GET /api/v1/categories.")
    tag: str = Field("", max_length=60, pattern=r"^[\w-]*$", description="A tag's slug: folded, with hyphens.")
    language: str = Field("", max_length=8, pattern=r"^([a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,4})?)?$")
    length: Literal["", "short", "medium", "long"] = Field("", description="Under 4, 4 to 20, over 20 minutes.")
    since: Literal["", "day", "week", "month", "year"] = ""
    order: Literal["", "latest", "views", "liked", "longest", "shortest"] = Field(
        "", description="Empty: the best hits first, title before description before what is said."
    )
    page: int = Field(1, ge=1, le=LAST_PAGE)
    limit: int = Field(24, ge=1, le=100)


class HitOut(Schema):
    id: str = Field(alias="uid")
    kind: str
    title: str
    summary: str
    url: str = Field(alias="address")
    site: str
    channel: str | None
    said_at: int | None = Field(None, description="The second at which a wanted word is said in it.")
    said: str = Field("", description="What is said there.")
    said_url: str | None = Field(None, description="The address of that moment.")

    @staticmethod
    def resolve_site(work: Work) -> str:
        return work.site.slug

    @staticmethod
    def resolve_channel(work: Work) -> str | None:
        return work.channel.slug if work.channel else None


class FacetsOut(Schema):
    kind: dict[str, int]
    category: dict[str, int]
    language: dict[str, int]
    length: dict[str, int]
    since: dict[str, int]


class SuggestIn(Schema):
    q: str = Field(max_length=200, description="What is typed so far.")
    site: str = Field("", max_length=120, pattern=SLUG)


class SuggestOut(Schema):
    works: list[HitOut]


class MeantOut(Schema):
    q: str = Field(alias="line", description="A line that finds something for the caller, where they asked.")


class SearchOut(Schema):
    total: int
    is_capped: bool = Field(description="More works match than were looked at: `total` and facets are of the newest.")
    kinds: dict[str, int] = Field(description="How many hits of each kind.")
    facets: FacetsOut = Field(
        description="How many hits each further choice would leave; each counts the others' rest."
    )
    works: list[HitOut]
    did_you_mean: list[MeantOut] = Field(
        [], description="Other lines, the likeliest first, where hardly anything was found."
    )
    page: int
    has_next: bool


@router.get("/search", response=SearchOut, auth=Anyone, summary="What a line of words finds")
@public
def search(request: HttpRequest, asked: Query[SearchIn]) -> Any:
    site = get_object_or_404(Site.objects.open(), slug=asked.site) if asked.site else None
    viewer = Viewer.of(request)
    found = find(
        asked.q,
        viewer=viewer,
        site=site,
        kind=asked.kind,
        filters=Filters(asked.category, asked.tag, asked.language, asked.length, asked.since),
        order=asked.order,
        page=asked.page,
        size=asked.limit,
    )
    for work in found.works:
        if moment := found.moments.get(work.pk):
            told: Any = work
            told.said_at, told.said, told.said_url = moment.at, moment.text, f"{work.address}?t={moment.at}"
    told_of: Any = found
    told_of.did_you_mean = did_you_mean(found.wanted, viewer=viewer, site=site, found=found.matched)
    return found


@router.get(
    "/search/suggestions", response=SuggestOut, auth=Anyone, summary="Works whose title has what is typed so far"
)
@public
def suggestions(request: HttpRequest, asked: Query[SuggestIn]) -> Any:
    site = get_object_or_404(Site.objects.open(), slug=asked.site) if asked.site else None
    return {"works": suggest(asked.q, viewer=Viewer.of(request), site=site)}
