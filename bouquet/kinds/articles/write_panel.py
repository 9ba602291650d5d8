"""On the first screen of the desk: the sections of one's sites, each a click away from a blank article."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from wagtail.admin.ui.components import Component

from bouquet.kinds.articles.models import SectionPage
from bouquet.shared.network.models import Site
from bouquet.shared.network.permissions import sites_edited_by

MOST_SITES, MOST_SECTIONS = 12, 200  # who runs a large network begins in a site's own list


class WritePanel(Component):
    name = "articles_write"
    order = 20
    template_name = "articles/desk_write.html"

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        person = (parent_context or {})["request"].user
        found = sites_edited_by(person).in_order().select_related("wagtail_site__root_page")
        sites = [site for site in found if site.has_kind("articles") and site.wagtail_site][:MOST_SITES]
        return {"places": [place for site in sites if (place := _place(site))]}


def _place(site: Site) -> tuple[Site, list[tuple[str, str]]] | None:
    """The site, and (title, address of a blank article) of each section, in the order of its menu. One query."""
    assert site.wagtail_site
    below = SectionPage.objects.child_of(site.wagtail_site.root_page).order_by("path")[:MOST_SECTIONS]
    sections = [
        (section.title, reverse("wagtailadmin_pages:add", args=["articles", "articlepage", section.pk]))
        for section in below
    ]
    return (site, sections) if sections else None
