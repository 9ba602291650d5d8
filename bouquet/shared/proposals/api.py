"""A work on other sites through the API: where it is shown, showing and proposing it, and what editors decide."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from bouquet.shared.network.models import Site
from bouquet.shared.network.permissions import can_edit_site, sites_edited_by
from bouquet.shared.proposals import actions
from bouquet.shared.proposals.models import Proposal
from bouquet.shared.proposals.permissions import makes, may_consent, may_end, may_judge
from bouquet.shared.proposals.places import places_of
from bouquet.shared.works.actions import allow_guest_again, drop_guest, remove_guest
from bouquet.shared.works.models import Work
from bouquet.shared.works.permissions import Viewer, find_work
from bouquet.toolkit.api import Members, Problem
from bouquet.toolkit.pages import keyset_page

router = Router(tags=["other sites"])
TEXT = r"^[^\x00]*$"
State = Literal["waiting", "asked", "shown", "refused", "declined", "withdrawn"]


class PlaceOut(Schema):
    site: str = Field(description="Slug.")
    name: str
    state: Literal["", "shown", "waiting", "asked", "away"] = Field(
        description="“asked”: its editors would like to show it and wait for its maker. “away”: they show it no more."
    )
    proposal: str | None = Field(description="Id of what waits, for its maker and who proposed it.")


class SendIn(Schema):
    why: str = Field("", max_length=500, pattern=TEXT, description="For the editors; makers need none.")


class ProposalOut(Schema):
    id: str = Field(alias="uid")
    work: str
    title: str
    url: str
    site: str = Field(description="Slug of the site that it is proposed to.")
    by: str | None = Field(description="Name of who proposed it.")
    why: str
    state: State
    reason: str
    created_at: datetime

    @staticmethod
    def resolve_work(row: Proposal) -> str:
        return row.work.uid

    @staticmethod
    def resolve_title(row: Proposal) -> str:
        return row.work.title

    @staticmethod
    def resolve_url(row: Proposal) -> str:
        return row.work.address

    @staticmethod
    def resolve_site(row: Proposal) -> str:
        return row.site.slug

    @staticmethod
    def resolve_by(row: Proposal) -> str | None:
        return row.by.name if row.by else None


class ProposalsOut(Schema):
    proposals: list[ProposalOut]
    next_cursor: str | None = Field(description="Null on the last page.")


class ProposalsIn(Schema):
    whose: Literal["mine", "desk"] = Field(
        "mine", description="What the caller proposed; or what is proposed to the sites that they look after."
    )
    state: State | None = None
    cursor: str = Field("", max_length=500, description="`next_cursor` of the page before.")
    limit: int = Field(24, ge=1, le=100)


class DecisionIn(Schema):
    accept: bool = Field(strict=True)
    reason: str = Field("", max_length=500, pattern=TEXT, description="Editors give one when they refuse.")


class DroppingIn(Schema):
    reason: str = Field(min_length=1, max_length=500, pattern=TEXT, description="Its maker reads it.")


@router.get("/works/{uid}/sites", response=list[PlaceOut], auth=Members, summary="Where else a work is shown")
def list_places(request: HttpRequest, uid: str) -> Any:
    """The other open sites that have works of its kind."""
    return [_place(each) for each in places_of(request, _work(request, uid))]


@router.put("/works/{uid}/sites/{site}", response=PlaceOut, auth=Members, summary="Show it there, or propose it")
def send(request: HttpRequest, uid: str, site: str, wanted: SendIn) -> Any:
    """By its maker: it is shown at once. By others: its editors and its maker are asked. Too often: 429."""
    work = _work(request, uid)
    target = get_object_or_404(Site.objects.open(), slug=site)
    person: Any = request.user
    try:
        if makes(Viewer.of(request), work):
            actions.show_own_work(work, target, by=person)
        else:
            actions.propose_work(work, target, by=person, why=wanted.why)
    except actions.ProposalRefused as refused:
        raise _problem(refused) from None
    return next(_place(each) for each in places_of(request, work) if each.site.pk == target.pk)


@router.delete("/works/{uid}/sites/{site}", response={204: None}, auth=Members, summary="Show it there no more")
def take_back(request: HttpRequest, uid: str, site: str) -> Any:
    """For its maker. Editors use PUT …/dropping, who proposed it DELETE /proposals/{id}."""
    work = _work(request, uid)
    if not makes(Viewer.of(request), work):
        raise PermissionDenied(_("This is for its maker."))
    remove_guest(work, get_object_or_404(Site, slug=site))
    return 204, None


@router.put(
    "/works/{uid}/sites/{site}/dropping", response={204: None}, auth=Members, summary="Editors list a guest no more"
)
def put_dropping(request: HttpRequest, uid: str, site: str, wanted: DroppingIn) -> Any:
    person: Any = request.user
    target = _edited(request, site)
    work = get_object_or_404(Work.objects.select_related("author", "site"), uid=_plain(uid), also_on=target)
    if not wanted.reason.strip():
        raise Problem(422, _("Some values are not valid"), _("Give a reason: its maker reads it."))
    drop_guest(work, target, by=person, reason=wanted.reason)
    return 204, None


@router.delete(
    "/works/{uid}/sites/{site}/dropping", response={204: None}, auth=Members, summary="Allow a dropped guest again"
)
def delete_dropping(request: HttpRequest, uid: str, site: str) -> Any:
    target = _edited(request, site)
    allow_guest_again(get_object_or_404(Work, uid=_plain(uid), turned_away__site=target), target)
    return 204, None


@router.get("/proposals", response=ProposalsOut, auth=Members, summary="What was proposed to other sites")
def list_proposals(request: HttpRequest, asked: Query[ProposalsIn]) -> Any:
    person: Any = request.user
    if asked.whose == "desk":
        rows = Proposal.objects.filter(site__in=sites_edited_by(person).values("pk")).readable()
    else:
        rows = Proposal.objects.filter(by=person, work__in=Work.objects.visible_to(Viewer.of(request)).values("pk"))
    rows = rows.filter(state=asked.state) if asked.state else rows
    page = keyset_page(rows.with_company(), asked.cursor, asked.limit, by=("-pk",))
    return {"proposals": page.rows, "next_cursor": page.next_cursor}


@router.put("/proposals/{uid}/decision", response=ProposalOut, auth=Members, summary="Accept or refuse a proposal")
def decide(request: HttpRequest, uid: str, asked: DecisionIn) -> Any:
    """By the editors of the site while it waits for them; then by the maker of the work, when they are asked."""
    proposal = _proposal(uid)
    person: Any = request.user
    is_editor = can_edit_site(person, proposal.site) and Proposal.objects.readable().filter(pk=proposal.pk).exists()
    is_maker = makes(Viewer.of(request), proposal.work)
    if not is_editor and not is_maker:
        raise Http404
    if not proposal.is_pending:
        raise Problem(409, _("It has been decided already"), proposal.get_state_display())
    try:
        _decide(proposal, asked, person, is_maker=is_maker)
    except actions.ProposalRefused as refused:
        raise _problem(refused) from None
    return _proposal(uid)


@router.delete("/proposals/{uid}", response={204: None}, auth=Members, summary="Take one's own proposal back")
def withdraw(request: HttpRequest, uid: str) -> Any:
    proposal = _proposal(uid)
    person: Any = request.user
    if proposal.by_id != person.pk:
        raise Http404
    if not may_end(proposal, person):
        raise Problem(409, _("It has been decided already"), proposal.get_state_display())
    actions.withdraw_proposal(proposal, by=person)
    return 204, None


def _decide(proposal: Proposal, asked: DecisionIn, person: Any, *, is_maker: bool) -> None:
    if is_maker and may_consent(proposal, person):
        if not asked.accept:
            actions.decline_proposal(proposal, by=person)
            return
        if proposal.state == Proposal.State.ASKED:
            actions.agree_to_proposal(proposal, by=person)
            return
    if not may_judge(proposal, person) or (asked.accept and proposal.state != Proposal.State.WAITING):
        raise Problem(409, _("It waits for somebody else"), proposal.get_state_display())
    if asked.accept:
        actions.accept_proposal(proposal, by=person)
    elif asked.reason.strip():
        actions.refuse_proposal(proposal, by=person, reason=asked.reason)
    else:
        raise Problem(422, _("Some values are not valid"), _("Give a reason: who proposed it reads it."))


def _place(place: Any) -> dict[str, Any]:
    row = place.proposal
    return {
        "site": place.site.slug,
        "name": place.site.name,
        "state": place.state,
        "proposal": row.uid if row else None,
    }


def _work(request: HttpRequest, uid: str) -> Work:
    return find_work(Work.objects.select_related("site", "channel", "author"), uid, Viewer.of(request))


def _plain(uid: str) -> str:
    if not uid.isascii() or not uid.isalnum():
        raise Http404
    return uid


def _proposal(uid: str) -> Proposal:
    return get_object_or_404(Proposal.objects.with_company(), uid=_plain(uid))


def _edited(request: HttpRequest, slug: str) -> Site:
    return get_object_or_404(Site.objects.filter(pk__in=sites_edited_by(request.user).values("pk")), slug=slug)


def _problem(refused: actions.ProposalRefused) -> Problem:
    extra = {"again_at": refused.again_at.isoformat()} if refused.again_at else {}
    return Problem(refused.status, _("This was not sent"), refused.reason, **extra)
