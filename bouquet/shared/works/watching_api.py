"""What the caller watched and where they stand, for their other devices and programs. Nobody else's, ever."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema
from ninja.throttling import SimpleRateThrottle

from bouquet.shared.works import actions
from bouquet.shared.works.models import Watching, Work
from bouquet.shared.works.permissions import Viewer, find_work
from bouquet.shared.works.schemas import PageIn, WorkOut
from bouquet.toolkit.api import Members, Problem
from bouquet.toolkit.pages import keyset_page


class EachMember(SimpleRateThrottle):
    scope = "works.watching"

    def get_cache_key(self, request: HttpRequest) -> str:
        return self.cache_format % {"scope": self.scope, "ident": request.user.pk}


router = Router(tags=["watching"], throttle=EachMember("120/m"))  # a player says where it is every few seconds


class PositionOut(Schema):
    seconds: float = Field(description="Where to begin; 0: at the beginning.")
    duration: float = Field(description="Seconds of the work, when that was noted; 0 where nothing is known.")
    is_open: bool = Field(description="Begun and not at its end: it stands under “go on watching”.")
    updated_at: datetime | None
    finished_at: datetime | None = Field(description="When the caller last came to its end.")


NOWHERE = PositionOut(seconds=0, duration=0, is_open=False, updated_at=None, finished_at=None)


class WatchedOut(PositionOut):
    work: WorkOut


class HistoryOut(Schema):
    watched: list[WatchedOut]
    next_cursor: str | None = Field(description="Null on the last page.")
    paused: bool = Field(description="Nothing is written down while it is.")


class HistoryIn(PageIn):
    only: Literal["", "open"] = Field("", description="“open”: what the caller can go on with.")


class PositionIn(Schema):
    seconds: float = Field(strict=True, ge=0, le=10**7, allow_inf_nan=False)


@router.get("/history", response=HistoryOut, auth=Members, summary="What the caller watched, the last first")
def show_history(request: HttpRequest, asked: Query[HistoryIn]) -> Any:
    """Only what they may still open."""
    rows = Watching.objects.to_go_on_with() if asked.only else Watching.objects.all()
    page = keyset_page(rows.of(Viewer.of(request)), asked.cursor, asked.limit, by=("-updated_at", "-pk"))
    return {
        "watched": page.rows,
        "next_cursor": page.next_cursor,
        "paused": actions.history_is_paused(_caller(request)),
    }


@router.delete("/history", response={204: None}, auth=Members, summary="Forget all that the caller watched")
def delete_history(request: HttpRequest) -> Any:
    actions.forget_watched(_caller(request))
    return 204, None


@router.put("/history/pause", response={204: None}, auth=Members, summary="Keep no history from now on")
def put_pause(request: HttpRequest) -> Any:
    actions.pause_history(_caller(request))
    return 204, None


@router.delete("/history/pause", response={204: None}, auth=Members, summary="Keep a history again")
def delete_pause(request: HttpRequest) -> Any:
    actions.keep_history(_caller(request))
    return 204, None


@router.delete("/history/{work}", response={204: None}, auth=Members, summary="Forget one work; twice is once")
def delete_entry(request: HttpRequest, work: str) -> Any:
    """Also of what the caller may not open any more."""
    if work.isascii() and work.isalnum():  # else nobody's uid: there is nothing to forget
        actions.forget_watched(_caller(request), work)
    return 204, None


@router.get("/works/{uid}/position", response=PositionOut, auth=Members, summary="Where the caller stands in a work")
def show_position(request: HttpRequest, uid: str) -> Any:
    work = find_work(Work.objects.all(), uid, Viewer.of(request))
    row = Watching.objects.filter(person=_caller(request), work=work.pk).first()
    return row or NOWHERE


@router.put("/works/{uid}/position", response={204: None}, auth=Members, summary="Say where the caller stands")
def put_position(request: HttpRequest, uid: str, said: PositionIn) -> Any:
    """What comes within a second of another word is left out. Near its end, the work counts as watched."""
    work = find_work(Work.objects.all(), uid, Viewer.of(request))
    if not work.duration:
        raise Problem(409, _("Nothing plays here"), _("This work has no length to stand in."))
    if not actions.note_place(_caller(request), work, said.seconds):
        raise Problem(409, _("Your history is paused"), _("Nothing is written down until you keep a history again."))
    return 204, None


@router.delete("/works/{uid}/position", response={204: None}, auth=Members, summary="Begin it anew the next time")
def delete_position(request: HttpRequest, uid: str) -> Any:
    """Out of “go on watching”; the history keeps it."""
    work = find_work(Work.objects.all(), uid, Viewer.of(request))
    actions.stop_going_on(_caller(request), work.uid)
    return 204, None


def _caller(request: HttpRequest) -> Any:
    return request.user
