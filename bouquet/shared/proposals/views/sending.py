"""A work's page “on other sites”: a reader proposes it to one, its maker shows it there and answers their editors."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bouquet.shared.network.models import Site
from bouquet.shared.proposals import actions
from bouquet.shared.proposals.forms import ProposalForm
from bouquet.shared.proposals.models import Proposal
from bouquet.shared.proposals.permissions import makes, may_consent, may_end
from bouquet.shared.proposals.places import places_of
from bouquet.shared.works.actions import remove_guest
from bouquet.shared.works.models import Work
from bouquet.shared.works.permissions import Viewer, find_work
from bouquet.toolkit.access import members
from bouquet.toolkit.pages import keyset_page


@members
@require_http_methods(["GET", "HEAD", "POST"])
def sending(request: HttpRequest, uid: str) -> HttpResponse:
    work = find_work(Work.objects.select_related("site", "channel", "poster"), uid, Viewer.of(request))
    is_maker = makes(Viewer.of(request), work)
    places = places_of(request, work)
    form = ProposalForm(request.POST or None, sites=[place.site for place in places if place.is_free])
    status = 200
    if request.method == "POST" and is_maker:
        return _place(request, work)
    if request.method == "POST":
        status = _propose(request, work, form)
        if status == 200:
            return redirect("proposals:sending", uid=uid)
    context = {
        "work": work,
        "places": places,
        "listed": [place for place in places if is_maker or place.state],
        "is_maker": is_maker,
        "form": form if any(place.is_free for place in places) else None,
        "is_public": work.visibility == Work.Visibility.PUBLIC,
        "is_closed": work.guest_policy == Work.GuestPolicy.CLOSED,
        "waiting": [place for place in places if is_maker and place.state == "asked" and place.proposal],
    }
    return render(request, "proposals/sending.html", context, status=status)


def _propose(request: HttpRequest, work: Work, form: ProposalForm) -> int:
    if not form.is_valid():
        return 422
    site = get_object_or_404(Site.objects.open(), slug=form.cleaned_data["site"])
    person: Any = request.user
    try:
        proposal = actions.propose_work(work, site, by=person, why=form.cleaned_data["why"])
    except actions.ProposalRefused as refused:
        form.add_error(None, refused.reason)
        return refused.status
    words = {
        Proposal.State.WAITING: _("Sent: the editors of %(site)s decide, and you get a notice."),
        Proposal.State.ASKED: _("Its maker is asked whether %(site)s may show it."),
        Proposal.State.SHOWN: _("It is shown on %(site)s now."),
    }
    messages.success(request, words[Proposal.State(proposal.state)] % {"site": site.name})
    return 200


def _place(request: HttpRequest, work: Work) -> HttpResponse:
    """By its maker. `site`: a slug; `wanted`: 1 to show it there, 0 to show it there no more."""
    slug = request.POST.get("site", "").replace("\x00", "")[:40]
    site = get_object_or_404(Site.objects.all(), slug=slug)
    person: Any = request.user
    if request.POST.get("wanted") == "0":
        remove_guest(work, site)
        messages.success(request, _("It is not shown on %(site)s any more.") % {"site": site.name})
    else:
        try:
            actions.show_own_work(work, site, by=person)
            messages.success(request, _("It is shown on %(site)s now.") % {"site": site.name})
        except actions.ProposalRefused as refused:
            messages.error(request, refused.reason)
    return redirect("proposals:sending", uid=work.uid)


@members
@require_POST
def consent(request: HttpRequest, uid: str) -> HttpResponse:
    """The maker's answer. `wanted`: 1 for yes, 0 for no."""
    proposal = _found(uid)
    if not makes(Viewer.of(request), proposal.work):
        raise Http404
    if may_consent(proposal, request.user):  # type: ignore[arg-type]
        _answer(request, proposal)
    return redirect("proposals:sending", uid=proposal.work.uid)


def _answer(request: HttpRequest, proposal: Proposal) -> None:
    person: Any = request.user
    words = {"site": proposal.site.name}
    if request.POST.get("wanted") != "1":
        actions.decline_proposal(proposal, by=person)
        messages.success(request, _("It stays away from %(site)s; they are told.") % words)
        return
    try:
        actions.agree_to_proposal(proposal, by=person)
        messages.success(request, _("It is shown on %(site)s now.") % words)
    except actions.ProposalRefused as refused:
        messages.error(request, refused.reason)


@members
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What I proposed, and what became of it. Of what I may not open any more, no word."""
    open_to_me = Work.objects.visible_to(Viewer.of(request)).order_by().values("pk")
    rows = Proposal.objects.filter(by=request.user, work__in=open_to_me).with_company()
    page = keyset_page(rows, request, by=("-created_at", "-pk"))
    return render(request, "proposals/mine.html", {"page": page})


@members
@require_POST
def withdrawal(request: HttpRequest, uid: str) -> HttpResponse:
    proposal = _found(uid)
    person: Any = request.user
    if proposal.by_id != person.pk:
        raise Http404
    if not may_end(proposal, person):
        raise PermissionDenied(_("It has been decided already."))
    actions.withdraw_proposal(proposal, by=person)
    messages.success(request, _("You took it back."))
    return redirect("proposals:mine")


def _found(uid: str) -> Proposal:
    return get_object_or_404(Proposal.objects.with_company(), uid=uid)
