"""What audience brings to the editors' desk: the way to the numbers."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from bouquet.shared.network.permissions import sites_edited_by


class NumbersMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return sites_edited_by(request.user).exists()


@hooks.register("register_admin_menu_item")
def numbers_menu_item() -> MenuItem:
    return NumbersMenuItem(_("Numbers"), reverse("numbers_site"), icon_name="view", order=130)
