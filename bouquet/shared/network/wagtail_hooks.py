"""What the network brings to the editors' desk."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db.models import DateTimeField, QuerySet
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import AdminDateTimeInput
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from bouquet.shared.accounts.models import Person
from bouquet.shared.network.desk.brands import BrandsDesk
from bouquet.shared.network.desk.home import SitesPanel
from bouquet.shared.network.desk.look import desk_css_path
from bouquet.shared.network.desk.network import NetworkDesk
from bouquet.shared.network.desk.sites import SitesDesk
from bouquet.shared.network.directory import directory
from bouquet.toolkit.hours import HourField


class NetworkDesks(SnippetViewSetGroup):
    items = (SitesDesk, BrandsDesk, NetworkDesk)
    menu_label = _("Network")
    menu_name = "network"
    menu_icon = "site"
    menu_order = 50


register_snippet(NetworkDesks)
# A story may be planned for any hour of the night, also for those when clocks change.
register_form_field_override(DateTimeField, override={"form_class": HourField, "widget": AdminDateTimeInput})


@hooks.register("register_icons")
def bring_icons(icons: list[str]) -> list[str]:
    return [*icons, "network/desk/icons/palette.svg"]


@hooks.register("insert_global_admin_css")
def wear_the_groups_colours() -> SafeString:
    main = directory().main_site
    colours = desk_css_path(main.brand if main else None)
    return format_html(
        '<link rel="stylesheet" href="{}"><link rel="stylesheet" href="{}">', static("network/desk.css"), colours
    )


@hooks.register("construct_homepage_panels")
def show_sites_first(request: HttpRequest, panels: list[Any]) -> None:
    panels.insert(0, SitesPanel())


@hooks.register("construct_homepage_summary_items")
def no_totals(request: HttpRequest, items: list[Any]) -> None:
    """How many pages and documents there are on the whole network helps nobody with their day."""
    items.clear()


class WayBack(MenuItem):
    """To the site whose desk this is. A whole address: the menu would take a bare / for the page one is on."""

    def render_component(self, request: HttpRequest) -> Any:
        self.url = request.build_absolute_uri("/")
        return super().render_component(request)


@hooks.register("register_admin_menu_item")
def way_back_to_the_site() -> MenuItem:
    return WayBack(_("See the site"), "/", icon_name="home", order=10_000)


@hooks.register("construct_settings_menu")
def hide_what_sites_do_by_themselves(request: HttpRequest, items: list[Any]) -> None:
    """A site brings its own groups, moderation and folder of pictures: only who runs the network sees the machinery."""
    if not request.user.is_superuser:
        items[:] = [item for item in items if item.name not in {"groups", "workflows", "workflow-tasks"}]


@hooks.register("before_bulk_action")
def nobody_deletes_people(
    request: HttpRequest, action: str, objects: list[Any], bulk_action: Any
) -> HttpResponse | None:
    """An account is erased by its person, through every app that holds something of theirs."""
    if action == "delete" and any(isinstance(each, Person) for each in objects):
        raise PermissionDenied
    return None


@hooks.register("before_delete_user")
def nobody_deletes_a_person(request: HttpRequest, person: Any) -> HttpResponse | None:
    raise PermissionDenied


@hooks.register("register_permissions")
def permissions_of_the_network() -> QuerySet[Permission]:
    """What a group may be given by hand: sites, brands and the legal notice."""
    models = ("site", "brand", "network")
    return Permission.objects.filter(content_type__app_label="network", content_type__model__in=models).exclude(
        codename__in=["delete_site", "add_network", "delete_network"]
    )


@hooks.register("get_avatar_url")
def picture_of_person(user: Any, size: int) -> str | None:
    """What nobody did has no picture; the others are twice as fine, for screens that are."""
    return (user and user.picture_url(size * 2)) or None
