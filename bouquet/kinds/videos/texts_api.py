"""Captions and chapters through the API. The editor beside the film uses these doors too."""

from __future__ import annotations

from typing import Any, Literal

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema

from bouquet.kinds.videos.models import Video
from bouquet.kinds.videos.tracks import WITH_TEXTS, chapters_of
from bouquet.shared.access import streams
from bouquet.shared.access.decide import terms_for
from bouquet.shared.assets.actions import (
    CaptionsChangedMeanwhile,
    CaptionsRefused,
    ChaptersRefused,
    begin_hearing,
    hearing_of,
    keep_captions,
    keep_chapters,
    language_tag,
    read_captions,
    remove_captions,
    vtt_of_captions,
)
from bouquet.shared.assets.models import Caption
from bouquet.shared.works.permissions import Viewer, can_edit_work, find_work
from bouquet.toolkit.api import Anyone, Members, Problem

router = Router(tags=["captions"])
Kind = Literal["subtitles", "captions", "descriptions"]
LAST = 48 * 3600


class CueIO(Schema):
    start: float = Field(ge=0, le=LAST, description="Seconds.")
    end: float = Field(ge=0, le=LAST)
    text: str = Field(max_length=8000, description="Of tags <b> <i> <u> <v> <c> <lang> <ruby> <rt> are kept.")
    settings: str = Field("", max_length=400, description="Where it stands, as WebVTT writes it: “line:0 align:start”.")


class CaptionBrief(Schema):
    language: str
    kind: Kind
    label: str
    origin: Literal["uploaded", "edited", "automatic"]
    length: int = Field(description="How many cues.")
    version: str = Field(description="Of the content. Give it back as `base` when you change it.")
    changed_at: str
    url: str = Field(description="WebVTT, signed and immutable, for who may play the film.")


class CaptionWhole(CaptionBrief):
    cues: list[CueIO]


class CaptionIn(Schema):
    text: str | None = Field(None, max_length=2_100_000, description="A whole WebVTT or SubRip file…")
    cues: list[CueIO] | None = Field(None, max_length=10_000, description="…or its cues.")
    label: str | None = Field(None, max_length=80)
    base: str | None = Field(
        None, max_length=16, description="The version this one was made from; 409 where it is not the present one."
    )


class HearingIn(Schema):
    language: str = Field("", max_length=16, description="What is spoken; empty: as the model hears it.")


class HearingOut(Schema):
    state: Literal["offered", "waiting", "running", "done", "failed"]
    progress: float


class ChapterIO(Schema):
    starts_at: float = Field(ge=0, le=LAST, description="Seconds.")
    title: str = Field(min_length=1, max_length=120)


class ChaptersOut(Schema):
    source: Literal["hand", "description", "none"]
    chapters: list[ChapterIO]


class ChaptersIn(Schema):
    chapters: list[ChapterIO] = Field(max_length=200)


@router.get("/videos/{uid}/captions", auth=Anyone, response=list[CaptionBrief], summary="Captions of a video")
def captions(request: HttpRequest, uid: str) -> Any:
    video = _visible(request, uid)
    return [_brief(request, video, caption) for caption in video.asset.captions.all()]


@router.get(
    "/videos/{uid}/captions/{language}", auth=Anyone, response=CaptionWhole, url_name="caption", summary="With its cues"
)
def caption(request: HttpRequest, uid: str, language: str, kind: Kind = "subtitles") -> Any:
    video = _visible(request, uid)
    return _whole(request, video, _caption(video, language, kind))


@router.put(
    "/videos/{uid}/captions/{language}",
    auth=Members,
    response={200: CaptionWhole, 201: CaptionWhole},
    summary="Keep captions in a language",
)
def put_caption(request: HttpRequest, uid: str, language: str, given: CaptionIn, kind: Kind = "subtitles") -> Any:
    video = _own(request, uid)
    is_new = not any(each.language == language and each.kind == kind for each in video.asset.captions.all())
    try:
        if given.text is not None:
            cues: Any = read_captions(given.text)
        elif given.cues is not None:
            cues = [
                (round(cue.start * 1000), round(cue.end * 1000), cue.text.replace("\x00", ""), cue.settings)
                for cue in given.cues
            ]
        else:
            raise CaptionsRefused(_("Send `text` or `cues`."))
        kept = keep_captions(
            video.asset,
            cues,
            language=language,
            kind=kind,
            by=request.user,
            label=given.label.replace("\x00", "") if given.label is not None else None,
            origin=Caption.Origin.UPLOADED if given.text is not None else Caption.Origin.EDITED,
            base=given.base,
        )
    except CaptionsRefused as refused:
        raise Problem(422, _("These captions cannot be kept"), refused.sentence, line=refused.line) from refused
    except CaptionsChangedMeanwhile as meanwhile:
        raise _conflict(request, video, meanwhile.caption) from meanwhile
    return 201 if is_new else 200, _whole(request, video, kept)


