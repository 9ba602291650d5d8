"""What articles bring to the editors' desk: lists of what somebody may edit, other sites, imports."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.ui.tables.pages import ParentPageColumn
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.admin.widgets.button import Button

from bouquet.kinds.articles import dropped_pictures, sending_desk
from bouquet.kinds.articles.choosers import author_chooser, series_chooser
from bouquet.kinds.articles.live import desk as live_desk
from bouquet.kinds.articles.models import ArticlePage, AuthorPage, Form, SectionPage, SeriesPage
from bouquet.kinds.articles.moving import desk as moving_desk
from bouquet.kinds.articles.replies import desk
from bouquet.kinds.articles.write_panel import LivePanel, WritePanel
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
        ParentPageColumn("parent", label=_("Section")),
        Column("host", label=_("Site")),  # who edits several of them sees which is which
        *(column for column in PageListingViewSet.columns[2:] if column.name != "parent"),
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


class SeriesDesk(PageListingViewSet):
    model = SeriesPage
    icon = "list-ol"
    menu_label = _("Series")
    menu_order = 113
    add_to_admin_menu = True


@hooks.register("register_admin_viewset")
def register_desks() -> list[Any]:
    return [
        ArticlesDesk("articles_desk"),
        SectionsDesk("sections_desk"),
        AuthorsDesk("authors_desk"),
        SeriesDesk("series_desk"),
        author_chooser,
        series_chooser,
    ]


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


@hooks.register("register_admin_urls")
def articles_urls() -> list[Any]:
    return [
        path("articles/pictures/", dropped_pictures.dropped_pictures, name="dropped_pictures"),
        path("articles/<int:page_id>/sites/", sending_desk.sites, name="article_sites"),
        path("articles/<int:page_id>/live/", live_desk.entries, name="article_live"),
        path("articles/<int:page_id>/live/end/", live_desk.end, name="article_live_end"),
        path("articles/<int:page_id>/live/<uuid:name>/", live_desk.one, name="article_live_entry"),
        path("articles/<int:page_id>/live/<uuid:name>/pin/", live_desk.pin, name="article_live_pin"),
        path("articles/<int:page_id>/live/<uuid:name>/removal/", live_desk.removal, name="article_live_removal"),
        path("article-imports/", moving_desk.imports, name="article_imports"),
        path("article-imports/<slug:uid>/", moving_desk.one, name="article_import"),
        path("article-imports/<slug:uid>/start/", moving_desk.start, name="article_import_start"),
        path("article-imports/<slug:uid>/cancellation/", moving_desk.cancellation, name="article_import_cancellation"),
        path("article-imports/<slug:uid>/retry/", moving_desk.retry, name="article_import_retry"),
        path("article-imports/<slug:uid>/report.csv", moving_desk.report, name="article_import_report"),
    ]


@hooks.register("insert_editor_js")
def bring_drop_and_paste() -> SafeString:
    files = ((static(f"articles/{name}.js"),) for name in ("picture_drop", "clean_paste"))
    return format_html_join("", '<script src="{}"></script>', files)


@hooks.register("insert_global_admin_css")
def dress_the_desk() -> SafeString:
    files = ((static(f"articles/{name}.css"),) for name in ("picture_drop", "live_desk"))
    return format_html_join("", '<link rel="stylesheet" href="{}">', files)


@hooks.register("register_page_header_buttons")
def buttons_of_an_article(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Any:
    """On an article's own pages of the desk, beside move and copy."""
    may = page.permissions_for_user(user)
    if isinstance(page.specific_deferred, ArticlePage) and may.can_edit():
        if page.live and page.specific.form == Form.LIVE and may.can_publish():
            yield Button(_("Add to the live"), reverse("article_live", args=[page.pk]), icon_name="time", priority=24)
        yield Button(_("On other sites"), reverse("article_sites", args=[page.pk]), icon_name="site", priority=25)


@hooks.register("construct_homepage_panels")
def writing_is_one_click_away(request: HttpRequest, panels: list[Any]) -> None:
    panels[:] = [LivePanel(), *panels[:1], WritePanel(), *panels[1:]]


class ImportsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        person: Any = request.user
        if not person.is_superuser and not sites_edited_by(person).filter(moderators__in=person.groups.all()).exists():
            return False
        return any(site.has_kind("articles") for site in sites_edited_by(person))


@hooks.register("register_settings_menu_item")
def imports_menu_item() -> MenuItem:
    return ImportsMenuItem(_("Articles from elsewhere"), reverse("article_imports"), icon_name="download", order=460)
