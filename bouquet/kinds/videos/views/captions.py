"""Captions of a video: which there are, a file for another, the editor beside the film, and files to take away."""

from __future__ import annotations

import json

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bouquet.kinds.videos.caption_forms import CaptionFileForm, CaptionTextForm
from bouquet.kinds.videos.editor_words import editor_words
from bouquet.kinds.videos.models import Video
from bouquet.kinds.videos.views.edit import find_own_video
from bouquet.kinds.videos.views.watch import find_video, stage_of
from bouquet.shared.assets.actions import (
    CaptionsChangedMeanwhile,
    CaptionsRefused,
    begin_hearing,
    hearing_of,
    keep_captions,
    remove_captions,
    srt_of_captions,
    vtt_of_captions,
)
from bouquet.shared.assets.models import Caption
from bouquet.toolkit.access import members, public

TYPES = {"vtt": "text/vtt; charset=utf-8", "srt": "application/x-subrip; charset=utf-8"}


@members
@require_http_methods(["GET", "HEAD", "POST"])
def tracks(request: HttpRequest, uid: str) -> HttpResponse:
    video = find_own_video(request, uid)
    language = video.language or video.site.language
    form = CaptionFileForm(request.POST or None, request.FILES or None, language=language)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        former = video.asset.captions.filter(language=words["language"], kind=words["kind"]).first()
        if words["file"] is not None or former is None:
            origin = Caption.Origin.EDITED if words["file"] is None else Caption.Origin.UPLOADED
            try:
                former = keep_captions(
                    video.asset,
                    words["file"] or [],
                    language=words["language"],
                    kind=words["kind"],
                    label=words["label"],
                    origin=origin,
                    by=request.user,
                )
            except CaptionsRefused as refused:
                form.add_error(None, refused.sentence)
        if former is not None:
            if words["file"] is not None:
                messages.success(request, _("These captions are kept. Look through them beside the film."))
            return redirect("videos:caption", uid=uid, language=former.language, kind=former.kind)
    context = {"video": video, "form": form, "hearing": hearing_of(video.asset), "language": language}
    return render(request, "videos/captions.html", context, status=422 if form.errors else 200)


@members
@require_POST
def hearing(request: HttpRequest, uid: str) -> HttpResponse:
    """Have a machine listen and write. 404 where the network has none."""
    video = find_own_video(request, uid)
    if hearing_of(video.asset) is None:
        raise Http404
    try:
        begin_hearing(video.asset, language=request.POST.get("language", "")[:16])
    except CaptionsRefused as refused:
        messages.error(request, refused.sentence)
    return redirect("videos:captions", uid=uid)


@members
@require_http_methods(["GET", "HEAD", "POST"])
def editor(request: HttpRequest, uid: str, language: str, kind: str) -> HttpResponse:
    """Without JavaScript the whole text in one field; with it the texts one by one beside the film.

    409 where somebody else kept another version meanwhile: both texts are shown, and nothing is lost.
    """
    video = find_own_video(request, uid)
    caption = find_caption(video, language, kind)
    form = CaptionTextForm(request.POST or None, initial={"text": vtt_of_captions(caption), "base": caption.version})
    theirs, status = None, 200
    if request.method == "POST":
        if form.is_valid():
            try:
                keep_captions(
                    video.asset,
                    form.cleaned_data["text"],
                    language=language,
                    kind=kind,
                    origin=Caption.Origin.EDITED,
                    by=request.user,
                    base=form.cleaned_data["base"],
                )
            except CaptionsRefused as refused:
                form.add_error("text", refused.sentence)
            except CaptionsChangedMeanwhile as meanwhile:
                theirs = meanwhile.caption
                form = CaptionTextForm(initial={"text": request.POST.get("text", ""), "base": theirs.version})
            else:
                messages.success(request, _("Your changes are kept."))
                return redirect("videos:caption", uid=uid, language=language, kind=kind)
        status = 409 if theirs else 422
    api = reverse("api:caption", args=[video.uid, language])
    context = stage_of(request, video) | {
        "caption": caption,
        "form": form,
        "theirs": theirs,
        "theirs_text": vtt_of_captions(theirs) if theirs else "",
        "cues": json.dumps([list(cue) for cue in caption.cues], ensure_ascii=False),
        "api": f"{api}?kind={kind}",
        "words_of_editor": json.dumps(editor_words(), ensure_ascii=False),
    }
    return render(request, "videos/caption_editor.html", context, status=status)


@members
@require_POST
def removal(request: HttpRequest, uid: str, language: str, kind: str) -> HttpResponse:
    caption = find_caption(find_own_video(request, uid), language, kind)
    remove_captions(caption)
    words = {"name": caption.shown_label}
    messages.success(request, _("“%(name)s” is removed.") % words)
    return redirect("videos:captions", uid=uid)


@public
@require_safe
def file(request: HttpRequest, uid: str, language: str, kind: str, form: str) -> HttpResponse:
    """To take away, for who may see the film."""
    if form not in TYPES:
        raise Http404
    video = find_video(request, uid)
    caption = find_caption(video, language, kind)
    text = vtt_of_captions(caption) if form == "vtt" else srt_of_captions(caption)
    response = HttpResponse(text, content_type=TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{video.uid}.{language}.{form}"'
    response["Cache-Control"] = "private, no-cache"
    return response


def find_caption(video: Video, language: str, kind: str) -> Caption:
    caption = Caption.objects.filter(asset=video.asset_id, language=language, kind=kind).first()
    if caption is None:
        raise Http404
    caption.asset = video.asset
    return caption
