"""Blocks that show the network itself: its sites, its channels."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from bouquet.shared.network.models import Site
from bouquet.shared.works.models import Channel, Work
from bouquet.shared.works.permissions import Viewer


class SitesBlock(blocks.StructBlock):
    """The other open sites, each in its own colours and letters."""

    title = blocks.CharBlock(label=_("Title"), max_length=80, required=False)

    def fill(self, value: Any, request: HttpRequest, network_sites: list[Site]) -> dict[str, Any]:
        here = request.site  # type: ignore[attr-defined]
        return {"sites": [site for site in network_sites if site.pk != here.pk and not site.is_main]}

    def why_empty_when_filled(self, filled: dict[str, Any]) -> str:
        return "" if filled["sites"] else str(_("The network has no other open site."))

    class Meta:
        label = _("Sites of the network")
        icon = "site"
        template = "fronts/blocks/sites.html"


class ChannelsBlock(blocks.StructBlock):
    """Channels to follow: the most followed of those that have something to show."""

    title = blocks.CharBlock(label=_("Title"), max_length=80, required=False)
    number = blocks.IntegerBlock(label=_("How many"), min_value=1, max_value=24, default=6)

    def fill(self, value: Any, request: HttpRequest, network_sites: list[Site]) -> dict[str, Any]:
        site = request.site  # type: ignore[attr-defined]
        works = Work.objects.on(site).listed_for(Viewer.of(request)).filter(channel=OuterRef("pk"))
        channels = Channel.objects.filter(Exists(works)).select_related("site", "owner").order_by("-followers", "name")
        return {"channels": list(channels[: value["number"]])}

    def why_empty_when_filled(self, filled: dict[str, Any]) -> str:
        return "" if filled["channels"] else str(_("No channel of this site has published anything yet."))

    class Meta:
        label = _("Channels to follow")
        icon = "group"
        template = "fronts/blocks/channels.html"
