"""/admin/tasks/: what waits, runs and failed, for those who keep the network running (superusers)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from bouquet.toolkit.access import editors
from bouquet.toolkit.pages import keyset_page
from bouquet.toolkit.tasks.actions import cancel_task, move_to_front, retry_all, retry_task
from bouquet.toolkit.tasks.models import ScheduleRow, TaskRow, WorkerRow
from bouquet.toolkit.tasks.overview import lanes_now
from bouquet.toolkit.tasks.register import LEASE
from bouquet.toolkit.tasks.times import lane_times
from bouquet.toolkit.tasks.words import name_of, tell

# What is listed under each heading, and in which order.
SHELVES = {
    "running": (gettext_lazy("Running"), ("started_at", "pk")),
    "waiting": (gettext_lazy("Waiting"), ("urgency", "-priority", "run_after", "pk")),
    "failed": (gettext_lazy("Failed"), ("-finished_at", "-pk")),
    "cancelled": (gettext_lazy("Cancelled"), ("-finished_at", "-pk")),
    "done": (gettext_lazy("Done"), ("-finished_at", "-pk")),
}


@editors
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    _owners_only(request)
    state = request.GET.get("state", "running")
    state = state if state in SHELVES else "running"
    page = keyset_page(TaskRow.objects.filter(state=state), request, size=50, by=SHELVES[state][1])
    counts: dict[str, int] = dict(TaskRow.objects.values_list("state").annotate(n=Count("pk")))
    context = {
        "page": page,
        "rows": tell(page.rows),
        "kinds": _failed_kinds() if state == "failed" else [],
        "state": state,
        "shelves": [(name, label, counts.get(name, 0)) for name, (label, _order) in SHELVES.items()],
        "lanes": list(zip(lanes_now(), lane_times(), strict=True)),
        "workers": _workers(),
        "schedule": ScheduleRow.objects.order_by("due_at"),
    }
    return render(request, "tasks/desk.html", context)


@editors
@require_GET
def detail(request: HttpRequest, number: Any) -> HttpResponse:
    _owners_only(request)
    row = tell([get_object_or_404(TaskRow, pk=number)])[0]
    return render(request, "tasks/detail.html", {"row": row})


@editors
@require_POST
def retry(request: HttpRequest, number: Any) -> HttpResponse:
    _owners_only(request)
    if retry_task(get_object_or_404(TaskRow, pk=number)):
        messages.success(request, _("The task waits for a worker again."))
    else:
        messages.error(
            request, _("This task cannot be started again: it has not failed, or the same one already waits.")
        )
    return _back(request)


@editors
@require_POST
def cancel(request: HttpRequest, number: Any) -> HttpResponse:
    _owners_only(request)
    row = get_object_or_404(TaskRow, pk=number)
    cancel_task(row)
    if row.state == TaskRow.State.RUNNING:
        messages.success(request, _("The worker will stop the task within two seconds."))
    else:
        messages.success(request, _("The task is cancelled."))
    return _back(request)


@editors
@require_POST
def front(request: HttpRequest, number: Any) -> HttpResponse:
    _owners_only(request)
    if move_to_front(get_object_or_404(TaskRow, pk=number)):
        messages.success(request, _("The task is the next one of its lane."))
    else:
        messages.error(request, _("This task does not wait any more."))
    return _back(request)


@editors
@require_POST
def retrying(request: HttpRequest) -> HttpResponse:
    """Every failed task of one kind."""
    _owners_only(request)
    count = retry_all(request.POST.get("task", ""))
    said = ngettext("One task waits for a worker again.", "%(count)s tasks wait for a worker again.", count)
    messages.success(request, said % {"count": count})
    return _back(request)


def _owners_only(request: HttpRequest) -> None:
    if not request.user.is_superuser:  # type: ignore[union-attr]
        raise PermissionDenied


def _back(request: HttpRequest) -> HttpResponse:
    """To the page that had the button: a shelf of the queue, or what is said of one film."""
    page = request.POST.get("back", "")
    if page.startswith("/") and url_has_allowed_host_and_scheme(page, allowed_hosts=None):
        return redirect(page)
    state = request.POST.get("state", "")
    return redirect(reverse("tasks_desk") + (f"?state={state}" if state in SHELVES else ""))


def _failed_kinds() -> list[dict[str, Any]]:
    """What failed, by kind: each can be tried again as a whole."""
    found = TaskRow.objects.failed().order_by().values("task").annotate(n=Count("pk")).order_by("-n", "task")[:30]
    return [{"task": each["task"], "called": name_of(each["task"]), "count": each["n"]} for each in found]


def _workers() -> list[dict[str, Any]]:
    limit = timezone.now() - timedelta(seconds=LEASE)
    return [{"row": row, "alive": row.seen_at > limit} for row in WorkerRow.objects.order_by("started_at")]
