"""/admin/proposals/: what is proposed to the sites one looks after, and the guests that those sites show."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin import messages

from bouquet.shared.network.models import Site, SiteQuerySet
from bouquet.shared.network.permissions import sites_edited_by
from bouquet.shared.proposals import actions
from bouquet.shared.proposals.forms import ReasonForm, RefusalForm
from bouquet.shared.proposals.models import Barred, Proposal
from bouquet.shared.works.actions import allow_guest_again, drop_guest
from bouquet.shared.works.models import TurnedAway, Work
from bouquet.toolkit.access import editors
from bouquet.toolkit.pages import keyset_page

State = Proposal.State
SHELVES = {
    State.WAITING: gettext_lazy("Waiting"),
    State.ASKED: gettext_lazy("Their makers are asked"),
    State.SHOWN: gettext_lazy("Accepted"),
    State.REFUSED: gettext_lazy("Not taken"),
    State.DECLINED: gettext_lazy("Not wanted by their makers"),
}
GUESTS = {
    "guests": gettext_lazy("Guests"),
    "away": gettext_lazy("Guests shown no more"),
    "people": gettext_lazy("People"),
}


@editors
@require_GET
def proposals(request: HttpRequest) -> HttpResponse:
    """Newest first. What is not for everybody any more is not here."""
    shelf = request.GET.get("shelf", State.WAITING)
    shelf = shelf if shelf in SHELVES else State.WAITING
    rows = Proposal.objects.filter(site__in=_sites(request), state=shelf).readable().with_company()
    page = keyset_page(rows, request, size=50, by=("-pk",))
    return render(request, "proposals/desk.html", _shelves(shelf) | {"page": page})


@editors
@require_GET
def guests(request: HttpRequest) -> HttpResponse:
    """Works of other sites that one's own show; those shown no more; and who may propose no more."""
    shelf = request.GET.get("shelf", "guests")
    shelf = shelf if shelf in GUESTS else "guests"
    sites = _sites(request)
    company: tuple[str, ...] = ("site", "work__site", "work__channel", "work__poster")
    if shelf == "guests":
        rows: Any = Work.also_on.through.objects.filter(site__in=sites, work__on_shelves=True)
    elif shelf == "away":
        rows = TurnedAway.objects.filter(site__in=sites, work__on_shelves=True)
    else:
        rows, company = Barred.objects.filter(site__in=sites), ("site", "person")
    page = keyset_page(rows.select_related(*company), request, size=50, by=("-pk",))
    return render(request, "proposals/desk_guests.html", _shelves(shelf) | {"page": page})


@editors
@require_http_methods(["POST"])
def acceptance(request: HttpRequest, uid: str) -> HttpResponse:
    proposal = _proposal(request, uid)
    person: Any = request.user
    words = {"title": proposal.work.title, "site": proposal.site.name}
    try:
        actions.accept_proposal(proposal, by=person)
    except actions.ProposalRefused as refused:
        messages.error(request, refused.reason)
        return redirect("proposals_desk")
    if proposal.state == State.ASKED:
        messages.success(request, _("The maker of “%(title)s” is asked whether %(site)s may show it.") % words)
    elif proposal.state == State.SHOWN:
        messages.success(request, _("“%(title)s” is shown on %(site)s now.") % words)
    return redirect("proposals_desk")


@editors
@require_http_methods(["GET", "POST"])
def refusal(request: HttpRequest, uid: str) -> HttpResponse:
    proposal = _proposal(request, uid)
    form = RefusalForm(request.POST or None)
    if proposal.by is None:
        del form.fields["bar"]
    if request.method == "POST" and form.is_valid():
        person: Any = request.user
        actions.refuse_proposal(proposal, by=person, reason=form.cleaned_data["reason"])
        if form.cleaned_data.get("bar") and proposal.by:
            actions.bar_person(proposal.site, proposal.by, by=person)
        messages.success(request, _("Refused; who proposed it is told why."))
        return redirect("proposals_desk")
    context = {"work": proposal.work, "proposal": proposal, "site_of": proposal.site, "form": form}
    return render(request, "proposals/desk_reason.html", context, status=422 if form.errors else 200)


@editors
@require_http_methods(["GET", "POST"])
def dropping(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """A guest is no longer listed on one's site; its maker reads why."""
    site = get_object_or_404(_sites(request), slug=slug)
    work = get_object_or_404(Work.objects.cards(), uid=uid, also_on=site, on_shelves=True)
    form = ReasonForm(request.POST or None)
    form.fields["reason"].help_text = _("Its maker reads this.")
    if request.method == "POST" and form.is_valid():
        person: Any = request.user
        drop_guest(work, site, by=person, reason=form.cleaned_data["reason"])
        messages.success(request, _("“%(title)s” is no longer shown here; its maker is told.") % {"title": work.title})
        return redirect("guests_desk")
    context = {"work": work, "proposal": None, "site_of": site, "form": form}
    return render(request, "proposals/desk_reason.html", context, status=422 if form.errors else 200)


@editors
@require_http_methods(["POST"])
def allowing(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    site = get_object_or_404(_sites(request), slug=slug)
    work = get_object_or_404(Work, uid=uid, turned_away__site=site)
    allow_guest_again(work, site)
    messages.success(request, _("“%(title)s” may be shown here again.") % {"title": work.title})
    return redirect("guests_desk")


@editors
@require_http_methods(["POST"])
def allowing_person(request: HttpRequest, number: int) -> HttpResponse:
    row = get_object_or_404(Barred.objects.select_related("person", "site"), pk=number, site__in=_sites(request))
    actions.allow_person(row.site, row.person)
    messages.success(request, _("%(name)s may propose again.") % {"name": row.person.name})
    return redirect("guests_desk")


def _shelves(shelf: str) -> dict[str, Any]:
    return {"shelf": shelf, "shelves": SHELVES.items(), "guest_shelves": GUESTS.items()}


def _sites(request: HttpRequest) -> SiteQuerySet:
    sites = sites_edited_by(request.user)
    if not sites.exists():
        raise PermissionDenied
    return Site.objects.filter(pk__in=sites.values("pk"))


def _proposal(request: HttpRequest, uid: str) -> Proposal:
    rows = Proposal.objects.filter(site__in=_sites(request)).pending().readable()
    return get_object_or_404(rows.with_company(), uid=uid)
