"""The queue through the API, for who runs the network."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from bouquet.toolkit.api import Members, Problem
from bouquet.toolkit.pages import keyset_page
from bouquet.toolkit.tasks.actions import cancel_task, move_to_front, retry_all, retry_task
from bouquet.toolkit.tasks.models import TaskRow
from bouquet.toolkit.tasks.overview import lanes_now
from bouquet.toolkit.tasks.times import lane_times
from bouquet.toolkit.tasks.views import SHELVES
from bouquet.toolkit.tasks.words import tell

router = Router(tags=["queue"])
State = Literal["waiting", "running", "failed", "cancelled", "done"]


class LaneOut(Schema):
    name: str
    waiting: int
    due: int
    running: int
    failed: int
    oldest_wait: float | None = Field(description="Seconds for which the oldest that is due has waited.")


class TimesOut(Schema):
    """Of the last day, in seconds: half, and 95 of 100, of the tasks waited or took no longer."""

    done: int
    last_hour: int = Field(description="Of those, done in the last hour.")
    waited_half: float | None = Field(description="From the moment a task is due until it begins.")
    waited_most: float | None
    took_half: float | None
    took_most: float | None


class LaneWithTimes(LaneOut):
    day: TimesOut


class TaskOut(Schema):
    id: UUID
    task: str
    name: str
    about: str = Field(description="The film or file; empty where it is about none.")
    whose: str
    lane: str
    state: State
    progress: float | None
    attempts: int
    worker: str
    reason: str
    enqueued_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    waited: float | None = Field(description="Seconds from when it was due to when its last run began.")
    took: float | None = Field(description="Seconds of its last run, once it ended.")


class QueueOut(Schema):
    lanes: list[LaneWithTimes]
    items: list[TaskOut]
    next_cursor: str | None


class RetryIn(Schema):
    task: str = Field(max_length=200, description="Path of the task, as the list shows it.")


class RetryOut(Schema):
    waiting: int


@router.get("/queue", auth=Members, response=QueueOut, summary="Lanes, and the tasks of one state")
def queue(request: HttpRequest, state: State = "running", cursor: str = "", size: int = Query(50, ge=1, le=100)) -> Any:
    _operators_only(request)
    page = keyset_page(TaskRow.objects.filter(state=state), cursor, size=size, by=SHELVES[state][1])
    lanes = [
        {**vars(lane), "oldest_wait": lane.wait.total_seconds() if lane.wait is not None else None, "day": vars(times)}
        for lane, times in zip(lanes_now(), lane_times(), strict=True)
    ]
    return {"lanes": lanes, "items": [_shown(row) for row in tell(page.rows)], "next_cursor": page.next_cursor}


@router.post("/queue/retries", auth=Members, response=RetryOut, summary="Try all failed tasks of one kind again")
def retry_kind(request: HttpRequest, asked: RetryIn) -> Any:
    _operators_only(request)
    return {"waiting": retry_all(asked.task)}


@router.post("/queue/{number}/retry", auth=Members, response=TaskOut, summary="Try a failed task again")
def retry(request: HttpRequest, number: UUID) -> Any:
    """409 where it has not failed, or the same one already waits: two clicks are one."""
    row = _row(request, number)
    if not retry_task(row):
        raise _too_late()
    return _again(row)


@router.post("/queue/{number}/front", auth=Members, response=TaskOut, summary="Move a waiting task to the front")
def front(request: HttpRequest, number: UUID) -> Any:
    row = _row(request, number)
    if not move_to_front(row):
        raise _too_late()
    return _again(row)


@router.delete("/queue/{number}", auth=Members, response={202: TaskOut}, summary="Cancel a task that waits or runs")
def cancel(request: HttpRequest, number: UUID) -> Any:
    """A running one is stopped by its worker within two seconds."""
    row = _row(request, number)
    if row.state not in (TaskRow.State.WAITING, TaskRow.State.RUNNING):
        raise _too_late()
    cancel_task(row)
    return 202, _again(row)


def _operators_only(request: HttpRequest) -> None:
    if not request.user.is_superuser:  # type: ignore[union-attr]
        raise Problem(403, _("Not for you"), _("Only who runs the network sees its queue."))


def _row(request: HttpRequest, number: UUID) -> TaskRow:
    _operators_only(request)
    row = TaskRow.objects.filter(pk=number).first()
    if row is None:
        raise Http404
    return row


def _again(row: TaskRow) -> dict[str, Any]:
    return _shown(tell([TaskRow.objects.get(pk=row.pk)])[0])


def _shown(row: Any) -> dict[str, Any]:
    names = ("task", "lane", "state", "progress", "attempts", "worker", "reason")
    times = ("enqueued_at", "started_at", "finished_at", "waited", "took")
    return {name: getattr(row, name) for name in (*names, *times)} | {
        "id": row.pk,
        "name": row.called,
        "about": row.subject.title if row.subject else "",
        "whose": row.subject.whose if row.subject else "",
    }


def _too_late() -> Problem:
    return Problem(409, _("This cannot be done now"), _("The task is in another state by now."))
