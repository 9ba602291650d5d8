"""Pages on which a maker replaces a film's file, or cuts the film."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bouquet.kinds.videos.actions import take_whole_file
from bouquet.kinds.videos.models import Replacement, Video
from bouquet.kinds.videos.replacing import actions
from bouquet.kinds.videos.replacing.forms import ReplacementForm, TrimForm, written
from bouquet.kinds.videos.uploader import uploader_words
from bouquet.kinds.videos.views.edit import find_own_video
from bouquet.kinds.videos.views.send import too_large
from bouquet.kinds.videos.views.watch import stage_of
from bouquet.shared.assets.actions import UploadRefused, expect_film
from bouquet.shared.assets.permissions import limits_of
from bouquet.toolkit.access import members


@csrf_exempt  # only this shell: the token is checked below, after the size and before anything is read
@members
@require_http_methods(["GET", "HEAD", "POST"])
def replacement(request: HttpRequest, uid: str) -> HttpResponse:
    """The form works by itself; with JavaScript the file goes by tus, and goes on after a break."""
    video = find_own_video(request, uid)
    if request.method == "POST":
        if refusal := too_large(request):
            return _page(request, video, ReplacementForm(), status=413, refusal=refusal)
        expect_film(request)
    return _replace(request, video)


@csrf_protect
def _replace(request: HttpRequest, video: Video) -> HttpResponse:
    sent = request.method == "POST"
    form = ReplacementForm(request.POST, request.FILES) if sent else ReplacementForm()
    if not sent or not form.is_valid():
        return _page(request, video, form, status=422 if sent else 200)
    given = form.cleaned_data
    try:
        upload = actions.replace_file(
            video,
            by=request.user,
            size=given["film"].size,
            filename=given["film"].name,
            at_once=given["at_once"],
            keeps_texts=given["keeps_texts"],
        )
    except UploadRefused as refused:
        return _page(request, video, form, status=refused.status, refusal=refused.reason)
    except actions.ReplacementRefused as refused:
        return _page(request, video, form, status=refused.status, refusal=refused.reason)
    take_whole_file(upload, given["film"])
    return redirect("videos:replacement", uid=video.uid)


@members
@require_safe
def state(request: HttpRequest, uid: str) -> HttpResponse:
    """How far it is, for the page to put in."""
    video = find_own_video(request, uid)
    return render(request, "videos/replacing/state.html", _about(video))


@members
@require_POST
def cancellation(request: HttpRequest, uid: str) -> HttpResponse:
    latest = _latest(find_own_video(request, uid))
    if actions.cancel_replacement(latest):
        messages.success(request, _("The new file is given up. The film stays as it is."))
    else:
        messages.error(request, _("It was too late: this had ended already."))
    return redirect("videos:replacement", uid=uid)


@members
@require_POST
def former_return(request: HttpRequest, uid: str) -> HttpResponse:
    latest = _latest(find_own_video(request, uid))
    try:
        actions.return_to_former(latest)
    except actions.ReplacementRefused as refused:
        messages.error(request, refused.reason)
    else:
        messages.success(request, _("The former film is back, with its captions and chapters of then."))
    return redirect("videos:replacement", uid=uid)


@members
@require_POST
def former_removal(request: HttpRequest, uid: str) -> HttpResponse:
    actions.drop_former(_latest(find_own_video(request, uid)))
    messages.success(request, _("The former film is removed, with its files."))
    return redirect("videos:replacement", uid=uid)


@members
@require_http_methods(["GET", "HEAD", "POST"])
def trimming(request: HttpRequest, uid: str) -> HttpResponse:
    video = find_own_video(request, uid)
    length = video.asset.duration or 0.0
    form = TrimForm(
        request.POST if request.method == "POST" else None,
        initial={"starts_at": written(0), "ends_at": written(length)},
    )
    refusal, status = "", 200
    if request.method == "POST":
        if form.is_valid():
            given = form.cleaned_data
            moments = {"starts_at": given["starts_at"], "ends_at": given["ends_at"]}
            try:
                actions.trim_film(video, by=request.user, **moments, exact=given["way"] == "exact")
                return redirect("videos:replacement", uid=uid)
            except (actions.ReplacementRefused, UploadRefused) as refused:
                refusal, status = refused.reason, refused.status
        else:
            status = 422
    gap = (video.asset.facts.get("probe") or {}).get("picture", {}).get("keyframe_gap")
    context = stage_of(request, video) | {
        "form": form,
        "refusal": refusal,
        "length": f"{length:.3f}",
        "gap": gap if gap and gap < 60 else None,
        "can_cut": video.asset.state == "ready",
        "no_original": video.asset.no_original,
        "coming": video.replacements.filter(state=Replacement.State.COMING).exists(),
    }
    return render(request, "videos/replacing/trimming.html", context, status=status)


def _page(
    request: HttpRequest, video: Video, form: ReplacementForm, *, status: int = 200, refusal: str = ""
) -> HttpResponse:
    limits = limits_of(request.user)
    context = _about(video) | {
        "form": form,
        "limits": limits,
        "refusal": refusal,
        "words": uploader_words(limits),
    }
    return render(request, "videos/replacing/replacement.html", context, status=status)


def _about(video: Video) -> dict[str, Any]:
    latest = actions.replacement_of(video)
    asset = latest.asset if latest else None
    coming = latest is not None and latest.state == Replacement.State.COMING
    return {
        "video": video,
        "replacement": latest,
        "coming": coming,
        "share": asset.progress if asset and coming and asset.state != "waiting" else None,
        "asset_state": asset.public_state if asset and coming else "",
        "may_return": bool(latest and latest.kept_until and latest.asset_id == video.asset_id),
        "asked_start": written(latest.starts_at) if latest and latest.starts_at is not None else "",
        "real_start": written(latest.begins_at) if latest and latest.begins_at is not None else "",
        "length_change": abs(latest.length_change) if latest else 0,
    }


def _latest(video: Video) -> Replacement:
    found = actions.replacement_of(video)
    if found is None:
        raise Http404
    return found
