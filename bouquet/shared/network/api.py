"""`GET /api/v1/sites`: the sites of the network."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema

from bouquet.shared.network.directory import directory_of
from bouquet.toolkit.access import public

router = Router(tags=["network"])


class SiteOut(Schema):
    id: str = Field(alias="uid", description="Never changes.")
    slug: str
    name: str
    host: str
    url: str = Field(description="The address of its front page, without a slash at the end.")
    language: str = Field(description="ISO 639-1")
    territory: str = Field(description="ISO 3166-1 alpha-2")
    kinds: list[str] = Field(description="What it offers: videos, articles…")
    tagline: str
    is_main: bool = Field(description="Whether it is the network's own front, which gathers all sites.")


@router.get("/sites", response=list[SiteOut], auth=None, summary="The open sites of the network, in their order")
@public
def list_sites(request: HttpRequest) -> Any:
    return directory_of(request).open_sites
