"""The queue on the editors' desk, under Reports."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import AdminOnlyMenuItem, MenuItem

from bouquet.toolkit.tasks import views


class TasksMenuItem(AdminOnlyMenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)  # type: ignore[union-attr]


@hooks.register("register_admin_urls")
def tasks_urls() -> list[Any]:
    return [
        path("tasks/", views.desk, name="tasks_desk"),
        path("tasks/retrying/", views.retrying, name="tasks_retrying"),
        path("tasks/<uuid:number>/front/", views.front, name="tasks_front"),
        path("tasks/<uuid:number>/", views.detail, name="tasks_detail"),
        path("tasks/<uuid:number>/retry/", views.retry, name="tasks_retry"),
        path("tasks/<uuid:number>/cancel/", views.cancel, name="tasks_cancel"),
    ]


@hooks.register("register_reports_menu_item")
def tasks_menu_item() -> MenuItem:
    return TasksMenuItem(_("Background work"), reverse("tasks_desk"), icon_name="history", order=900)
