"""Which albums stand in a list: of a site, a theme, a tag, a person; and what readers may narrow them by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from bouquet.kinds.photos.actions import KIND
from bouquet.shared.discovery.actions import sorts_of
from bouquet.shared.works.models import Filters, Tag, Work, WorkQuerySet, offered_categories
from bouquet.shared.works.permissions import Viewer

ORDERS = ("latest", "liked")  # a view is what was played: albums have none (decision 0050)


@dataclass(frozen=True)
class Chip:
    label: Any
    url: str
    current: bool = False
    number: int = 0


def albums_on(request: HttpRequest, filters: Filters) -> WorkQuerySet:
    works = Work.objects.on(request.site).listed_for(Viewer.of(request)).filter(kind=KIND)  # type: ignore[attr-defined]
    return filters.narrow(works)


def filters_of(request: HttpRequest, *, category: str = "", tag: str = "") -> Filters:
    order = request.GET.get("order", "")
    return Filters.read({"category": category, "tag": tag, "order": order if order in ORDERS else ""})


def theme_chips(request: HttpRequest, filters: Filters) -> list[Chip]:
    """The themes that have albums here, with their numbers. Two queries."""
    counted, _languages = sorts_of(KIND, request.site)  # type: ignore[attr-defined]
    found = [(slug, name) for slug, name in offered_categories() if counted.get(slug)]
    everything = Chip(_("Everything"), reverse("photos:home"), not filters)
    return [everything] + [
        Chip(name, reverse("photos:theme", args=[slug]), slug == filters.category, counted[slug])
        for slug, name in found
    ]


def order_tabs(filters: Filters, path: str) -> list[tuple[Any, str, bool]]:
    labels = {"latest": _("Latest"), "liked": _("Most liked")}
    return [
        (label, path if order == "latest" else f"{path}?order={order}", filters.order == order)
        for order, label in labels.items()
    ]


def title_of(filters: Filters) -> str:
    if filters.category:
        return dict(offered_categories()).get(filters.category, filters.category)
    if filters.tag:
        tag = Tag.objects.filter(slug=filters.tag).first()
        return tag.name if tag else filters.tag.replace("-", " ")
    return _("Photos")
