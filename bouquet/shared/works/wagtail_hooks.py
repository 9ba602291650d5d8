"""What works bring to the editors' desk."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from bouquet.shared.network.permissions import sites_edited_by
from bouquet.shared.works import desk, desk_categories


class WorksMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return sites_edited_by(request.user).exists()


@hooks.register("register_admin_urls")
def works_urls() -> list[Any]:
    return [
        path("works/", desk.works, name="works_desk"),
        path("categories/", desk_categories.categories, name="works_categories"),
        path("works/<slug:uid>/taking-down/", desk.taking_down, name="works_taking_down"),
        path("works/<slug:uid>/giving-back/", desk.giving_back, name="works_giving_back"),
    ]


@hooks.register("register_admin_menu_item")
def works_menu_item() -> MenuItem:
    return WorksMenuItem(_("Works"), reverse("works_desk"), icon_name="media", order=120)


class OperatorsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)


@hooks.register("register_settings_menu_item")
def categories_menu_item() -> MenuItem:
    return OperatorsMenuItem(_("Categories"), reverse("works_categories"), icon_name="tag", order=450)
