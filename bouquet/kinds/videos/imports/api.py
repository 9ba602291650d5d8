"""Imports through the API: ask for a dry run, read it, start it, follow it, pause it, give it up."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from bouquet.kinds.videos.imports import actions
from bouquet.kinds.videos.imports.models import ImportItem, ImportJob
from bouquet.kinds.videos.imports.report import Numbers, numbers_of, numbers_of_all
from bouquet.shared.network.models import Site
from bouquet.shared.works.models import Channel
from bouquet.toolkit.api import Members, Problem
from bouquet.toolkit.pages import keyset_page

router = Router(tags=["imports"])
Visibility = Literal["public", "unlisted", "followers", "members", "private"]
Repeat = Literal["", "hourly", "daily"]
ItemState = Literal["waiting", "fetching", "done", "known", "refused", "failed", "left_out"]


class ImportIn(Schema):
    source: Literal["peertube", "feed", "csv"]
    address: str = Field("", max_length=2000, description="Of the channel or feed; for a table, a name for it.")
    table: str = Field(
        "", max_length=5_000_000, description="The CSV itself; its first line names the columns, “url” among them."
    )
    site: str = Field("", description="Slug or host of the site; empty: this site.")
    channel: str = Field("", description="Slug of one of your channels; empty: your own.")
    visibility: Visibility = "public"
    repeat: Repeat = Field("", description="Look for new films by itself; not for a table.")


class ImportChanges(Schema):
    state: Literal["running", "paused", "cancelled", "looking"] | None = Field(
        None, description="running: start, or go on; paused; cancelled: for good; looking: another dry run."
    )
    repeat: Repeat | None = None
    retry_failed: bool = False


class Count(Schema):
    films: int
    bytes: int = Field(description="As far as sizes are known.")


class ImportOut(Schema):
    id: str
    url: str
    source: str
    address: str
    title: str
    site: str
    channel: str
    visibility: str
    repeat: str
    state: Literal["looking", "looked", "refused", "running", "paused", "done", "cancelled"]
    reason: str = Field(description="Why it cannot start or pauses, in a sentence.")
    progress: float = Field(ge=0, le=1)
    items: dict[str, Count] = Field(description="By state; what is not there is none.")
    unknown_sizes: int = Field(description="Films to come whose size nobody says.")
    created_at: datetime
    looked_at: datetime | None
    started_at: datetime | None
    finished_at: datetime | None


class ImportPage(Schema):
    items: list[ImportOut]
    next_cursor: str | None


class ItemOut(Schema):
    title: str
    address: str
    page: str = Field(description="Its page at the old place.")
    published_at: datetime | None
    size: int | None
    got: int
    state: ItemState
    reason: str
    video: str | None = Field(description="The id of the video here.")
    url: str | None


class ItemPage(Schema):
    items: list[ItemOut]
    next_cursor: str | None


@router.post("/videos/imports", auth=Members, response={202: ImportOut}, summary="Ask for the dry run of an import")
def add(request: HttpRequest, asked: ImportIn) -> Any:
    try:
        job = actions.add_import(
            person=request.user,
            site=_site_for(request, asked.site),
            source=asked.source,
            address=asked.address or ("table.csv" if asked.source == "csv" else ""),
            table=asked.table.encode("utf-8", "replace"),
            channel=_channel_for(request, asked.channel),
            visibility=asked.visibility,
            repeat=asked.repeat,
            language=get_language() or "",
        )
    except actions.ImportRefused as refusal:
        raise _problem(refusal) from refusal
    return 202, _whole(job, numbers_of(job))


@router.get("/videos/imports", auth=Members, response=ImportPage, summary="Your imports, the latest first")
def mine(request: HttpRequest, cursor: str = "", size: int = Query(24, ge=1, le=100)) -> Any:
    jobs = ImportJob.objects.filter(person=request.user).select_related("site", "channel")
    page = keyset_page(jobs, cursor, size=size, by=("-created_at", "-pk"))
    numbers = numbers_of_all(page.rows)
    return {"items": [_whole(job, numbers[job.pk]) for job in page.rows], "next_cursor": page.next_cursor}


@router.get("/videos/imports/{uid}", auth=Members, response=ImportOut, url_name="video_import", summary="One import")
def one(request: HttpRequest, uid: str) -> Any:
    job = _own(request, uid)
    return _whole(job, numbers_of(job))


@router.get("/videos/imports/{uid}/items", auth=Members, response=ItemPage, summary="Its films, in the source's order")
def items(
    request: HttpRequest,
    uid: str,
    state: ItemState | None = None,
    cursor: str = "",
    size: int = Query(50, ge=1, le=200),
) -> Any:
    found = _own(request, uid).items.select_related("video__site")
    if state:
        found = found.filter(state=state)
    page = keyset_page(found, cursor, size=size, by=("pk",))
    return {"items": [_item(item) for item in page.rows], "next_cursor": page.next_cursor}


@router.patch(
    "/videos/imports/{uid}", auth=Members, response=ImportOut, summary="Start, pause, go on, cancel, subscribe"
)
def change(request: HttpRequest, uid: str, changes: ImportChanges) -> Any:
    job = _own(request, uid)
    verbs = {
        "running": actions.start_import,
        "paused": actions.pause_import,
        "cancelled": actions.cancel_import,
        "looking": actions.look_again,
    }
    actions.speak(job, get_language() or "")
    try:
        if changes.repeat is not None:
            actions.set_repeat(job, changes.repeat)
        if changes.retry_failed:
            actions.retry_failed(job)
        if changes.state:
            verbs[changes.state](job)
    except actions.ImportRefused as refusal:
        raise _problem(refusal) from refusal
    return _whole(job, numbers_of(job))


def _own(request: HttpRequest, uid: str) -> ImportJob:
    """Another's does not exist."""
    if not uid.isascii() or not uid.isalnum():
        raise Http404
    rows = ImportJob.objects.select_related("site", "channel", "person")
    return get_object_or_404(rows, uid=uid, person=request.user)


