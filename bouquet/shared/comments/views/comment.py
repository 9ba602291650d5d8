"""One comment: its address, and the small forms below it. `wanted` says which state is meant: twice is once."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bouquet.shared.comments import actions
from bouquet.shared.comments.models import Comment
from bouquet.shared.comments.permissions import find_comment, may_give_back, may_honour
from bouquet.shared.comments.views.answers import piece_or_return
from bouquet.shared.works.permissions import Viewer
from bouquet.toolkit.access import members, public


@public
@require_safe
def permalink(request: HttpRequest, uid: str) -> HttpResponse:
    """On to the comment on its work's page."""
    return HttpResponseRedirect(find_comment(uid, Viewer.of(request)).place_from(request.site))


@members
@require_http_methods(["GET", "POST"])
def like(request: HttpRequest, uid: str) -> HttpResponse:
    """GET: back from signing in."""
    comment = _readable(request, uid)
    if request.method == "POST":
        try:
            (actions.like_comment if _wanted(request) else actions.unlike_comment)(comment, by=request.user)
        except actions.CommentRefused as refused:
            raise PermissionDenied(refused.reason) from None
    return piece_or_return(request, comment)


@members
@require_http_methods(["GET", "POST"])
def silence(request: HttpRequest, uid: str) -> HttpResponse:
    comment = _readable(request, uid)
    if request.method == "GET":
        return piece_or_return(request, comment)
    if _wanted(request):
        actions.silence_thread(comment, by=request.user)
        return piece_or_return(request, comment, _("You are told no more of this thread."))
    actions.listen_to_thread(comment, by=request.user)
    return piece_or_return(request, comment, _("You are told of this thread again."))


@members
@require_http_methods(["POST"])
def heart(request: HttpRequest, uid: str) -> HttpResponse:
    comment = _of_my_work(request, uid)
    (actions.heart_comment if _wanted(request) else actions.unheart_comment)(comment, by=request.user)
    return piece_or_return(request, comment)


@members
@require_http_methods(["POST"])
def pin(request: HttpRequest, uid: str) -> HttpResponse:
    comment = _of_my_work(request, uid)
    if _wanted(request):
        actions.pin_comment(comment, by=request.user)
        return piece_or_return(request, comment, _("This comment now stands above all others."))
    actions.unpin_comment(comment, by=request.user)
    return piece_or_return(request, comment)


@members
@require_http_methods(["POST"])
def publication(request: HttpRequest, uid: str) -> HttpResponse:
    """Approve what waits, bring back what was hidden."""
    viewer = Viewer.of(request)
    comment = find_comment(uid, viewer)
    if not comment.is_live:
        if not may_give_back(viewer, comment):
            raise PermissionDenied
        actions.publish_comment(comment, by=request.user)
    return piece_or_return(request, comment, _("The comment is published."))


def _readable(request: HttpRequest, uid: str) -> Comment:
    return find_comment(uid, Viewer.of(request), among=Comment.objects.filter(state=Comment.State.LIVE))


def _of_my_work(request: HttpRequest, uid: str) -> Comment:
    comment = _readable(request, uid)
    if not may_honour(Viewer.of(request), comment.work):
        raise PermissionDenied
    return comment


def _wanted(request: HttpRequest) -> bool:
    return request.POST.get("wanted", "1") == "1"
