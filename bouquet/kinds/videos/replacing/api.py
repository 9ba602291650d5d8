"""A film's file through the API: send another one, cut it, follow that, go back to the former one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema

from bouquet.kinds.videos.models import Replacement, Video
from bouquet.kinds.videos.replacing import actions
from bouquet.kinds.videos.structured import absolute
from bouquet.shared.assets.actions import UploadRefused
from bouquet.shared.works.permissions import Viewer, can_edit_work, find_work
from bouquet.toolkit.api import Members, Problem

router = Router()


class ReplacementIn(Schema):
    size: int = Field(ge=0, description="Bytes of the file that will be sent.")
    filename: str = Field(max_length=1000)
    at_once: bool = Field(False, description="Change over as soon as it plays, not when every quality is made.")
    keep_texts: bool = Field(True, description="Captions and chapters come along, cut to the new length.")


class TrimIn(Schema):
    starts_at: float = Field(ge=0, le=1_000_000, description="Seconds.")
    ends_at: float = Field(gt=0, le=1_000_000, description="Seconds.")
    exact: bool = Field(False, description="Encode once more, to begin exactly there and not at a keyframe near it.")


class ReplacementOut(Schema):
    id: str = Field(description="The video's.")
    state: Literal["coming", "done", "failed", "cancelled", "undone"]
    file: str = Field(
        description="Of its file while it is coming: waiting, uploading, processing, playable; else empty."
    )
    progress: float = Field(ge=0, le=1)
    reason: str = Field(description="Why it failed; empty otherwise.")
    upload_url: str | None = Field(description="While its file is on its way, for who sends it.")
    starts_at: float | None = Field(description="Where a cut film begins in the former one: what came of `asked`.")
    asked_start: float | None
    ends_at: float | None
    left_out: int = Field(description="Texts of captions and chapters that lay outside the new film.")
    former_until: str | None = Field(description="Until when one may go back to the former film.")


@router.post(
    "/videos/{uid}/replacement",
    auth=Members,
    response={201: ReplacementOut},
    summary="Announce another file for a video; its address stays",
)
def replace(request: HttpRequest, uid: str, asked: ReplacementIn) -> Any:
    video = own_video(request, uid)
    with _refusals():
        actions.replace_file(
            video,
            by=request.user,
            size=asked.size,
            filename=asked.filename,
            at_once=asked.at_once,
            keeps_texts=asked.keep_texts,
        )
    return 201, _shown(request, video)


@router.get("/videos/{uid}/replacement", auth=Members, response=ReplacementOut, summary="How far the new file is")
def one(request: HttpRequest, uid: str) -> Any:
    return _shown(request, own_video(request, uid))


@router.delete("/videos/{uid}/replacement", auth=Members, response={204: None}, summary="Give the new file up")
def cancel(request: HttpRequest, uid: str) -> Any:
    """409 where it has ended already."""
    if not actions.cancel_replacement(_latest(own_video(request, uid))):
        raise Problem(409, _("This cannot be done now"), _("It was too late: this had ended already."))
    return 204, None


@router.post(
    "/videos/{uid}/trimming", auth=Members, response={201: ReplacementOut}, summary="Keep what lies between two moments"
)
def trim(request: HttpRequest, uid: str, asked: TrimIn) -> Any:
    video = own_video(request, uid)
    with _refusals():
        actions.trim_film(video, by=request.user, starts_at=asked.starts_at, ends_at=asked.ends_at, exact=asked.exact)
    return 201, _shown(request, video)


@router.post("/videos/{uid}/former", auth=Members, response=ReplacementOut, summary="Go back to the former film")
def go_back(request: HttpRequest, uid: str) -> Any:
    video = own_video(request, uid)
    with _refusals():
        actions.return_to_former(_latest(video))
    return _shown(request, video)


@router.delete("/videos/{uid}/former", auth=Members, response={204: None}, summary="Remove the former film's files now")
def drop(request: HttpRequest, uid: str) -> Any:
    actions.drop_former(_latest(own_video(request, uid)))
    return 204, None


def own_video(request: HttpRequest, uid: str) -> Video:
    """404 where it cannot be seen, 403 where it can and is another's."""
    videos = Video.objects.select_related("site", "asset", "own_poster")
    video = find_work(videos, uid, Viewer.of(request))
    if not can_edit_work(request.user, video):
        raise Problem(403, _("Not yours"), _("This video belongs to somebody else."))
    return video


@contextmanager
def _refusals() -> Iterator[None]:
    """A refusal of ours as problem+json."""
    try:
        yield
    except UploadRefused as refused:
        raise Problem(refused.status, _("This file cannot be received"), refused.reason) from refused
    except actions.ReplacementRefused as refused:
        raise Problem(refused.status, _("This cannot be done now"), refused.reason) from refused


def _latest(video: Video) -> Replacement:
    found = actions.replacement_of(video)
    if found is None:
        raise Http404
    return found


def _shown(request: HttpRequest, video: Video) -> dict[str, Any]:
    found = _latest(video)
    asset = found.asset
    coming = asset is not None and found.state == Replacement.State.COMING
    mine = found.by_id == request.user.pk
    return {
        "id": video.uid,
        "state": found.state,
        "file": asset.public_state if asset and coming else "",
        "progress": min(1.0, max(0.0, asset.progress)) if asset and coming else float(found.state == "done"),
        "reason": found.reason,
        "upload_url": absolute(request, asset.upload.path) if asset and found.is_sent and mine else None,
        "starts_at": found.begins_at,
        "asked_start": found.starts_at,
        "ends_at": found.ends_at,
        "left_out": found.left_out,
        "former_until": found.kept_until.isoformat() if found.kept_until else None,
    }
