"""Pages that ask before they do: answer, edit, remove, report, hide, block. A script shows their form in a dialog."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bouquet.shared.comments import actions
from bouquet.shared.comments.forms import DecisionForm, EditForm, ReportForm
from bouquet.shared.comments.models import Comment
from bouquet.shared.comments.panel import one_of, panel_for
from bouquet.shared.comments.permissions import find_comment, makes, may_decide, may_edit, may_remove
from bouquet.shared.comments.views.answers import piece_or_return
from bouquet.shared.works.permissions import Viewer
from bouquet.toolkit.access import members

ASKS = require_http_methods(["GET", "HEAD", "POST"])


@members
@require_safe
def answer(request: HttpRequest, uid: str) -> HttpResponse:
    """What is answered, and the form; it is sent to the discussion."""
    viewer = Viewer.of(request)
    comment = find_comment(uid, viewer)
    panel = panel_for(request, comment.work, paged=True)
    if not comment.is_live or not panel.may_write:
        return HttpResponseRedirect(comment.place_from(request.site))
    panel.answers = comment
    context = {"said": one_of(comment, viewer), "comments": panel, "answers": comment, "work": comment.work}
    return render(request, "comments/answer.html", context)


@members
@ASKS
def edit(request: HttpRequest, uid: str) -> HttpResponse:
    viewer = Viewer.of(request)
    comment = find_comment(uid, viewer)
    if not may_edit(viewer, comment):
        raise PermissionDenied(_("A comment can be edited for a quarter of an hour, by who wrote it."))
    form = EditForm(request.POST or None, initial={"text": comment.text})
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_comment(comment, by=request.user, text=form.cleaned_data["text"])
        except actions.CommentRefused as refused:
            form.add_error("text", refused.reason)
        else:
            held = comment.state == Comment.State.HELD
            said = _("Your comment waits for a decision; until then only you see it.") if held else ""
            return piece_or_return(request, comment, said)
    words = {"title": _("Edit your comment"), "submit": _("Keep")}
    return _ask(request, comment, words, form)


@members
@ASKS
def removal(request: HttpRequest, uid: str) -> HttpResponse:
    viewer = Viewer.of(request)
    comment = find_comment(uid, viewer)
    if not may_remove(viewer, comment):
        raise PermissionDenied
    if request.method == "POST":
        actions.remove_comment(comment, by=request.user)
        return piece_or_return(request, comment, _("Your comment is removed."))
    words = {
        "title": _("Remove your comment?"),
        "lead": _("Its words are deleted for good. Answers to it stay."),
        "submit": _("Remove it"),
        "submit_kind": "danger",
    }
    return _ask(request, comment, words)


@members
@ASKS
def report(request: HttpRequest, uid: str) -> HttpResponse:
    comment = find_comment(uid, Viewer.of(request), among=Comment.objects.filter(state=Comment.State.LIVE))
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        new = actions.report_comment(comment, by=request.user, **form.cleaned_data)
        said = _("Thank you. The editors will look at it.") if new else _("You have reported this comment already.")
        return piece_or_return(request, comment, said)
    words = {
        "title": _("Report this comment"),
        "lead": _("The editors of this site look at it."),
        "submit": _("Report"),
    }
    return _ask(request, comment, words, form)


@members
@ASKS
def hiding(request: HttpRequest, uid: str) -> HttpResponse:
    """Refuse what waits, hide what is published. Editors who did not make the work take it down."""
    viewer = Viewer.of(request)
    comment = find_comment(uid, viewer)
    if not may_decide(viewer, comment.work):
        raise PermissionDenied
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        by_desk = not makes(viewer, comment.work)
        actions.hide_comment(comment, by=request.user, reason=form.cleaned_data["reason"], by_desk=by_desk)
        return piece_or_return(request, comment, _("The comment is not shown any more; its author is told."))
    words = {
        "title": _("Hide this comment?"),
        "lead": _("Only who wrote it and who looks after this work will see it."),
        "submit": _("Hide it"),
        "submit_kind": "danger",
    }
    return _ask(request, comment, words, form)


@members
@ASKS
def block(request: HttpRequest, uid: str) -> HttpResponse:
    """Its author may not comment on this channel any more: for the channel's owner."""
    viewer = Viewer.of(request)
    comment = find_comment(uid, viewer)
    channel, author = comment.work.channel, comment.author
    if channel is None or author is None or channel.owner_id != request.user.pk:
        raise Http404
    if request.method == "POST":
        actions.block_author(comment, by=request.user)
        done = _("%(name)s cannot comment on your channel any more.") % {"name": author.name}
        return piece_or_return(request, comment, done)
    words = {
        "title": _("Block %(name)s?") % {"name": author.name},
        "lead": _("They cannot comment on your channel any more. What they wrote stays; you can hide it."),
        "submit": _("Block"),
        "submit_kind": "danger",
    }
    return _ask(request, comment, words)


def _ask(request: HttpRequest, comment: Comment, words: dict[str, Any], form: Any = None) -> HttpResponse:
    context = {"said": one_of(comment, Viewer.of(request)), "work": comment.work, "form": form, **words}
    status = 422 if form is not None and form.is_bound and form.errors else 200
    return render(request, "comments/ask.html", context, status=status)
