"""Sending a video. The form works by itself; with JavaScript the film goes by tus, and goes on after a break."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from bouquet.kinds.videos import actions
from bouquet.kinds.videos.forms import BatchForm, SendForm
from bouquet.kinds.videos.models import Video
from bouquet.kinds.videos.replies import CannotAnswer, answering, film_named
from bouquet.kinds.videos.studio import sites_for
from bouquet.kinds.videos.uploader import uploader_words
from bouquet.shared.accounts.permissions import of_age
from bouquet.shared.assets.actions import expect_film
from bouquet.shared.assets.models import Asset
from bouquet.shared.assets.permissions import limits_of
from bouquet.shared.works.permissions import Viewer
from bouquet.toolkit.access import members

FORM_BYTES = 64 * 1024  # what the other fields and the parts' heads may add to the film


@csrf_exempt  # only this shell: the token is checked below, after the size and before anything is read
@members
@of_age
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        if refusal := too_large(request):
            return _page(request, SendForm(), status=413, refusal=refusal)
        expect_film(request)
    return _send(request)


@csrf_protect
def _send(request: HttpRequest) -> HttpResponse:
    form = SendForm(request.POST or None, request.FILES or None, initial=_words_of(request))
    if request.method != "POST" or not form.is_valid():
        return _page(request, form, status=422 if form.is_bound else 200)
    films, words = form.cleaned_data["film"], form.cleaned_data
    videos: list[Video] = []
    for film in films:
        try:
            video, upload = actions.add_video(
                person=request.user,
                site=request.site,
                title=words["title"] if len(films) == 1 else "",
                size=film.size,
                filename=film.name,
                description=words["summary"],
                visibility=words["visibility"],
                **answering(film_named(words["reply_to"], Viewer.of(request)), request.user),
            )
        except CannotAnswer as refused:
            return _page(request, form, status=422, refusal=_refusal(film.name, str(refused), videos))
        except actions.UploadRefused as refused:
            return _page(request, form, status=refused.status, refusal=_refusal(film.name, refused.reason, videos))
        actions.take_whole_file(upload, film)
        videos.append(video)
    return redirect(videos[0].address_from(request.site) if len(videos) == 1 else "videos:mine")


def _refusal(name: str, reason: str, taken: list[Video]) -> str:
    """Of several: which one, and that those before it are here."""
    if not taken:
        return reason
    words = {"name": name, "reason": reason, "count": len(taken)}
    said = ngettext(
        "“%(name)s” was not taken: %(reason)s The film before it has arrived.",
        "“%(name)s” was not taken: %(reason)s The %(count)s films before it have arrived.",
        len(taken),
    )
    return said % words


@csrf_exempt  # a phone's share sheet has no token; what it may do is checked by where the request comes from
@members
@of_age
@require_POST
def share_target(request: HttpRequest) -> HttpResponse:
    """A film from the phone's gallery, where no service worker took it first (sw.js hands it to the upload page)."""
    if request.headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
        return _page(request, SendForm(), status=403, refusal=_("Another page tried to send a film in your name."))
    if refusal := too_large(request):
        return _page(request, SendForm(), status=413, refusal=refusal)
    expect_film(request)
    films = request.FILES.getlist("films")
    if not films:
        return _page(request, SendForm(), status=422, refusal=_("No film came with it. Choose one here."))
    videos = []
    for film in films[:10]:
        title = request.POST.get("title", "")[:140] if len(films) == 1 else ""
        words = {"title": title, "description": request.POST.get("text", "")[:5000], "visibility": "private"}
        try:
            video, upload = actions.add_video(
                person=request.user, site=request.site, size=film.size or 0, filename=film.name or "", **words
            )
        except actions.UploadRefused as refused:
            return _page(request, SendForm(), status=refused.status, refusal=refused.reason)
        actions.take_whole_file(upload, film)
        videos.append(video)
    return redirect("videos:edit", uid=videos[0].uid) if len(videos) == 1 else redirect("videos:mine")


def too_large(request: HttpRequest) -> str:
    """A sentence where the announced size passes what this person may send now: asked before a byte is read."""
    size = int(request.headers.get("content-length") or 0) - FORM_BYTES
    largest = limits_of(request.user).largest_now
    if size <= largest:
        return ""
    return _("This film is too large: at this moment you may send up to %(size)s.") % {"size": filesizeformat(largest)}


def _page(request: HttpRequest, form: SendForm, *, status: int = 200, refusal: str = "") -> HttpResponse:
    limits = limits_of(request.user)
    context = {
        "form": form,
        "limits": limits,
        "refusal": refusal,
        "unfinished": unfinished(request),
        "words": uploader_words(limits),
        "together": BatchForm(sites=sites_for(request.user), here=request.site),
        "is_shared": "shared" in request.GET,
        **_answered(request, form),
    }
    return render(request, "videos/send.html", context, status=status)


def unfinished(request: HttpRequest) -> list[Video]:
    """What this person began to send and has not sent whole."""
    on_their_way = (Asset.State.WAITING, Asset.State.UPLOADING)
    videos = Video.objects.filter(author=request.user, asset__state__in=on_their_way, asset__upload__isnull=False)
    return list(videos.select_related("asset__upload", "site").order_by("-created_at")[:20])


def _answered(request: HttpRequest, form: SendForm) -> dict[str, Any]:
    """The film that this one will answer, or why it cannot."""
    named = form["reply_to"].value() or ""
    try:
        original = film_named(named, Viewer.of(request))
        answering(original, request.user)
    except CannotAnswer as refused:
        return {"cannot_answer": str(refused)}
    return {"answers": original}


def _words_of(request: HttpRequest) -> dict[str, Any]:
    """`?again=<uid>`: the words of a film of mine that failed, to send it anew. What a phone shared begins private."""
    if "shared" in request.GET:
        return {"visibility": Video.Visibility.PRIVATE}
    video = Video.objects.filter(uid=request.GET.get("again", ""), author=request.user).first()
    if video is None:
        return {"reply_to": request.GET.get("answers", "")[:300]}
    return {"title": video.title, "summary": video.summary, "visibility": video.visibility}
