"""/admin/replies/: who asks for a right of reply on the sites one looks after, the most urgent first."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin import messages

from bouquet.kinds.articles.models import Reply
from bouquet.kinds.articles.replies.actions import publish_reply, refuse_reply
from bouquet.kinds.articles.replies.delays import asked_until
from bouquet.kinds.articles.replies.forms import DecisionForm
from bouquet.shared.network.models import Site
from bouquet.shared.network.permissions import groups_of, sites_edited_by
from bouquet.toolkit.access import editors
from bouquet.toolkit.pages import keyset_page


@editors
@require_GET
def replies(request: HttpRequest) -> HttpResponse:
    shelf = request.GET.get("shelf", Reply.State.WAITING)
    shelf = shelf if shelf in Reply.State.values else Reply.State.WAITING
    rows = Reply.objects.filter(site__in=_sites(request), state=shelf).select_related("site", "article")
    page = keyset_page(rows, request, size=50, by=("pk",) if shelf == Reply.State.WAITING else ("-pk",))
    context = {"page": page, "shelf": shelf, "shelves": Reply.State.choices}
    return render(request, "articles/replies/desk.html", context)


@editors
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, uid: str) -> HttpResponse:
    """Read it; whoever may publish on the site decides. POST with `decision`: publish, or refuse with a reason."""
    rows = Reply.objects.filter(site__in=_sites(request)).select_related("site", "article__site", "decided_by")
    reply = get_object_or_404(rows, uid=uid)
    may_decide = _may_decide(request, reply.site)
    decision = request.POST.get("decision", "")
    form = DecisionForm(request.POST if decision == "refuse" else None)
    if request.method == "POST":
        if not may_decide:
            raise PermissionDenied
        if decision == "publish" and publish_reply(reply, by=request.user):
            messages.success(request, _("The reply stands below the article; who asked is told."))
            return redirect("replies_desk")
        if decision == "refuse" and form.is_valid() and refuse_reply(reply, by=request.user, **form.cleaned_data):
            messages.success(request, _("Who asked is told, with the reason."))
            return redirect("replies_desk")
    until = asked_until(reply.article) if reply.article else None
    context = {
        "reply": reply,
        "form": form,
        "may_decide": may_decide,
        "in_time": until is None or reply.asked_at <= until,
        "lines": len(reply.text.splitlines()),
    }
    return render(request, "articles/replies/desk_one.html", context)


def _may_decide(request: HttpRequest, site: Site) -> bool:
    return bool(request.user.is_superuser) or site.moderators_id in groups_of(request.user)


def _sites(request: HttpRequest) -> Any:
    sites = sites_edited_by(request.user)
    if not sites.exists():
        raise PermissionDenied
    return sites