@router.get("/videos/{uid}/hearing", auth=Members, response=HearingOut, summary="Automatic captions: how far")
def hearing(request: HttpRequest, uid: str) -> Any:
    return _hearing(_own(request, uid))


@router.post(
    "/videos/{uid}/hearing",
    auth=Members,
    response={202: HearingOut},
    summary="Have a first version written",
)
def begin(request: HttpRequest, uid: str, given: HearingIn) -> Any:
    video = _own(request, uid)
    _hearing(video)
    try:
        begin_hearing(video.asset, language=given.language)
    except CaptionsRefused as refused:
        raise Problem(422, _("No captions are written"), refused.sentence) from refused
    return 202, _hearing(video)


@router.delete("/videos/{uid}/captions/{language}", auth=Members, response={204: None}, summary="Take captions away")
def delete_caption(request: HttpRequest, uid: str, language: str, kind: Kind = "subtitles") -> Any:
    remove_captions(_caption(_own(request, uid), language, kind))
    return 204, None


@router.get("/videos/{uid}/chapters", auth=Anyone, response=ChaptersOut, summary="Chapters of a video")
def chapters(request: HttpRequest, uid: str) -> Any:
    return _chapters(_visible(request, uid))


@router.put("/videos/{uid}/chapters", auth=Members, response=ChaptersOut, summary="Write chapters by hand")
def put_chapters(request: HttpRequest, uid: str, given: ChaptersIn) -> Any:
    video = _own(request, uid)
    try:
        keep_chapters(video.asset, [(round(each.starts_at * 1000), each.title) for each in given.chapters])
    except ChaptersRefused as refused:
        raise Problem(422, _("These chapters cannot be kept"), refused.sentence) from refused
    return _chapters(_own(request, uid))


@router.delete(
    "/videos/{uid}/chapters", auth=Members, response={204: None}, summary="Back to the chapters of the description"
)
def delete_chapters(request: HttpRequest, uid: str) -> Any:
    keep_chapters(_own(request, uid).asset, [])
    return 204, None


def _visible(request: HttpRequest, uid: str) -> Video:
    videos = Video.objects.select_related("site", "asset").prefetch_related(*WITH_TEXTS)
    return find_work(videos, uid, Viewer.of(request))


def _own(request: HttpRequest, uid: str) -> Video:
    """404 where it cannot be seen, 403 where it can and is another's."""
    video = _visible(request, uid)
    if not can_edit_work(request.user, video):
        raise PermissionDenied(_("This video belongs to somebody else."))
    return video


def _caption(video: Video, language: str, kind: str) -> Caption:
    try:
        found = Caption.objects.filter(asset=video.asset_id, language=language_tag(language), kind=kind).first()
    except CaptionsRefused:
        found = None
    if found is None:
        words = {"language": language[:20], "kind": kind}
        raise Problem(404, _("No such captions"), _("This video has no %(kind)s in “%(language)s”.") % words)
    found.asset = video.asset
    return found


def _hearing(video: Video) -> Any:
    found = hearing_of(video.asset)
    if found is None:
        sentence = _("This network has no speech model, or the film is not ready yet.")
        raise Problem(404, _("No automatic captions"), sentence)
    return {"state": found.state, "progress": found.progress}


def _brief(request: HttpRequest, video: Video, caption: Caption) -> dict[str, Any]:
    prefix = streams.sign(video.asset, terms_for(Viewer.of(request), video))
    return {
        "language": caption.language,
        "kind": caption.kind,
        "label": str(caption.shown_label),
        "origin": caption.origin,
        "length": caption.length,
        "version": caption.version,
        "changed_at": caption.changed_at.isoformat(),
        "url": request.build_absolute_uri(prefix + caption.path),
    }


def _whole(request: HttpRequest, video: Video, caption: Caption) -> dict[str, Any]:
    cues = [
        {"start": start / 1000, "end": end / 1000, "text": text, "settings": settings}
        for start, end, text, settings in caption.cues
    ]
    return _brief(request, video, caption) | {"cues": cues}


def _conflict(request: HttpRequest, video: Video, theirs: Caption) -> Problem:
    """With the version that is kept, so that nobody has to choose without having read both."""
    by = theirs.changed_by.name if theirs.changed_by else ""
    sentence = _("Somebody else kept another version of these captions meanwhile. Yours was not kept.")
    theirs.asset = video.asset
    current = _whole(request, video, theirs) | {"changed_by": by, "text": vtt_of_captions(theirs)}
    return Problem(409, _("These captions were changed meanwhile"), sentence, current=current)


def _chapters(video: Video) -> dict[str, Any]:
    marks = chapters_of(video)
    by_hand = bool(video.asset.chapters.all())
    return {
        "source": "hand" if by_hand else "description" if marks else "none",
        "chapters": [{"starts_at": mark.seconds, "title": mark.title} for mark in marks],
    }
