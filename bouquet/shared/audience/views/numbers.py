"""Pages of numbers: of a work, a channel, a site. For who may read them; for others they do not exist."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bouquet.shared.audience import rule
from bouquet.shared.audience.numbers import (
    LINES,
    RANGES,
    USUAL,
    Numbers,
    numbers_of_channel,
    numbers_of_site,
    numbers_of_work,
)
from bouquet.shared.audience.permissions import may_read_channel, may_read_site, may_read_work
from bouquet.shared.audience.pictures import bars_of, change, curve_of
from bouquet.shared.audience.table import TABLES, csv_of
from bouquet.shared.network.permissions import sites_edited_by
from bouquet.shared.works.models import Channel, Work
from bouquet.toolkit.access import members

LINES_OF_A_FILE = 1000


@members
@never_cache
@require_safe
def work(request: HttpRequest, uid: str, what: str = "") -> HttpResponse:
    found = _find_work(request, uid)
    numbers = numbers_of_work(found, _range(request), most=LINES_OF_A_FILE if what else LINES)
    if what:
        return _file(numbers, what, found.slug or found.uid)
    context = {
        "work": found,
        "back": (found.title, found.address_from(request.site)),  # type: ignore[attr-defined]
        "curve": curve_of(numbers.curve, found.duration or 0),
        "average_share": numbers.average_share,
    }
    return _page(request, numbers, found.title, "numbers_work_file", [found.uid], context)


@members
@never_cache
@require_safe
def channel(request: HttpRequest, slug: str, what: str = "") -> HttpResponse:
    found = get_object_or_404(Channel.objects.select_related("site"), slug=slug)
    if not may_read_channel(request.user, found):
        raise Http404
    numbers = numbers_of_channel(found, _range(request), most=LINES_OF_A_FILE if what else LINES)
    if what:
        return _file(numbers, what, found.slug)
    context = {"channel": found, "back": (found.name, found.address_from(request.site))}  # type: ignore[attr-defined]
    return _page(request, numbers, found.name, "numbers_channel_file", [found.slug], context)


@members
@never_cache
@require_safe
def site(request: HttpRequest, what: str = "") -> HttpResponse:
    """Of the site one is on; on the network's own front, the sites one looks after."""
    here: Any = request.site  # type: ignore[attr-defined]
    if here.is_main:
        return _sites(request)
    if not may_read_site(request.user, here):
        raise Http404
    numbers = numbers_of_site(here, _range(request), most=LINES_OF_A_FILE if what else LINES)
    if what:
        return _file(numbers, what, here.slug)
    return _page(request, numbers, here.name, "numbers_site_file", [], {"back": (here.name, "/")})


def _sites(request: HttpRequest) -> HttpResponse:
    sites = list(sites_edited_by(request.user).filter(is_main=False).in_order())
    if not sites:
        raise Http404
    days = _range(request)
    lines = []
    for each in sites:
        numbers = numbers_of_site(each, days, most=1)
        lines.append((each, numbers.totals, change(numbers.totals.views, numbers.before.views)))
    return render(request, "audience/sites.html", {"lines": lines, **_ranges(request, days)})


def _find_work(request: HttpRequest, uid: str) -> Work:
    found = get_object_or_404(Work.objects.select_related("site", "channel"), uid=uid)
    if not may_read_work(request.user, found):
        raise Http404
    return found


def _range(request: HttpRequest) -> int:
    given = request.GET.get("days", "")
    return int(given) if given.isascii() and given.isdigit() and int(given) in RANGES else USUAL


def _ranges(request: HttpRequest, days: int) -> dict[str, Any]:
    words = {7: _("7 days"), 28: _("28 days"), 90: _("90 days"), 365: _("A year")}
    return {"days": days, "ranges": [(words[each], f"{request.path}?days={each}", each == days) for each in RANGES]}


def _page(
    request: HttpRequest, numbers: Numbers, title: str, file_url: str, args: list[str], context: dict[str, Any]
) -> HttpResponse:
    days = len(numbers.by_day)
    totals, before = numbers.totals, numbers.before
    back_label, back_url = context.pop("back")
    context |= {
        "title": title,
        "back_label": back_label,
        "back_url": back_url,
        "numbers": numbers,
        "bars": bars_of(numbers),
        "files": {what: f"{reverse(file_url, args=[*args, what])}?days={days}" for what in TABLES},
        "changes": {
            "views": change(totals.views, before.views),
            "visitors": change(totals.visitors, before.visitors),
            "watched": change(totals.watch_seconds, before.watch_seconds),
            "average": change(totals.average_seconds, before.average_seconds),
        },
        "rule": rule,
        **_ranges(request, days),
    }
    return render(request, "audience/numbers.html", context)


def _file(numbers: Numbers, what: str, name: str) -> HttpResponse:
    if what not in TABLES:
        raise Http404
    response = HttpResponse(csv_of(numbers, what), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = (
        f'attachment; filename="{_plain(name)}-{what}-{numbers.since}-{numbers.until}.csv"'
    )
    return response


def _plain(name: str) -> str:
    """For a header: letters without accents, or nothing of a name that has none."""
    return "".join(each for each in name if each.isascii() and (each.isalnum() or each in "-_")) or "numbers"
