"""How a front page is put together for one reader: from top to bottom, each work once.

What an editor chose is dealt out first, wherever it stands, so that no automatic block above takes it. A block with
nothing to show is left out; the desk's preview says why.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from bouquet.shared.network.models import Site
from bouquet.shared.works.actions import keep_page_with, shows_lists
from bouquet.shared.works.models import Work
from bouquet.shared.works.permissions import Viewer
from bouquet.toolkit.prepared import prepared

NETWORK = "network"  # what a block's `scope` says of works of every site


@dataclass(frozen=True)
class Section:
    """A block as this reader gets it: its HTML, or the reason why there is none."""

    name: str
    label: Any
    html: SafeString | str = ""
    why_empty: str = ""


class Composition:
    """Deals works out to the blocks of a page. One query for all that is chosen, one for each automatic block."""

    def __init__(self, request: HttpRequest, page: Any, network_sites: list[Site]) -> None:
        self.request = request
        self.network_sites = network_sites
        self.context = {
            "request": request,
            "page": page,
            "site": request.site,  # type: ignore[attr-defined]
            "brand": request.site.brand,  # type: ignore[attr-defined]
            "user": request.user,
            "network_sites": network_sites,
        }
        self.chosen: dict[int, Work] = {}
        self.shown: set[int] = set()
        self.asked: set[int] = set()  # what editors chose, whether or not this reader may see it

    def sections(self, children: Iterable[Any]) -> list[Section]:
        children = list(children)
        self.chosen = self._chosen_works(children)
        self.shown = set(self.chosen)
        return [self._section(child) for child in children]

    def keep(self) -> None:
        """The page may be kept for strangers: until what stands on it changes, or what may come to stand on it does."""
        shows_lists(self.request)
        keep_page_with(
            self.request, (), *(f"work:{pk}" for pk in self.shown | self.asked), f"page:{self.context['page'].pk}"
        )

    def _chosen_works(self, children: list[Any]) -> dict[int, Work]:
        asked = {pk for child in children if hasattr(child.block, "chosen") and (pk := child.block.chosen(child.value))}
        self.asked = asked
        if not asked:
            return {}
        return Work.objects.listed_for(Viewer.of(self.request)).filter(pk__in=asked).cards().in_bulk()

    def _section(self, child: Any) -> Section:
        block, value = child.block, child.value
        values, why_empty = self._values(block, value)
        if why_empty:
            return Section(child.block_type, block.label, why_empty=why_empty)
        html = block.render(value, context=self.context | values)
        return Section(child.block_type, block.label, html=html if html.strip() else "")

    def _values(self, block: Any, value: Any) -> tuple[dict[str, Any], str]:
        if hasattr(block, "works_for"):
            works = self._works(block, value)
            return {"works": works}, "" if works else _("There is nothing to show that is not shown above already.")
        if hasattr(block, "fill"):
            filled = block.fill(value, self.request, self.network_sites)
            return filled, block.why_empty_when_filled(filled)
        return {}, block.why_empty(value) if hasattr(block, "why_empty") else ""

    def _works(self, block: Any, value: Any) -> list[Work]:
        if hasattr(block, "chosen") and (work := self.chosen.pop(block.chosen(value) or 0, None)):
            return [work]
        number = getattr(block.meta, "number", None) or value["number"]
        shows_lists(self.request, of_network=value.get("scope") == NETWORK)
        works = self._fetched(block, value, number)
        self.shown.update(work.pk for work in works)
        return works

    def _fetched(self, block: Any, value: Any, number: int) -> list[Work]:
        """A block's question is put into words once for strangers of one place (toolkit/prepared.py), until the network
        or what the editor chose is another."""
        viewer, request = Viewer.of(self.request), self.request
        if viewer.person is not None or viewer.keys or not hasattr(request, "network_edition"):
            return list(block.works_for(value, request).exclude(pk__in=self.shown)[:number])

        def build(at: datetime, **shown: int) -> QuerySet[Any]:
            then: Any = copy(request)
            then._viewer = replace(viewer, at=at)
            return block.works_for(value, then).exclude(pk__in=list(shown.values()))[:number]

        asked = repr(block.get_prep_value(value))
        key = ("front", request.network_edition, request.site.pk, viewer.territory, type(block), asked, number)  # type: ignore[attr-defined]
        shown = {f"shown{place}": pk for place, pk in enumerate(self.shown)}
        return prepared(key, build, at=viewer.moment, **shown)
