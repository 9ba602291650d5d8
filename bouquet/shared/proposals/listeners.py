"""Who hears of proposals. Nobody is told of their own decision."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from bouquet.shared.accounts.models import Person
from bouquet.shared.notifications.actions import notify, notify_together
from bouquet.shared.proposals.events import ProposalDecided, ProposalMade
from bouquet.shared.proposals.models import Proposal
from bouquet.toolkit.events import on

State = Proposal.State
TO_THE_PROPOSER = {
    State.SHOWN: "proposals.accepted",
    State.REFUSED: "proposals.refused",
    State.DECLINED: "proposals.declined",
}
TO_THE_MAKER = {
    State.ASKED: "proposals.asked",
    State.SHOWN: "proposals.guest",
    State.REFUSED: "proposals.not_taken",
}


@on(ProposalMade)
def tell_the_desk(event: ProposalMade) -> None:
    proposal = _of(event.proposal_id)
    if proposal is None or proposal.state != State.WAITING:
        return
    site = proposal.site
    groups = [group for group in (site.editors_id, site.moderators_id) if group]
    for editor in Person.objects.active().filter(groups__in=groups).distinct():
        notify_together(
            editor,
            "proposals.new",
            many="proposals.new_many",
            group=f"proposals.new:{site.pk}",
            last=str(proposal.pk),
            url=f"{site.url}{reverse('proposals_desk')}",
            title=proposal.work.title,
            site=site.name,
            name=proposal.by.name if proposal.by else "",
        )


@on(ProposalDecided)
def tell_who_is_concerned(event: ProposalDecided) -> None:
    """Each once; who proposed their own work, or decided, hears nothing of it."""
    proposal = _of(event.proposal_id)
    if proposal is None or proposal.state != event.state:
        return
    told = {proposal.decided_by_id}
    maker, proposer = proposal.work.author, proposal.by
    page = proposal.work.site.url + reverse("proposals:sending", args=[proposal.work.uid])
    if event.state in TO_THE_MAKER:
        url = page if event.state == State.ASKED else proposal.work.address
        _tell(maker, TO_THE_MAKER[State(event.state)], proposal, url, told)
    if event.state in TO_THE_PROPOSER:
        _tell(proposer, TO_THE_PROPOSER[State(event.state)], proposal, proposal.work.address, told)


def _tell(person: Person | None, kind: str, proposal: Proposal, url: str, told: set[int | None]) -> None:
    if person is None or person.pk in told:
        return
    told.add(person.pk)
    with override(person.language or proposal.site.language):
        reason = proposal.reason or _("no reason was given")
    values = {"title": proposal.work.title, "site": proposal.site.name, "reason": reason}
    notify(person, kind, url=url, key=f"{kind}:{proposal.pk}", **values)


def _of(pk: int) -> Proposal | None:
    return Proposal.objects.with_company().filter(pk=pk).first()
