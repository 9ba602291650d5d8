"""What front pages bring to the editors' desk; and what is said above every page in its editor."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages

from bouquet.shared.fronts.work_chooser import WorkChooserViewSet, work_chooser


@hooks.register("register_admin_viewset")
def register_work_chooser() -> WorkChooserViewSet:
    return work_chooser


@hooks.register("before_edit_page")
def say_why_it_came_back(request: HttpRequest, page: Any) -> None:
    """Wagtail keeps the reason in the history alone: who is to mend the page reads it where they write."""
    state = page.current_workflow_state if request.method == "GET" else None
    step = state.current_task_state if state and state.status == state.STATUS_NEEDS_CHANGES else None
    if step is None or not step.comment:
        return
    values = {"words": step.comment, "name": step.finished_by.name if step.finished_by else "…"}
    values["date"] = date_format(localtime(step.finished_at), "SHORT_DATETIME_FORMAT") if step.finished_at else ""
    messages.warning(request, _("%(name)s asked for changes (%(date)s): %(words)s") % values)
