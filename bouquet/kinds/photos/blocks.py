"""What photos offer to front pages."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from bouquet.shared.works.models import Work, WorkQuerySet
from bouquet.shared.works.permissions import Viewer


class PhotosBlock(blocks.StructBlock):
    """A shelf of albums: the latest of this site (the network's front: of all)."""

    title = blocks.CharBlock(label=_("title"), max_length=80, required=False)
    number = blocks.IntegerBlock(label=_("how many"), min_value=1, max_value=24, default=4)
    layout = blocks.ChoiceBlock(
        label=_("arrangement"),
        choices=[("", _("a grid")), ("lead", _("the first one large")), ("row", _("one line to scroll"))],
        default="",
        required=False,
    )

    class Meta:
        label = _("Photo albums")
        icon = "image"
        template = "photos/block.html"

    def works_for(self, value: Any, request: HttpRequest) -> WorkQuerySet:
        """What the front page deals out from: it leaves out what stands above already, and asks for `number`."""
        works = Work.objects.on(request.site).listed_for(Viewer.of(request)).filter(kind="photos")  # type: ignore[attr-defined]
        return works.cards().latest()
