"""Blocks that show works. A kind's own block joins them by having the same two things:

    def works_for(self, value, request) -> WorkQuerySet     which works, in order, for this reader, not cut
    value["number"]                                         how many

The page takes that many which it does not show yet, and renders the block's template with `works`.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks

from bouquet.shared.fronts.work_chooser import WorkChooserBlock
from bouquet.shared.network.kinds import all_kinds, kind_named
from bouquet.shared.works.models import Work, WorkQuerySet
from bouquet.shared.works.permissions import Viewer

HERE, NETWORK = "here", "network"


def kind_choices() -> list[tuple[str, Any]]:
    return [(kind.slug, kind.label) for kind in all_kinds()]


class ShelfBlock(blocks.StructBlock):
    """A title and some works in an order. What the network's own front shows is every site's in any case."""

    title = blocks.CharBlock(label=_("Title"), max_length=80, required=False)
    number = blocks.IntegerBlock(label=_("How many"), min_value=1, max_value=24, default=8)
    scope = blocks.ChoiceBlock(
        label=_("From where"), choices=[(HERE, _("this site")), (NETWORK, _("the whole network"))], default=HERE
    )
    layout = blocks.ChoiceBlock(
        label=_("Arrangement"),
        choices=[("", _("a grid")), ("lead", _("the first one large")), ("row", _("one line to scroll"))],
        default="",
        required=False,
    )

    def works_for(self, value: Any, request: HttpRequest) -> WorkQuerySet:
        works = Work.objects.listed_for(Viewer.of(request)).faces()
        site = request.site  # type: ignore[attr-defined]
        return works.on(site) if value.get("scope", HERE) == HERE else works

    def heading(self, value: Any) -> Any:
        """What stands above the works where the editor wrote no title."""
        return self.label

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        heading = value.get("title") or self.heading(value)
        return super().get_context(value, parent_context=parent_context) | {"heading": heading}

    class Meta:
        template = "fronts/blocks/shelf.html"


class LatestBlock(ShelfBlock):
    def works_for(self, value: Any, request: HttpRequest) -> WorkQuerySet:
        return super().works_for(value, request).latest()

    class Meta:
        label = pgettext_lazy("works", "Latest")
        icon = "history"
        description = _("What was published last.")


class MostSeenBlock(ShelfBlock):
    def works_for(self, value: Any, request: HttpRequest) -> WorkQuerySet:
        return super().works_for(value, request).filter(views_lately__gt=0).most_seen()

    def heading(self, value: Any) -> Any:
        return _("Most seen this week")

    class Meta:
        label = _("Most seen")
        icon = "view"
        description = _("What was seen most in the last seven days.")


class TrendingBlock(ShelfBlock):
    def works_for(self, value: Any, request: HttpRequest) -> WorkQuerySet:
        return super().works_for(value, request).trends()

    def heading(self, value: Any) -> Any:
        return _("Trending now")

    class Meta:
        label = _("Trending")
        icon = "pick"
        description = _("What many different people watch now. Left out where too few do.")


class KindBlock(ShelfBlock):
    kind = blocks.ChoiceBlock(label=_("Kind"), choices=kind_choices)

    def works_for(self, value: Any, request: HttpRequest) -> WorkQuerySet:
        return super().works_for(value, request).filter(kind=value["kind"]).latest()

    def heading(self, value: Any) -> Any:
        kind = kind_named(value["kind"])
        return kind.label if kind else self.label

    class Meta:
        label = _("One kind")
        icon = "list-ul"
        description = _("The latest of one kind: only videos, only articles…")


class HeroBlock(blocks.StructBlock):
    """The first story, picture first: one that an editor chose, else the page's own choice."""

    work = WorkChooserBlock(label=_("Chosen work"), required=False, help_text=_("Empty: the page chooses by itself."))
    source = blocks.ChoiceBlock(
        label=_("Otherwise"), choices=[("latest", _("the latest")), ("seen", _("the most seen"))], default="latest"
    )
    scope = blocks.ChoiceBlock(
        label=_("From where"), choices=[(HERE, _("this site")), (NETWORK, _("the whole network"))], default=HERE
    )
    kicker = blocks.CharBlock(
        label=_("Word above the title"), max_length=40, required=False, help_text=_("“Live”, “Exclusive”…")
    )

    def chosen(self, value: Any) -> int | None:
        """The work an editor chose. Whether this reader may see it is asked like for any other."""
        return value["work"].pk if value["work"] else None

    def works_for(self, value: Any, request: HttpRequest) -> WorkQuerySet:
        """A hero without a picture is none: the page's own choice has one."""
        works = Work.objects.listed_for(Viewer.of(request)).faces("summary")
        works = works.exclude(poster=None).exclude(poster__poster="")
        works = works.on(request.site) if value["scope"] == HERE else works  # type: ignore[attr-defined]
        return works.most_seen() if value["source"] == "seen" else works.latest()

    class Meta:
        label = _("Hero")
        icon = "pick"
        number = 1
        template = "fronts/blocks/hero.html"
        description = _("One work over the whole width, picture first.")
