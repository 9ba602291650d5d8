"""What a member goes on watching, what they watched, and the door where players say where they stand."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from bouquet.shared.works.actions.watching import (
    BadPlace,
    forget_watched,
    history_is_paused,
    keep_history,
    note_position,
    pause_history,
    stop_going_on,
)
from bouquet.shared.works.models import Watching
from bouquet.shared.works.permissions import Viewer
from bouquet.toolkit.access import members, public
from bouquet.toolkit.pages import keyset_page

NEWEST = ("-updated_at", "-pk")


@public
@csrf_exempt  # the sealed word names the person and the work: no other site's page has one
@require_POST
def position(request: HttpRequest) -> HttpResponse:
    """`word` from the page, `seconds`. By `navigator.sendBeacon`, which sends no header of ours."""
    try:
        note_position(request.POST.get("word", ""), float(request.POST.get("seconds", "")))
    except (BadPlace, ValueError):
        return HttpResponseBadRequest()
    return HttpResponse(status=204)


@members
@require_safe
def going_on(request: HttpRequest) -> HttpResponse:
    return _show(request, "going_on", Watching.objects.to_go_on_with())


@members
@require_safe
def history(request: HttpRequest) -> HttpResponse:
    return _show(request, "history", Watching.objects.all())


@members
@require_POST
def going_on_removal(request: HttpRequest) -> HttpResponse:
    """`work`: its uid; without one, all."""
    stop_going_on(request.user, request.POST.get("work", "")[:16])
    return redirect("works:going_on")


@members
@require_POST
def history_removal(request: HttpRequest) -> HttpResponse:
    """`work`: its uid; without one, all."""
    uid = request.POST.get("work", "")[:16]
    forget_watched(request.user, uid)
    if not uid:
        messages.success(request, _("Your history is empty now."))
    return redirect("works:history")


@members
@require_POST
def history_pause(request: HttpRequest) -> HttpResponse:
    """`wanted`: 1 to pause, 0 to go on."""
    (pause_history if request.POST.get("wanted") == "1" else keep_history)(request.user)
    return redirect("works:history")


def _show(request: HttpRequest, current: str, rows: object) -> HttpResponse:
    page = keyset_page(rows.of(Viewer.of(request)), request, by=NEWEST)  # type: ignore[attr-defined]
    names = {"going_on": _("Go on watching"), "history": _("Watched")}
    context = {
        "page": page,
        "current": current,
        "tabs": [(label, reverse(f"works:{name}"), name == current) for name, label in names.items()],
        "is_paused": history_is_paused(request.user),
    }
    return render(request, "works/watching.html", context)
