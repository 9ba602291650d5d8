"""Newsletters on the editors' desk."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from bouquet.kinds.newsletters.desk import issues, lists, readers
from bouquet.shared.network.permissions import sites_edited_by

HOME = "newsletters/"
ISSUE = "newsletters/issues/<slug:uid>/"


@hooks.register("register_admin_urls")
def newsletters_urls() -> list[Any]:
    return [
        path(HOME, lists.lists, name="newsletters_lists"),
        path(f"{HOME}new/", lists.recipe, name="newsletters_new"),
        path(f"{HOME}suppressed/", readers.suppressed, name="newsletters_suppressed"),
        path(f"{HOME}suppressed/<int:number>/lifting/", readers.lifting, name="newsletters_lifting"),
        path(ISSUE, issues.issue, name="newsletters_issue"),
        path(f"{ISSUE}mail/", issues.mail, name="newsletters_mail"),
        path(f"{ISSUE}text/", issues.text, name="newsletters_text"),
        path(f"{ISSUE}works/", issues.adding, name="newsletters_adding"),
        path(f"{ISSUE}verification/", issues.verification, name="newsletters_verification"),
        path(f"{ISSUE}withdrawal/", issues.withdrawal, name="newsletters_withdrawal"),
        path(f"{ISSUE}schedule/", issues.scheduling, name="newsletters_scheduling"),
        path(f"{ISSUE}sending/", issues.sending, name="newsletters_sending"),
        path(f"{ISSUE}test/", issues.test, name="newsletters_test"),
        *(
            path(f"{ISSUE}{verb}/", issues.turn, {"verb": verb}, name=f"newsletters_{verb}")
            for verb in ("pause", "resume", "cancel")
        ),
        path(f"{HOME}<slug:uid>/", lists.one, name="newsletters_list"),
        path(f"{HOME}<slug:uid>/recipe/", lists.recipe, name="newsletters_recipe"),
        path(f"{HOME}<slug:uid>/drafting/", lists.drafting, name="newsletters_drafting"),
        path(f"{HOME}<slug:uid>/readers/import/", readers.importing, name="newsletters_importing"),
        path(f"{HOME}<slug:uid>/readers.csv", readers.table, name="newsletters_readers"),
    ]


class NewslettersMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return sites_edited_by(request.user).exists()


@hooks.register("register_admin_menu_item")
def newsletters_menu_item() -> MenuItem:
    return NewslettersMenuItem(_("Newsletters"), reverse("newsletters_lists"), icon_name="mail", order=115)
