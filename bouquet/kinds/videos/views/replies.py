"""The films that answer one of mine: what waits is shown below it or refused."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bouquet.kinds.videos import actions
from bouquet.kinds.videos.models import Video
from bouquet.kinds.videos.replies import to_decide
from bouquet.kinds.videos.views.edit import find_own_video
from bouquet.toolkit.access import members
from bouquet.toolkit.pages import keyset_page


@members
@require_http_methods(["GET", "HEAD", "POST"])
def replies(request: HttpRequest, uid: str) -> HttpResponse:
    video = find_own_video(request, uid)
    if request.method == "POST":
        reply = get_object_or_404(to_decide(video), uid=request.POST.get("reply", ""))
        show = request.POST.get("decision") == "show"
        actions.decide_reply(reply, show=show, by=request.user)
        words = {"title": reply.title}
        messages.success(
            request,
            _("“%(title)s” is shown below your film.") % words
            if show
            else _("“%(title)s” is not shown below your film.") % words,
        )
        return redirect("videos:replies", uid=uid)
    page = keyset_page(to_decide(video), request, size=30, by=("-pk",))
    states = dict(Video.ReplyState.choices)
    lines = [(reply, states.get(reply.reply_state, "")) for reply in page.rows]
    return render(request, "videos/replies_mine.html", {"video": video, "page": page, "lines": lines})
