"""What articles offer to front pages."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from bouquet.shared.works.models import Work, WorkQuerySet
from bouquet.shared.works.permissions import Viewer


class ArticlesBlock(blocks.StructBlock):
    """A shelf of articles: the latest of this site (the network's front: of all), or of one section."""

    title = blocks.CharBlock(label=_("title"), max_length=80, required=False)
    # by name: front pages read this file before the rows of articles are known
    section = blocks.PageChooserBlock(
        label=_("section"), page_type="articles.SectionPage", required=False, help_text=_("Empty: of all sections.")
    )
    number = blocks.IntegerBlock(label=_("how many"), min_value=1, max_value=24, default=5)
    layout = blocks.ChoiceBlock(
        label=_("arrangement"),
        choices=[("", _("a grid")), ("lead", _("the first one large")), ("row", _("one line to scroll"))],
        default="lead",
        required=False,
    )

    class Meta:
        label = _("Articles")
        icon = "doc-full"
        template = "articles/block.html"

    def works_for(self, value: Any, request: HttpRequest) -> WorkQuerySet:
        """What the front page deals out from: it leaves out what stands above already, and asks for `number`."""
        works = Work.objects.on(request.site).listed_for(Viewer.of(request)).filter(kind="articles")  # type: ignore[attr-defined]
        if value["section"]:
            works = works.filter(article__section=value["section"].pk)
        return works.faces().latest()
