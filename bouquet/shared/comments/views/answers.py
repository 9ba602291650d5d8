"""How a small form answers: the piece of the page that it changes for a script, else back to where the reader was."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from bouquet.shared.comments.models import Comment
from bouquet.shared.comments.panel import one_of
from bouquet.shared.works.permissions import Viewer


def wants_piece(request: HttpRequest) -> bool:
    return bool(request.headers.get("x-swap"))


def piece_or_return(request: HttpRequest, comment: Comment, said: str = "") -> HttpResponse:
    """The comment as it stands now; without a script, back to it, with what was done said on top."""
    if wants_piece(request):
        context = {"said": one_of(comment, Viewer.of(request)), "done": said}
        return render(request, "comments/one.html", context)
    if said:
        messages.success(request, said)
    return HttpResponseRedirect(came_from(request, comment))


def came_from(request: HttpRequest, comment: Comment) -> str:
    """The page that the form stood on, if it is of this host; else the comment on its work's page."""
    url: Any = request.POST.get("next") or request.headers.get("referer", "")
    here = url_has_allowed_host_and_scheme(url, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    if here and "/comments/" + comment.uid not in url:
        return f"{url.partition('#')[0]}#{comment.anchor}"
    return comment.place_from(request.site)
