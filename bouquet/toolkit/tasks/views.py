"""/admin/tasks/: what waits, runs and failed, for those who keep the network running (superusers)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from bouquet.toolkit.access import editors
from bouquet.toolkit.pages import keyset_page
from bouquet.toolkit.tasks.actions import cancel_task, retry_task
from bouquet.toolkit.tasks.lanes import LANES
from bouquet.toolkit.tasks.models import ScheduleRow, TaskRow, WorkerRow
from bouquet.toolkit.tasks.register import LEASE

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
        "state": state,
        "shelves": [(name, label, counts.get(name, 0)) for name, (label, _order) in SHELVES.items()],
        "lanes": _lanes(),
        "workers": _workers(),
        "schedule": ScheduleRow.objects.order_by("due_at"),
    }
    return render(request, "tasks/desk.html", context)


@editors
@require_GET
def detail(request: HttpRequest, number: Any) -> HttpResponse:
    _owners_only(request)
    return render(request, "tasks/detail.html", {"row": get_object_or_404(TaskRow, pk=number)})


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


def _owners_only(request: HttpRequest) -> None:
    if not request.user.is_superuser:  # type: ignore[union-attr]
        raise PermissionDenied


def _back(request: HttpRequest) -> HttpResponse:
    state = request.POST.get("state", "")
    return redirect(reverse("tasks_desk") + (f"?state={state}" if state in SHELVES else ""))


def _lanes() -> list[dict[str, Any]]:
    now = timezone.now()
    late: Any = TaskRow.objects.due().order_by().values("lane").annotate(n=Count("pk"), first=Min("run_after"))
    found = {each["lane"]: each for each in late}
    return [
        {
            "name": lane.name,
            "due": found.get(lane.name, {}).get("n", 0),
            "wait": now - found[lane.name]["first"] if lane.name in found else None,
        }
        for lane in LANES.values()
    ]


def _workers() -> list[dict[str, Any]]:
    limit = timezone.now() - timedelta(seconds=LEASE)
    return [{"row": row, "alive": row.seen_at > limit} for row in WorkerRow.objects.order_by("started_at")]
