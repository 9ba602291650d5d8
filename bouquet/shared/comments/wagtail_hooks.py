"""What comments bring to the editors' desk."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from bouquet.shared.comments import desk, desk_people
from bouquet.shared.network.permissions import sites_edited_by


class CommentsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return sites_edited_by(request.user).exists()


@hooks.register("register_admin_urls")
def comments_urls() -> list[Any]:
    return [
        path("comments/", desk.comments, name="comments_desk"),
        path("comments/rules/", desk.rules, name="comments_rules"),
        path("comments/rules/<int:number>/", desk.rules, name="comments_rule"),
        path("comments/people/", desk_people.people, name="comments_people"),
        path("comments/people/<int:number>/lifting/", desk_people.lifting, name="comments_lifting"),
        path("comments/domains/", desk_people.domains, name="comments_domains"),
        path("comments/domains/<int:number>/removal/", desk_people.domain_removal, name="comments_domain_removal"),
        path("comments/<slug:uid>/restricting/", desk_people.restricting, name="comments_restricting"),
        path("comments/<slug:uid>/taking-down/", desk.taking_down, name="comments_taking_down"),
        path("comments/<slug:uid>/publishing/", desk.publishing, name="comments_publishing"),
        path("comments/<slug:uid>/forgetting/", desk.forgetting, name="comments_forgetting"),
        path("comments/<slug:uid>/keeping/", desk.keeping, name="comments_keeping"),
    ]


@hooks.register("register_admin_menu_item")
def comments_menu_item() -> MenuItem:
    return CommentsMenuItem(_("Comments"), reverse("comments_desk"), icon_name="comment", order=125)
