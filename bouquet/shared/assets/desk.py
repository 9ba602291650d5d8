"""/admin/films/<number>/: every step of one film with its times, what waits and runs for it, and what came of it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from bouquet.shared.assets.models import Asset
from bouquet.shared.assets.open_tasks import ROOM, open_tasks_of
from bouquet.shared.assets.timeline import timeline_of
from bouquet.toolkit.access import editors
from bouquet.toolkit.tasks.models import TaskRow
from bouquet.toolkit.tasks.words import tell

MOST = 200  # pieces that are listed


@editors
@require_GET
def film(request: HttpRequest, number: int) -> HttpResponse:
    if not request.user.is_superuser:  # type: ignore[union-attr]
        raise PermissionDenied
    asset = get_object_or_404(Asset.objects.select_related("owner", "upload").prefetch_related("steps"), pk=number)
    subject = tell([TaskRow(task=f"{ROOM}prepare_asset", args=[asset.pk])])[0].subject  # type: ignore[attr-defined]
    pieces = list(asset.pieces.in_order()[:MOST])
    context = {
        "asset": asset,
        "subject": subject,
        "timings": asset.timings,
        "lines": timeline_of(asset),
        "pieces": pieces,
        "tasks": tell(open_tasks_of(asset.pk)),
        "renditions": asset.renditions.order_by("kind", "-height", "name"),
    }
    return render(request, "assets/film.html", context)
