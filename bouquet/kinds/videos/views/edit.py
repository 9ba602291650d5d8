"""What an author may do to a video: change its words and picture, remove it."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from bouquet.kinds.videos import actions
from bouquet.kinds.videos.forms import PosterForm, VideoForm, WindowForms, windows_in
from bouquet.kinds.videos.models import Video
from bouquet.kinds.videos.studio import sites_for
from bouquet.kinds.videos.views.watch import find_video, stage_of
from bouquet.shared.works.actions import windows_of
from bouquet.shared.works.permissions import Viewer, can_edit_work
from bouquet.toolkit.access import members


@members
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, uid: str) -> HttpResponse:
    video = find_own_video(request, uid)
    known = windows_of(video)
    form = VideoForm(request.POST or None, instance=video, sites=sites_for(request.user), viewer=Viewer.of(request))
    windows = WindowForms(request.POST or None, initial=windows_in(known), prefix="windows")
    if request.method == "POST" and form.is_valid() and windows.is_valid():
        changes = form.changes()
        given = [each for each in (one.window() for one in windows) if not each.limits_nothing]
        if given != known:
            changes["windows"] = given
        actions.change_video(find_own_video(request, uid), by=request.user, **changes)
        messages.success(request, _("Your changes are kept."))
        return redirect("videos:edit", uid=uid)
    context = stage_of(request, video) | {"form": form, "windows": windows, "poster_form": PosterForm()}
    context["original_days"] = settings.ORIGINALS_DROP_AFTER_DAYS
    wrong = form.errors or (windows.is_bound and not windows.is_valid())
    return render(request, "videos/edit.html", context, status=422 if wrong else 200)


@members
@require_POST
def poster(request: HttpRequest, uid: str) -> HttpResponse:
    """The author's own picture: a file, or a moment of the film that the browser drew."""
    video = find_own_video(request, uid)
    form = PosterForm(request.POST, request.FILES)
    wants_json = "application/json" in request.headers.get("accept", "")
    refusal = " ".join(str(error) for error in form.errors.get("picture", [])) if not form.is_valid() else ""
    if not refusal:
        try:
            actions.choose_poster(video, form.cleaned_data["picture"], by=request.user)
        except actions.UploadRefused as refused:
            refusal = refused.reason
    if wants_json:
        return JsonResponse({"detail": refusal}, status=422 if refusal else 202)
    if refusal:
        messages.error(request, refusal)
    else:
        messages.success(request, _("Your picture is being prepared; it appears in a moment."))
    return redirect("videos:edit", uid=uid)


@members
@require_POST
def poster_removal(request: HttpRequest, uid: str) -> HttpResponse:
    """Back to the picture that was taken from the film."""
    actions.drop_poster(find_own_video(request, uid), by=request.user)
    return redirect("videos:edit", uid=uid)


@members
@require_http_methods(["GET", "HEAD", "POST"])
def removal(request: HttpRequest, uid: str) -> HttpResponse:
    video = find_own_video(request, uid)
    if request.method == "POST":
        actions.remove_video(video, by=request.user)
        messages.success(request, _("“%(title)s” is removed, with its files.") % {"title": video.title})
        return redirect("videos:mine")
    return render(request, "videos/removal.html", {"video": video})


def find_own_video(request: HttpRequest, uid: str) -> Video:
    """404 where it cannot be seen; 403 where it can and is another's. Its pages live on its own site."""
    video = find_video(request, uid)
    if not can_edit_work(request.user, video):
        raise PermissionDenied
    return video
