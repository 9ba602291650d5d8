"""What people do: a maker shows a work on another site, a reader proposes it there, editors and makers decide."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bouquet.shared.accounts.models import Person
from bouquet.shared.accounts.permissions import old_enough
from bouquet.shared.network.models import Site
from bouquet.shared.proposals.events import ProposalDecided, ProposalMade
from bouquet.shared.proposals.models import Barred, Proposal
from bouquet.shared.proposals.permissions import (
    MOST_LETTERS,
    ProposalRefused,
    check_person,
    check_place,
    check_work,
    makes,
)
from bouquet.shared.works import actions as works
from bouquet.shared.works.models import Work
from bouquet.shared.works.permissions import Viewer
from bouquet.toolkit.events import announce

__all__ = [
    "ProposalRefused",
    "accept_proposal",
    "agree_to_proposal",
    "allow_person",
    "bar_person",
    "decline_proposal",
    "propose_work",
    "refuse_proposal",
    "show_own_work",
    "withdraw_proposal",
]
State = Proposal.State


def show_own_work(work: Work, site: Site, *, by: Person) -> None:
    """Its maker shows it there, at once; what waited for that is settled. Raises ProposalRefused."""
    check_place(work, site)
    if not old_enough(by, site):
        words = {"name": site.name, "age": site.minimum_age}
        raise ProposalRefused(_("%(name)s is for people of %(age)s and over.") % words, 403)
    with transaction.atomic():
        works.add_guest(work, site)
        for proposal in Proposal.objects.filter(work=work.pk, site=site).pending().select_for_update():
            _turn(proposal, State.SHOWN, by=by)


def propose_work(work: Work, site: Site, *, by: Person, why: str) -> Proposal:
    """To the editors of the site; who edits it themselves accepts it by that. Raises ProposalRefused.

    That `by` may open the work is asked before; its maker uses `show_own_work`.
    """
    why = works.one_line(why)
    if not why:
        raise ProposalRefused(_("Tell the editors why."), 422)
    if len(why) > MOST_LETTERS:
        raise ProposalRefused(_("At most %(most)s characters, please.") % {"most": MOST_LETTERS}, 422)
    with transaction.atomic():
        Person.objects.select_for_update().only("pk").get(pk=by.pk)  # one after the other: a double click waits here
        check_place(work, site)
        check_work(work, site)
        check_person(work, site, by)
        try:
            with transaction.atomic():
                proposal = Proposal.objects.create(work_id=work.pk, site=site, by=by, why=why)
        except IntegrityError:  # by somebody else a moment ago
            words = {"site": site.name}
            raise ProposalRefused(_("It has been proposed to %(site)s already.") % words, 409) from None
        if Viewer.for_person(by).edits(site.pk):
            accept_proposal(proposal, by=by)
        else:
            announce(ProposalMade(proposal_id=proposal.pk))
    return proposal


def accept_proposal(proposal: Proposal, *, by: Person) -> None:
    """By an editor of the site: shown at once where its maker lets editors, else the maker is asked."""
    with transaction.atomic():
        row = _lock(proposal)
        if row.state == State.WAITING:
            check_place(row.work, row.site)
            check_work(row.work, row.site)
            if row.work.guest_policy == Work.GuestPolicy.CLOSED:
                raise ProposalRefused(_("Its maker wants it nowhere else."), 409)
            is_asked = row.work.guest_policy == Work.GuestPolicy.ASK and row.work.author is not None
            if is_asked and not makes(Viewer.for_person(by), row.work):
                _turn(row, State.ASKED, by=by)
            else:
                _show(row, by=by)
    proposal.refresh_from_db()


def refuse_proposal(proposal: Proposal, *, by: Person, reason: str) -> None:
    """By an editor. Who proposed it, and its maker, read the reason."""
    _end(proposal, State.REFUSED, among=(State.WAITING, State.ASKED), by=by, reason=reason)


def agree_to_proposal(proposal: Proposal, *, by: Person) -> None:
    """Its maker says yes to editors who would like to show it."""
    with transaction.atomic():
        row = _lock(proposal)
        if row.state == State.ASKED:
            check_place(row.work, row.site)
            _show(row, by=by)
    proposal.refresh_from_db()


def decline_proposal(proposal: Proposal, *, by: Person) -> None:
    """Its maker says no: also before the editors have looked at it."""
    _end(proposal, State.DECLINED, among=(State.WAITING, State.ASKED), by=by)


def withdraw_proposal(proposal: Proposal, *, by: Person) -> None:
    """By who proposed it, as long as nobody has decided."""
    _end(proposal, State.WITHDRAWN, among=(State.WAITING,), by=by)


def bar_person(site: Site, person: Person, *, by: Person) -> None:
    """No more proposals from this person for this site; what waits of theirs is left to be decided."""
    Barred.objects.get_or_create(site=site, person=person, defaults={"by": by})


def allow_person(site: Site, person: Person) -> None:
    Barred.objects.filter(site=site, person=person).delete()


def _end(proposal: Proposal, state: str, *, among: tuple[str, ...], by: Person, reason: str = "") -> None:
    with transaction.atomic():
        row = _lock(proposal)
        if row.state in among:
            _turn(row, state, by=by, reason=works.one_line(reason)[:MOST_LETTERS])
    proposal.refresh_from_db()


def _show(row: Proposal, *, by: Person) -> None:
    works.add_guest(row.work, row.site)
    _turn(row, State.SHOWN, by=by)


def _lock(proposal: Proposal) -> Proposal:
    Proposal.objects.select_for_update().only("pk").get(pk=proposal.pk)
    return Proposal.objects.with_company().get(pk=proposal.pk)


def _turn(row: Proposal, state: str, *, by: Person, reason: str = "") -> None:
    """Inside a transaction, on a locked row."""
    row.state, row.reason, row.decided_by, row.decided_at = state, reason, by, timezone.now()
    row.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    announce(ProposalDecided(proposal_id=row.pk, state=state))
