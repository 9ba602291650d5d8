"""Who may send which work where: asked of the rows each time, for the page, the API and the desk alike."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from bouquet.shared.accounts.models import Person
from bouquet.shared.accounts.permissions import old_enough
from bouquet.shared.comments.models import Block
from bouquet.shared.comments.permissions import makes
from bouquet.shared.network.models import Site
from bouquet.shared.proposals.models import Barred, Proposal
from bouquet.shared.works.models import TurnedAway, Work
from bouquet.shared.works.permissions import Viewer

__all__ = [
    "ProposalRefused",
    "check_person",
    "check_place",
    "check_work",
    "makes",
    "may_consent",
    "may_end",
    "may_judge",
]

MOST_LETTERS = 500
PACE = ((5, timedelta(hours=1)), (20, timedelta(days=1)))  # (how many, within what time)
LOOKED_AT_FOR = timedelta(days=90)  # what the editors refused is not proposed again so soon
GROWN_UP = 99


class ProposalRefused(Exception):
    """`reason`: a sentence for the one who asks. `status`: of HTTP. `again_at`: when it would be taken."""

    def __init__(self, reason: str, status: int, again_at: datetime | None = None) -> None:
        super().__init__(reason)
        self.reason, self.status, self.again_at = reason, status, again_at


def check_place(work: Work, site: Site) -> None:
    """Whether the work could be listed there at all, whoever sends it."""
    if site.is_main or not site.is_open or site.pk == work.site_id or not site.has_kind(work.kind):
        raise ProposalRefused(_("It cannot be sent to this site."), 422)
    if TurnedAway.objects.filter(work_id=work.pk, site=site).exists():
        raise ProposalRefused(_("The editors of %(site)s do not show it any more.") % {"site": site.name}, 409)


def check_work(work: Work, site: Site) -> None:
    """Everybody may see it, also where the site is at home. Asked again when the editors accept it."""
    everybody = Work.objects.listed_for(Viewer(territory=site.territory, age=GROWN_UP)).filter(pk=work.pk)
    if work.visibility != Work.Visibility.PUBLIC or not work.is_released:
        raise ProposalRefused(_("Only what everybody may see can be proposed to another site."), 409)
    if not everybody.exists():
        words = {"site": site.name}
        raise ProposalRefused(_("It may not be shown in the country of %(site)s, or not now.") % words, 409)


def check_person(work: Work, site: Site, by: Person) -> None:
    """Who is not its maker: whether they may propose it there, now."""
    if work.guest_policy == Work.GuestPolicy.CLOSED:
        raise ProposalRefused(_("Its maker wants it nowhere else."), 403)
    if work.channel_id and Block.objects.filter(channel=work.channel_id, person=by).exists():
        raise ProposalRefused(_("You cannot propose films of this channel: its owner has blocked you."), 403)
    if not old_enough(by, site):
        words = {"name": site.name, "age": site.minimum_age}
        raise ProposalRefused(_("%(name)s is for people of %(age)s and over.") % words, 403)
    if Barred.objects.filter(site=site, person=by).exists():
        raise ProposalRefused(_("The editors of %(site)s take no proposals from you.") % {"site": site.name}, 403)
    _check_history(work, site, by)
    _check_pace(by)


def may_end(proposal: Proposal, person: Person) -> bool:
    """Withdraw it: who proposed it, while nobody has decided."""
    return proposal.by_id == person.pk and proposal.state == Proposal.State.WAITING


def may_consent(proposal: Proposal, person: Person) -> bool:
    """Say yes or no for the work: its maker, while it is asked for."""
    return proposal.is_pending and makes(Viewer.for_person(person), proposal.work)


def may_judge(proposal: Proposal, person: Person) -> bool:
    """Accept or refuse: the editors of the site."""
    return proposal.is_pending and Viewer.for_person(person).edits(proposal.site_id)


def _check_history(work: Work, site: Site, by: Person) -> None:
    if work.also_on.filter(pk=site.pk).exists():
        raise ProposalRefused(_("It is shown on %(site)s already.") % {"site": site.name}, 409)
    known = Proposal.objects.filter(work=work.pk, site=site)
    if known.pending().exists():
        raise ProposalRefused(_("It has been proposed to %(site)s already.") % {"site": site.name}, 409)
    lately = timezone.now() - LOOKED_AT_FOR
    ended = [Proposal.State.DECLINED]
    if not Viewer.for_person(by).edits(site.pk):  # who refused it may think again
        ended.append(Proposal.State.REFUSED)
    if known.filter(state__in=ended, decided_at__gt=lately).exists():
        raise ProposalRefused(
            _("%(site)s has looked at it not long ago, and does not show it.") % {"site": site.name}, 409
        )


def _check_pace(by: Person) -> None:
    for most, within in PACE:
        sent = Proposal.objects.filter(by=by, created_at__gt=timezone.now() - within).order_by("-created_at", "-pk")
        last = list(sent.values_list("created_at", flat=True)[:most])
        if len(last) == most:
            again = last[-1] + within
            clock = date_format(timezone.localtime(again), "TIME_FORMAT" if within.days < 1 else "DATETIME_FORMAT")
            raise ProposalRefused(
                _("You have proposed a lot in a short time. You can send this one at %(time)s.") % {"time": clock},
                429,
                again,
            )
