"""What proposals hold of a person: what they proposed and why, and where no more is taken from them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from bouquet.shared.accounts.models import Person
from bouquet.shared.accounts.personal_data import personal_data
from bouquet.shared.proposals.models import Barred, Proposal


def export_proposals(person: Person) -> dict[str, Any]:
    return {
        "proposals": [
            {
                "address": each.work.address,
                "title": each.work.title,
                "site": each.site.host,
                "why": each.why,
                "state": each.state,
                "reason": each.reason,
                "at": each.created_at,
            }
            for each in Proposal.objects.filter(by=person).select_related("work__site", "site").order_by("pk")
        ],
        "no_more_proposals_for": [
            each.site.host for each in Barred.objects.filter(person=person).select_related("site")
        ],
    }


def erase_proposals(person: Person) -> None:
    """What waits goes; of what was decided, the decision stays without name and words."""
    mine = Proposal.objects.filter(by=person)
    mine.pending().delete()
    mine.update(by=None, why="")
    Proposal.objects.filter(decided_by=person).update(decided_by=None)
    Barred.objects.filter(person=person).delete()
    Barred.objects.filter(by=person).update(by=None)


personal_data(
    "proposals",
    models=[Proposal, Barred],
    export=export_proposals,
    erase=erase_proposals,
    goes=_("What you proposed to other sites, and why you did."),
)
