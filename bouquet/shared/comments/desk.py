"""/admin/comments/: what was reported, waits or was taken down on the sites one looks after; the house's rules."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin import messages

from bouquet.shared.comments import actions
from bouquet.shared.comments.forms import DecisionForm, RulesForm
from bouquet.shared.comments.models import Comment, HouseRules, Report
from bouquet.shared.comments.phases import words_of
from bouquet.shared.network.models import SiteQuerySet
from bouquet.shared.network.permissions import sites_edited_by
from bouquet.toolkit.access import editors
from bouquet.toolkit.pages import keyset_page

MOST = 999  # counted no further: a shelf with more says so
SHELVES = {
    "reported": gettext_lazy("Reported"),
    Comment.State.HELD: gettext_lazy("Waiting"),
    Comment.State.LIVE: gettext_lazy("Published"),
    Comment.State.DOWN: gettext_lazy("Taken down"),
    Comment.State.HIDDEN: gettext_lazy("Hidden by makers"),
}


# Where there is something to decide: the first of these that has any is what the desk opens with.
WORK = ("reported", Comment.State.HELD)


@editors
@require_GET
def comments(request: HttpRequest) -> HttpResponse:
    sites = _sites(request)
    numbers = _numbers(sites)
    shelf = request.GET.get("shelf", "")
    shelf = shelf if shelf in SHELVES else next((name for name in WORK if numbers[name]), "reported")
    if shelf == "reported":
        reports = Report.objects.filter(site__in=sites, settled_at=None)
        company = ("comment__author", "comment__work__site", "person")
        page = keyset_page(reports.select_related(*company), request, size=50, by=("-pk",))
        lines: list[Any] = [(report.comment, report, []) for report in page.rows]
    else:
        found = Comment.objects.filter(work__site__in=sites, state=shelf).with_company()
        page = keyset_page(found, request, size=50, by=("-pk",))
        lines = [(row, None, [words_of(reason) for reason in row.held_for]) for row in page.rows]
    shelves = [(name, label, numbers[name]) for name, label in SHELVES.items()]
    context = {"page": page, "lines": lines, "shelf": shelf, "shelves": shelves}
    return render(request, "comments/desk.html", context)


@editors
@require_http_methods(["GET", "POST"])
def taking_down(request: HttpRequest, uid: str) -> HttpResponse:
    """With a reason that its author reads. Reports of it are settled by that."""
    comment = _comment(request, uid)
    form = DecisionForm(request.POST or None)
    form.fields["reason"].required = True
    if request.method == "POST" and form.is_valid():
        actions.hide_comment(comment, by=request.user, reason=form.cleaned_data["reason"], by_desk=True)
        actions.settle_reports(comment, by=request.user)
        messages.success(request, _("The comment is taken down; its author is told."))
        return redirect("comments_desk")
    return render(request, "comments/desk_taking_down.html", {"comment": comment, "form": form})


@editors
@require_http_methods(["POST"])
def publishing(request: HttpRequest, uid: str) -> HttpResponse:
    """What waits, or was taken down or hidden, is published."""
    comment = _comment(request, uid)
    actions.publish_comment(comment, by=request.user)
    messages.success(request, _("The comment is published."))
    return redirect("comments_desk")


@editors
@require_http_methods(["POST"])
def forgetting(request: HttpRequest, uid: str) -> HttpResponse:
    """Of somebody without an account, who asks for it."""
    actions.forget_guest(_comment(request, uid), by=request.user)  # type: ignore[arg-type]
    messages.success(request, _("Words and name are erased. Answers to it stay."))
    return redirect("comments_desk")


@editors
@require_http_methods(["POST"])
def keeping(request: HttpRequest, uid: str) -> HttpResponse:
    """The desk has looked and finds nothing wrong: its reports are settled, it stays."""
    comment = _comment(request, uid)
    actions.settle_reports(comment, by=request.user)
    messages.success(request, _("The comment stays; its reports are settled."))
    return redirect("comments_desk")


@editors
@require_http_methods(["GET", "POST"])
def rules(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """All rules that this editor may change, and a form: for new ones, or for those named."""
    sites = _sites(request)
    whole_network = bool(request.user.is_superuser)
    known = HouseRules.objects.select_related("site").order_by("site__name", "kind", "pk")
    if not whole_network:
        known = known.filter(site__in=sites)
    chosen = get_object_or_404(known, pk=number) if number is not None else None
    given: dict[str, Any] = {"sites": sites, "whole_network": whole_network, "instance": chosen}
    form = RulesForm(request.POST or None, **given)
    if request.method == "POST" and chosen is not None and "drop" in request.POST:
        chosen.delete()
        messages.success(request, _("These rules are gone; the next wider ones count."))
        return redirect("comments_rules")
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The rules are kept."))
        return redirect("comments_rules")
    return render(request, "comments/desk_rules.html", {"rules": known, "form": form, "chosen": chosen})


def _numbers(sites: SiteQuerySet) -> dict[str, int]:
    """Of each shelf, counted up to `MOST`."""
    found = Comment.objects.filter(work__site__in=sites)
    numbers = {name: found.filter(state=name)[: MOST + 1].count() for name in SHELVES if name != "reported"}
    return {"reported": Report.objects.filter(site__in=sites, settled_at=None)[: MOST + 1].count()} | numbers


def _sites(request: HttpRequest) -> SiteQuerySet:
    sites = sites_edited_by(request.user)
    if not sites.exists():
        raise PermissionDenied
    return sites


def _comment(request: HttpRequest, uid: str) -> Comment:
    found = Comment.objects.filter(work__site__in=_sites(request)).exclude(state=Comment.State.REMOVED)
    return get_object_or_404(found.with_company(), uid=uid)
