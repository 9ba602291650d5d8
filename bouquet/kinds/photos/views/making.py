"""Making an album and adding to it. The forms work by themselves; with a script the files go one by one, with a bar."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from bouquet.kinds.photos import actions
from bouquet.kinds.photos.forms import AT_ONCE, AlbumForm, PhotosForm
from bouquet.kinds.photos.models import Album, Photo
from bouquet.kinds.photos.permissions import find_own_album
from bouquet.shared.accounts.permissions import of_age
from bouquet.shared.assets.permissions import limits_of
from bouquet.shared.works.permissions import Viewer
from bouquet.toolkit.access import members

FORM_BYTES = 64 * 1024  # what the other fields and the parts' heads may add to the photos


@csrf_exempt  # only this shell: the token is checked below, once it is known that there are not too many files
@members
@of_age
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    if refusal := too_much(request):
        return _new_page(request, _form_for(request), PhotosForm(), status=413, refusal=refusal)
    return _new(request)


@csrf_protect
def _new(request: HttpRequest) -> HttpResponse:
    is_sent = request.method == "POST"
    form = _form_for(request, request.POST if is_sent else None)
    photos = PhotosForm(request.POST, request.FILES) if is_sent else PhotosForm()
    if not is_sent or not (form.is_valid() and photos.is_valid()):
        if is_sent and _wants_json(request):
            wrong = [str(error) for errors in form.errors.values() for error in errors]
            return JsonResponse({"detail": " ".join(wrong)}, status=422)
        return _new_page(request, form, photos, status=422 if is_sent else 200)
    in_name = bool(form.cleaned_data.get("for_the_site"))
    site: Any = request.site  # type: ignore[attr-defined]
    try:
        album = actions.add_album(person=request.user, site=site, for_the_site=in_name, **form.words())
    except actions.UploadRefused as refused:
        return _new_page(request, form, photos, status=refused.status, refusal=refused.reason)
    _take(request, album, photos.cleaned_data["photos"])
    arranged = reverse("photos:arrange", args=[album.uid])
    if _wants_json(request):
        return JsonResponse({"photos": reverse("photos:add", args=[album.uid]), "arrange": arranged}, status=201)
    return redirect(arranged)


@csrf_exempt
@members
@of_age
@require_POST
def add(request: HttpRequest, uid: str) -> HttpResponse:
    album = find_own_album(uid, Viewer.of(request))
    refusal = too_much(request)
    if refusal and _wants_json(request):
        return JsonResponse({"detail": refusal}, status=413)
    if refusal:
        messages.error(request, refusal)
        return redirect("photos:arrange", uid=uid)
    return _add(request, album)


@csrf_protect
def _add(request: HttpRequest, album: Album) -> HttpResponse:
    form = PhotosForm(request.POST, request.FILES)
    files = form.cleaned_data["photos"] if form.is_valid() else []
    if not _wants_json(request):
        if not files:
            messages.error(request, _("No photo came with the form. Choose some first."))
        _take(request, album, files)
        return redirect("photos:arrange", uid=album.uid)
    if len(files) != 1:
        return JsonResponse({"detail": _("No photo came with the form. Choose some first.")}, status=422)
    try:
        photo = actions.add_photo(album, files[0], by=request.user)
    except actions.UploadRefused as refused:
        return JsonResponse({"detail": refused.reason}, status=refused.status)
    row = render_to_string("photos/row.html", {"album": album, "photo": photo}, request=request)
    return JsonResponse({"uid": photo.uid, "row": row}, status=201)


def _take(request: HttpRequest, album: Album, files: list[Any]) -> list[Photo]:
    """Those that can be taken; each of the others is named with its reason."""
    taken: list[Photo] = []
    for file in files:
        try:
            taken.append(actions.add_photo(album, file, by=request.user))
        except actions.UploadRefused as refused:
            words = {"name": file.name, "reason": refused.reason}
            messages.error(request, _("“%(name)s” was not taken: %(reason)s") % words)
    if taken:
        said = ngettext("One photo has arrived.", "%(count)s photos have arrived.", len(taken))
        messages.success(request, said % {"count": len(taken)})
    return taken


def too_much(request: HttpRequest) -> str:
    """A sentence where there are too many files, or more bytes than this person may send now."""
    if request.method != "POST":
        return ""
    size = int(request.headers.get("content-length") or 0) - FORM_BYTES
    if size > limits_of(request.user).left_bytes:  # type: ignore[arg-type]
        return _("These photos are more than your space has room for. Remove something first.")
    try:
        if len(request.FILES.getlist("photos")) <= AT_ONCE:
            return ""
    except TooManyFilesSent:
        pass
    return _("These are too many photos at once: send at most %(most)s, then the others.") % {"most": AT_ONCE}


def _form_for(request: HttpRequest, given: Any = None) -> AlbumForm:
    person: Any = request.user
    site: Any = request.site  # type: ignore[attr-defined]
    name = site.name if actions.edits_site(person, site) else ""
    return AlbumForm(given, initial=actions.beginning_of(person), for_the_site=name)


def _new_page(
    request: HttpRequest, form: AlbumForm, photos: PhotosForm, *, status: int = 200, refusal: str = ""
) -> HttpResponse:
    context = {"form": form, "photos_form": photos, "refusal": refusal, "most": AT_ONCE}
    return render(request, "photos/new.html", context, status=status)


def _wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("accept", "")
