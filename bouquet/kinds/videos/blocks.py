"""What videos offer to front pages."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from bouquet.shared.works.models import Work, WorkQuerySet
from bouquet.shared.works.permissions import Viewer

ORDERS = [("latest", _("the latest")), ("seen", _("most seen this week")), ("trending", _("trending now"))]


class VideosBlock(blocks.StructBlock):
    """A shelf of videos: the latest, the most seen or what trends, of this site (the network's front: of all)."""

    title = blocks.CharBlock(label=_("title"), max_length=80, required=False)
    order = blocks.ChoiceBlock(
        label=_("which ones"),
        choices=ORDERS,
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
        if value["order"] == "trending":  # few of them, and none where too few people watch: the block is left out
            return shelf.trends()
        return shelf.most_seen() if value["order"] == "seen" else shelf.latest()