def _problem(refusal: actions.ImportRefused) -> Problem:
    return Problem(refusal.status, _("This import cannot be done"), refusal.reason)


def _site_for(request: HttpRequest, named: str) -> Site:
    sites = [site for site in Site.objects.open().in_order() if site.has_kind("videos")]
    if not named and request.site and request.site.has_kind("videos"):
        return request.site
    for site in sites:
        if not named or named in (site.slug, site.host):
            return site
    raise Problem(422, _("Unknown site"), _("No open site with videos is called “%(name)s”.") % {"name": named[:80]})


def _channel_for(request: HttpRequest, slug: str) -> Channel | None:
    if not slug:
        return None
    if channel := Channel.objects.filter(owner=request.user, slug=slug.replace("\x00", "")[:60]).first():
        return channel
    raise Problem(422, _("Unknown channel"), _("You have no channel called “%(name)s”.") % {"name": slug[:80]})


def _whole(job: ImportJob, numbers: Numbers) -> dict[str, Any]:
    return {
        "id": job.uid,
        "url": f"{job.site.url}{job.path}",
        "source": job.source,
        "address": job.address,
        "title": job.title,
        "site": job.site.slug,
        "channel": job.channel.slug,
        "visibility": job.visibility,
        "repeat": job.repeat,
        "state": job.state,
        "reason": job.reason,
        "progress": round(numbers.share, 4) if job.started_at else 0.0,
        "items": {name: {"films": count, "bytes": numbers.sizes.get(name, 0)} for name, count in numbers.films.items()},
        "unknown_sizes": numbers.unknown,
        "created_at": job.created_at,
        "looked_at": job.looked_at,
        "started_at": job.started_at,
        "finished_at": job.finished_at,
    }


def _item(item: ImportItem) -> dict[str, Any]:
    return {
        "title": item.title,
        "address": item.address,
        "page": item.fact("page"),
        "published_at": item.published_at,
        "size": item.size,
        "got": item.got,
        "state": item.state,
        "reason": item.reason,
        "video": item.video.uid if item.video else None,
        "url": item.video.address if item.video else None,
    }
