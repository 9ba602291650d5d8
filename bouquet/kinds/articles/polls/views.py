"""A vote from a page. Works without a script: a form, and back to where the poll stands."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from bouquet.kinds.articles.polls.actions import VoteRefused, vote
from bouquet.kinds.articles.polls.finding import find_poll
from bouquet.kinds.articles.polls.showing import one_poll
from bouquet.shared.works.permissions import Viewer
from bouquet.toolkit.access import members


@members
@require_http_methods(["GET", "HEAD", "POST"])
def voting(request: HttpRequest, uid: str) -> HttpResponse:
    """GET: the poll alone, for who comes back from signing in. A vote sent twice leads to the same place."""
    viewer = Viewer.of(request)
    poll = find_poll(uid, viewer)
    place = f"{poll.article.address_from(request.site)}#poll-{poll.uid}"  # type: ignore[attr-defined]
    refusal = None
    if request.method == "POST":
        try:
            vote(poll, by=request.user, answer=request.POST.get("answer", ""))  # type: ignore[arg-type]
            return HttpResponseRedirect(place)
        except VoteRefused as refused:
            refusal = refused
    shown = one_poll(poll, viewer)
    if refusal is None and not shown.may_vote:
        return HttpResponseRedirect(place)
    context = {"poll": shown, "article": poll.article, "refusal": refusal and refusal.reason}
    return render(request, "articles/polls/vote.html", context, status=refusal.status if refusal else 200)
