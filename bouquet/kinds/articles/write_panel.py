"""On the first screen of the desk: what goes on live, and the sections of one's sites, each a click away from a blank
article."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component

from bouquet.kinds.articles.models import Article, ArticlePage, Form, SectionPage
from bouquet.shared.network.models import Site
from bouquet.shared.network.permissions import sites_edited_by

LATELY, MOST_LIVES = timedelta(days=2), 20
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


class LivePanel(Component):
    """Before all else: who adds to it stands somewhere with a phone."""

    name = "articles_live"
    order = 1
    template_name = "articles/live/desk_panel.html"

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"lives": _lives((parent_context or {})["request"].user)}


def _lives(person: Any) -> list[ArticlePage]:
    """Those of the last days that this person may add to. One query, and a few for each that was found."""
    lately = timezone.now() - LATELY
    found = Article.objects.filter(published_at__gte=lately, page__form=Form.LIVE, page__live=True)
    pages = [article.page for article in found.select_related("page").order_by("-published_at")[:MOST_LIVES]]
    return [page for page in pages if page.permissions_for_user(person).can_publish()]


def _place(site: Site) -> tuple[Site, list[tuple[str, str]]] | None:
    """The site, and (title, address of a blank article) of each section, in the order of its menu. One query."""
    assert site.wagtail_site
    below = SectionPage.objects.child_of(site.wagtail_site.root_page).order_by("path")[:MOST_SECTIONS]
    sections = [
        (section.title, reverse("wagtailadmin_pages:add", args=["articles", "articlepage", section.pk]))
        for section in below
    ]
    return (site, sections) if sections else None
