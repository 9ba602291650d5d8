"""Chapters of a video: written a line each, or read from the description; and their track for players."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bouquet.kinds.videos.caption_forms import ChaptersForm
from bouquet.kinds.videos.tracks import chapters_of
from bouquet.kinds.videos.views.edit import find_own_video
from bouquet.kinds.videos.views.watch import find_video, stage_of
from bouquet.shared.assets.actions import chapter_lines, chapters_track, keep_chapters
from bouquet.toolkit.access import members, public


@members
@require_http_methods(["GET", "HEAD", "POST"])
def chapters(request: HttpRequest, uid: str) -> HttpResponse:
    video = find_own_video(request, uid)
    present = chapters_of(video)
    form = ChaptersForm(request.POST or None, asset=video.asset, initial={"lines": chapter_lines(present)})
    if request.method == "POST" and form.is_valid():
        kept = keep_chapters(video.asset, form.cleaned_data["lines"])
        messages.success(
            request, _("Your chapters are kept.") if kept else _("There are no chapters by hand any more.")
        )
        return redirect(video.address_from(request.site))
    by_hand = bool(video.asset.chapters.all())
    context = stage_of(request, video) | {"form": form, "by_hand": by_hand, "from_description": present and not by_hand}
    return render(request, "videos/chapters.html", context, status=422 if form.errors else 200)


@public
@require_safe
def track(request: HttpRequest, uid: str) -> HttpResponse:
    """WebVTT of kind chapters, for who may see the film. Its address changes with its content (`?v=`)."""
    video = find_video(request, uid)
    marks = chapters_of(video)
    if not marks:
        raise Http404
    body = chapters_track(marks, video.asset.duration or video.duration or 0)
    response = HttpResponse(body, content_type="text/vtt; charset=utf-8")
    response["Cache-Control"] = "private, max-age=3600"
    response["Access-Control-Allow-Origin"] = "*"  # as for a stranger: no cookie comes with such a request
    return response
