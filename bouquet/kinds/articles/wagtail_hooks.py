"""What articles bring to the editors' desk: a list of all that somebody may edit, with the state of each."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.pages import PageListingViewSet

from bouquet.kinds.articles.models import ArticlePage, AuthorPage, SectionPage
from bouquet.kinds.articles.replies import desk
from bouquet.shared.network.permissions import sites_edited_by


class ArticlesDesk(PageListingViewSet):
    model = ArticlePage
    icon = "doc-full"
    menu_label = _("Articles")
    menu_order = 110
    add_to_admin_menu = True
    columns = [
        *PageListingViewSet.columns[:2],
        Column("form", label=_("Form"), accessor="get_form_display"),
        *PageListingViewSet.columns[2:],
    ]


class SectionsDesk(PageListingViewSet):
    model = SectionPage
    icon = "folder-open-inverse"
    menu_label = _("Sections")
    menu_order = 111
    add_to_admin_menu = True


class AuthorsDesk(PageListingViewSet):
    model = AuthorPage
    icon = "user"
    menu_label = _("Authors")
    menu_order = 112
    add_to_admin_menu = True


@hooks.register("register_admin_viewset")
def register_desks() -> list[Any]:
    return [ArticlesDesk("articles_desk"), SectionsDesk("sections_desk"), AuthorsDesk("authors_desk")]


class RepliesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return any("articles" in site.kinds for site in sites_edited_by(request.user))


@hooks.register("register_admin_urls")
def replies_urls() -> list[Any]:
    return [
        path("replies/", desk.replies, name="replies_desk"),
        path("replies/<slug:uid>/", desk.one, name="replies_one"),
    ]


@hooks.register("register_admin_menu_item")
def replies_menu_item() -> MenuItem:
    return RepliesMenuItem(_("Rights of reply"), reverse("replies_desk"), icon_name="mail", order=126)
