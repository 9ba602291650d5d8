"""The list of a site's videos as a reader narrows it: chips of categories, choices, and what is chosen so far.

A category and a tag have addresses of their own; what is chosen beyond that stands in the query.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from bouquet.shared.discovery.actions import sorts_of
from bouquet.shared.network.models import Site
from bouquet.shared.works.models import (
    LENGTHS,
    ORDERS,
    SINCE,
    Filters,
    Tag,
    Work,
    WorkQuerySet,
    language_name,
    offered_categories,
)
from bouquet.shared.works.permissions import Viewer


@dataclass(frozen=True)
class Chip:
    label: Any
    url: str
    current: bool = False
    number: int = 0


@dataclass(frozen=True)
class Choice:
    """A select of the form: what may be said, and what is."""

    name: str
    label: Any
    options: list[tuple[str, Any]]
    chosen: str


class Browsing:
    """Two queries for its chips and choices: how many works of each sort there are, and the operator's categories."""

    def __init__(self, site: Site, filters: Filters) -> None:
        self.filters = filters
        counted, spoken = sorts_of("videos", site)
        self.categories = [(slug, name, counted[slug]) for slug, name in offered_categories() if slug in counted]
        self.names = {slug: name for slug, name, _number in self.categories}
        self.languages = [(code, language_name(code)) for code in spoken]
        tag = Tag.objects.filter(slug=filters.tag).first() if filters.tag else None
        self.tag_name = tag.name if tag else filters.tag.replace("-", " ")

    @property
    def title(self) -> str:
        if self.filters.category:
            return self.names.get(self.filters.category, self.filters.category)
        return self.tag_name if self.filters.tag else _("Videos")

    @property
    def kicker(self) -> str:
        if self.filters.category:
            return _("Category")
        return _("Tag") if self.filters.tag else ""

    @property
    def category_chips(self) -> list[Chip]:
        everything = Chip(_("Everything"), address_of(self.filters.without("category")), not self.filters.category)
        return [everything] + [
            Chip(name, address_of(replace(self.filters, category=slug)), slug == self.filters.category, number)
            for slug, name, number in self.categories
        ]

    @property
    def choices(self) -> list[Choice]:
        anything = ("", _("All"))
        languages = [anything, *self.languages]
        if self.filters.language and self.filters.language not in dict(languages):
            languages.append((self.filters.language, language_name(self.filters.language)))
        offered = [
            Choice("length", _("Length"), [anything, *_labels(LENGTHS)], self.filters.length),
            Choice("since", _("Published"), [("", _("At any time")), *_labels(SINCE)], self.filters.since),
            Choice("order", _("Order"), _labels(ORDERS), self.filters.order),
        ]
        if len(languages) > 2 or self.filters.language:
            offered.insert(0, Choice("language", _("Language"), languages, self.filters.language))
        return offered

    @property
    def chosen(self) -> list[Chip]:
        """Each can be taken off again."""
        labels = {
            "category": self.title if self.filters.category else "",
            "tag": self.tag_name,
            "language": language_name(self.filters.language),
            "length": LENGTHS[self.filters.length][0] if self.filters.length else "",
            "since": SINCE[self.filters.since][0] if self.filters.since else "",
        }
        return [
            Chip(label, address_of(self.filters.without(name)))
            for name, label in labels.items()
            if getattr(self.filters, name)
        ]

    @property
    def form_action(self) -> str:
        return address_of(Filters(category=self.filters.category, tag=self.filters.tag)).partition("?")[0]

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the form carries along because its address does not say it."""
        return [("tag", self.filters.tag)] if self.filters.tag and self.filters.category else []


def shelf(site: Site, viewer: Viewer, filters: Filters) -> WorkQuerySet:
    """This site's films that this viewer may find, narrowed; order them by `filters.by`."""
    return filters.narrow(Work.objects.on(site).listed_for(viewer).filter(kind="videos"))


def address_of(filters: Filters) -> str:
    """The page of a category, of a tag, or of all; the rest as its query."""
    if filters.category:
        path, said = reverse("videos:category", args=[filters.category]), ["category"]
    elif filters.tag:
        path, said = reverse("videos:tag", args=[filters.tag]), ["tag"]
    else:
        path, said = reverse("videos:browse"), []
    query = filters.query(*said)
    return f"{path}?{query}" if query else path


def _labels(known: dict[str, Any]) -> list[tuple[str, Any]]:
    return [(name, each[0]) for name, each in known.items()]
