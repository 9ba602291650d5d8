"""Where a work stands in the network, site by site, as one viewer sees it: for its page and the API."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from bouquet.shared.network.models import Site
from bouquet.shared.network.permissions import other_sites_with
from bouquet.shared.proposals.models import Proposal
from bouquet.shared.proposals.permissions import makes
from bouquet.shared.works.actions import sites_that_turned_away
from bouquet.shared.works.models import Work
from bouquet.shared.works.permissions import Viewer

WORDS = {
    "": _("not shown there"),
    "shown": _("shown there"),
    "waiting": _("proposed; its editors have not looked at it yet"),
    "asked": _("its editors would like to show it"),
    "away": _("its editors do not show it any more"),
}


@dataclass(frozen=True)
class Place:
    site: Site
    state: str = ""  # a key of WORDS
    proposal: Proposal | None = None  # the pending one, for the maker and who made it

    @property
    def words(self) -> Any:
        return WORDS[self.state]

    @property
    def is_free(self) -> bool:
        return not self.state


def places_of(request: HttpRequest, work: Work) -> list[Place]:
    """Three queries, however many sites. What others proposed is told to its maker and nobody else."""
    viewer = Viewer.of(request)
    person = viewer.person
    shown = set(work.also_on.values_list("pk", flat=True))
    away = set(sites_that_turned_away(work))
    pending = {row.site_id: row for row in Proposal.objects.filter(work=work.pk).pending().select_related("by")}
    is_maker = makes(viewer, work)
    places = []
    for site in other_sites_with(request, work.kind, work.site_id):
        row = pending.get(site.pk)
        is_told = row is not None and (is_maker or (person is not None and row.by_id == person.pk))
        state = "shown" if site.pk in shown else "away" if site.pk in away else _state(row, is_maker)
        places.append(Place(site, state, row if is_told else None))
    return places


def _state(row: Proposal | None, is_maker: bool) -> str:
    """To readers, what waits for the maker only waits."""
    if row is None:
        return ""
    return "asked" if is_maker and row.state == Proposal.State.ASKED else "waiting"
