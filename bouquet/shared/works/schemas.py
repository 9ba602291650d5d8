"""What the API says of works, wherever they stand in an answer."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from ninja import Field, Schema

from bouquet.shared.works.models import Work

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
