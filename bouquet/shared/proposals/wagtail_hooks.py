"""What proposals bring to the editors' desk."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from bouquet.shared.network.permissions import sites_edited_by
from bouquet.shared.proposals import desk


class ProposalsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return sites_edited_by(request.user).exists()


@hooks.register("register_admin_urls")
def proposals_urls() -> list[Any]:
    return [
        path("proposals/", desk.proposals, name="proposals_desk"),
        path("proposals/guests/", desk.guests, name="guests_desk"),
        path("proposals/guests/<slug:slug>/<slug:uid>/dropping/", desk.dropping, name="guests_dropping"),
        path("proposals/guests/<slug:slug>/<slug:uid>/allowing/", desk.allowing, name="guests_allowing"),
        path("proposals/people/<int:number>/", desk.allowing_person, name="proposals_allowing_person"),
        path("proposals/<slug:uid>/acceptance/", desk.acceptance, name="proposals_acceptance"),
        path("proposals/<slug:uid>/refusal/", desk.refusal, name="proposals_refusal"),
    ]


@hooks.register("register_admin_menu_item")
def proposals_menu_item() -> MenuItem:
    return ProposalsMenuItem(_("Proposals"), reverse("proposals_desk"), icon_name="mail", order=122)
