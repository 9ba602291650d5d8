"""The one row of the network: its name, who publishes it, its country."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.views.generic import EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from bouquet.shared.network.models import Network


class StraightToTheRow(IndexView):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(reverse(self.edit_url_name, args=[Network.current().pk]))


class EditNetwork(EditView):
    def get_success_url(self) -> str:
        return self.get_edit_url()


class OnlyChange(ModelPermissionPolicy):
    """There is one network: nobody adds or deletes one."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action not in ("add", "delete") and super().user_has_permission(user, action)


class NetworkDesk(ModelViewSet):
    model = Network
    name = "bouquet_network"
    url_prefix = "network/settings"
    menu_label = _("Publisher and law")
    icon = "cog"
    index_view_class = StraightToTheRow
    edit_view_class = EditNetwork
    permission_policy = OnlyChange(Network)
    add_to_reference_index = False
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            MultiFieldPanel(
                [
                    FieldPanel("publisher"),
                    FieldPanel("publisher_address"),
                    FieldPanel("director"),
                    FieldPanel("contact"),
                    FieldPanel("host_provider"),
                ],
                heading=_("Legal notice (shown at /legal/ on every site)"),
            ),
            MultiFieldPanel(
                [FieldPanel("embeds"), FieldPanel("embed_hosts")],
                heading=_("Films of the network on other people's pages"),
                help_text=_("Sites and makers may narrow this, never widen it. Our own sites may always show them."),
            ),
            FieldRowPanel([FieldPanel("territory"), FieldPanel("currency")]),
        ]
    )
