"""A work's discussion as a page of its own: every page of threads, whole threads, and where new comments are sent."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bouquet.shared.comments.actions import CommentRefused, add_comment
from bouquet.shared.comments.models import Comment
from bouquet.shared.comments.panel import one_of, panel_for, thread_of
from bouquet.shared.comments.permissions import find_comment
from bouquet.shared.comments.views.answers import wants_piece
from bouquet.shared.works.models import Work
from bouquet.shared.works.permissions import Viewer, find_work
from bouquet.toolkit.access import public

WORKS = Work.objects.select_related("site", "channel")


@public
@require_http_methods(["GET", "HEAD", "POST"])
def discussion(request: HttpRequest, uid: str) -> HttpResponse:
    """POST says something; whoever is not signed in (any more) finds their words kept in the form."""
    work = find_work(WORKS.all(), uid, Viewer.of(request))
    if request.method != "POST":
        return _page(request, work)
    answers = _answered(request, work)
    text = request.POST.get("text", "")
    if not request.user.is_authenticated:
        return _page(request, work, status=403, text=text, answers=answers, refusal=_("Sign in to comment."))
    try:
        comment, is_new = add_comment(
            work, by=request.user, text=text, answers=answers, key=request.POST.get("key", "")
        )
    except CommentRefused as refused:
        answer = _page(request, work, status=refused.status, text=text, answers=answers, refusal=refused.reason)
        return _try_again(answer, refused.again_at)
    return _said(request, comment, is_new)


@public
@require_safe
def thread(request: HttpRequest, uid: str) -> HttpResponse:
    """A first comment and everything that answers it, in order."""
    viewer = Viewer.of(request)
    root = find_comment(uid, viewer) if not _is_gap(uid) else _gap(uid, viewer)
    if root.root_id:
        return HttpResponseRedirect(root.place_from(request.site))
    first, answers, page = thread_of(root, viewer, request)
    context = {"work": root.work, "first": first, "answers": answers, "page": page, "viewer": viewer}
    return render(request, "comments/thread_page.html", context)


def _page(
    request: HttpRequest,
    work: Work,
    *,
    status: int = 200,
    text: str = "",
    answers: Comment | None = None,
    refusal: str = "",
) -> HttpResponse:
    panel = panel_for(request, work, paged=True)
    panel.text, panel.answers, panel.refusal = text, answers, refusal
    if wants_piece(request) and request.method == "POST":
        return render(request, "comments/form.html", {"comments": panel, "answers": answers}, status=status)
    return render(request, "comments/discussion.html", {"comments": panel, "work": work}, status=status)


def _said(request: HttpRequest, comment: Comment, is_new: bool) -> HttpResponse:
    held = comment.state == Comment.State.HELD
    done = _("Thank you. Your comment waits for a decision; until then only you see it.") if held else ""
    if wants_piece(request):
        comment.author = request.user
        said = one_of(comment, Viewer.of(request))
        context = {"said": said, "done": done or _("Your comment is published."), "is_new": is_new}
        return render(request, "comments/new.html", context, status=201)
    if done:
        messages.success(request, done)
    return HttpResponseRedirect(comment.place_from(request.site))


def _answered(request: HttpRequest, work: Work) -> Comment | None:
    uid = request.POST.get("answers", "")
    if not uid or not uid.isascii() or not uid.isalnum():
        return None
    found = Comment.objects.filter(uid=uid, work=work.pk).select_related("author", "root").first()
    if found is not None:
        found.work = work
    return found


def _try_again(answer: HttpResponse, again_at: datetime | None) -> HttpResponse:
    if again_at is not None:
        answer["Retry-After"] = str(max(1, round((again_at - timezone.now()).total_seconds())))
    return answer


def _is_gap(uid: str) -> bool:
    return Comment.objects.filter(uid=uid, shown=True, root=None).exclude(state=Comment.State.LIVE).exists()


def _gap(uid: str, viewer: Viewer) -> Comment:
    """A first comment that is gone and whose answers stay: its thread can be read, its words cannot."""
    root = Comment.objects.select_related("author", "work__site", "work__channel").get(uid=uid)
    find_work(Work.objects.all(), root.work.uid, viewer)
    return root
