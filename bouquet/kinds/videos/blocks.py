"""What videos offer to front pages."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from bouquet.shared.works.models import Work, WorkQuerySet
from bouquet.shared.works.permissions import Viewer


class VideosBlock(blocks.StructBlock):
    """A shelf of videos: the latest or the most seen, of this site (the network's own front: of all sites)."""

    title = blocks.CharBlock(label=_("title"), max_length=80, required=False)
    order = blocks.ChoiceBlock(
        label=_("which ones"),
        choices=[("latest", _("the latest")), ("seen", _("most seen this week"))],
        default="latest",
    )
    number = blocks.IntegerBlock(label=_("how many"), min_value=2, max_value=24, default=8)
    layout = blocks.ChoiceBlock(
        label=_("arrangement"),
        choices=[("", _("a grid")), ("lead", _("the first one large")), ("row", _("one line to scroll"))],
        default="",
        required=False,
    )

    class Meta:
        label = _("Videos")
        icon = "media"
        template = "videos/block.html"

    def works_for(self, value: Any, request: HttpRequest) -> WorkQuerySet:
        """What the front page deals out from: it leaves out what stands above already, and asks for `number`."""
        shelf = Work.objects.on(request.site).listed_for(Viewer.of(request)).filter(kind="videos").cards()  # type: ignore[attr-defined]
        return shelf.most_seen() if value["order"] == "seen" else shelf.latest()
