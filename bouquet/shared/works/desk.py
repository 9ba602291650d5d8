"""/admin/works/: what is published on the sites one looks after; take it down with a reason, or give it back."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin import messages

from bouquet.shared.network.permissions import sites_edited_by
from bouquet.shared.works.actions import publish_work, take_down_work
from bouquet.shared.works.forms import TakingDownForm
from bouquet.shared.works.models import Work, WorkQuerySet
from bouquet.toolkit.access import editors
from bouquet.toolkit.pages import keyset_page

SHELVES = {
    "all": gettext_lazy("All"),
    Work.State.LIVE: gettext_lazy("Published"),
    Work.State.SCHEDULED: gettext_lazy("Scheduled"),
    Work.State.TAKEN_DOWN: gettext_lazy("Taken down"),
}


@editors
@require_GET
def works(request: HttpRequest) -> HttpResponse:
    """Newest first; drafts and what its author hid are the author's own business."""
    state = request.GET.get("state", "all")
    state = state if state in SHELVES else "all"
    words = request.GET.get("q", "").strip()[:100]
    found = _within_reach(request).exclude(state__in=[Work.State.DRAFT, Work.State.HIDDEN])
    if state != "all":
        found = found.filter(state=state)
    if words:
        found = found.filter(Q(title__icontains=words) | Q(channel__name__icontains=words))
    page = keyset_page(found.cards(), request, size=50, by=("-pk",))
    context = {"page": page, "state": state, "words": words, "shelves": SHELVES.items()}
    return render(request, "works/desk.html", context)


@editors
@require_http_methods(["GET", "POST"])
def taking_down(request: HttpRequest, uid: str) -> HttpResponse:
    work = get_object_or_404(_within_reach(request).cards(), uid=uid)
    form = TakingDownForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        take_down_work(work, by=request.user, reason=form.cleaned_data["reason"])  # type: ignore[arg-type]
        messages.success(request, _("“%(title)s” is taken down; its author is told.") % {"title": work.title})
        return redirect("works_desk")
    return render(request, "works/desk_taking_down.html", {"work": work, "form": form})


@editors
@require_http_methods(["POST"])
def giving_back(request: HttpRequest, uid: str) -> HttpResponse:
    work = get_object_or_404(_within_reach(request), uid=uid, state=Work.State.TAKEN_DOWN)
    publish_work(work, by=request.user)  # type: ignore[arg-type]
    messages.success(request, _("“%(title)s” is published again.") % {"title": work.title})
    return redirect("works_desk")


def _within_reach(request: HttpRequest) -> WorkQuerySet:
    sites = sites_edited_by(request.user)
    if not sites.exists():
        raise PermissionDenied
    return Work.objects.filter(site__in=sites)
