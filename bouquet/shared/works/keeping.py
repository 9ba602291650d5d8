"""Pages that are kept for strangers (toolkit/page_cache), as far as they show works: which marks they wear, and when
they become others by themselves.

    work:7        a page on which work 7 stands, its own or a card of it
    lists:3       a page with lists of site 3: what is published there may come to stand on it
    lists:all     the same of the whole network
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Min, Q
from django.utils import timezone

from bouquet.shared.network.models import Site
from bouquet.shared.works.models import Availability, Work
from bouquet.toolkit.page_cache.actions import clear_pages, depends_on, keep_page, may_keep

WHOLE_NETWORK = "all"
ASKED_AGAIN_AFTER = 1.0  # seconds

_hours: dict[int, tuple[float, datetime | None]] = {}


def keep_page_with(request: Any, works: Iterable[Work], *marks: str, query: Iterable[str] = ()) -> None:
    """Keep this page, which shows these works; until one of its site opens, or any closes, at its hour."""
    if may_keep(request):
        depends_on(request, *(f"work:{work.pk}" for work in works))
        keep_page(request, *marks, until=_next_hour(request.site), query=query)


def shows_lists(request: Any, *, of_network: bool = False) -> None:
    """The page has lists of its site, or of all: what is published may come to stand on it."""
    whole = of_network or request.site.is_main
    depends_on(request, f"lists:{WHOLE_NETWORK if whole else request.site.pk}")


def clear_where_it_stands(work_id: int) -> None:
    """A work was published, or is not what it was: its page, its cards, the lists that it may have joined."""
    sites: set[int] = set()
    if work := Work.objects.filter(pk=work_id).only("site_id").first():
        sites = {work.site_id, *Work.also_on.through.objects.filter(work=work_id).values_list("site", flat=True)}
    clear_pages(f"work:{work_id}", f"lists:{WHOLE_NETWORK}", *(f"lists:{site}" for site in sites))


def clear_lists_with(work_ids: list[int]) -> None:
    """New works came, that no page shows yet: the lists of their sites."""
    sites = Work.objects.filter(pk__in=work_ids).order_by().values_list("site", flat=True).distinct()
    clear_pages(f"lists:{WHOLE_NETWORK}", *(f"lists:{site}" for site in sites))


def clear_lists(site: Site) -> None:
    """What the site's lists are made of, beside works: a section, an author, its front page."""
    clear_pages(f"lists:{site.pk}", *([f"lists:{WHOLE_NETWORK}"] if site.is_main else []))


def _next_hour(site: Site) -> datetime | None:
    """When the next work of the site is to be seen, or a window of any work opens or closes. Two queries a second."""
    known = _hours.get(site.pk)
    if known is not None and time.monotonic() - known[0] < ASKED_AGAIN_AFTER and not settings.TESTING:
        return known[1]
    now = timezone.now()
    due = Work.objects.on(site).filter(on_shelves=True, published_at__gt=now).aggregate(at=Min("published_at"))["at"]
    windows = Availability.objects.aggregate(
        opens=Min("opens_at", filter=Q(opens_at__gt=now)), closes=Min("closes_at", filter=Q(closes_at__gt=now))
    )
    hours = [hour for hour in (due, *windows.values()) if hour is not None]
    _hours[site.pk] = (time.monotonic(), min(hours, default=None))
    return _hours[site.pk][1]
