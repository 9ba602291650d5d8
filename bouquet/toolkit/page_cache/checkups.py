"""Whether pages are kept, and how often they are cleared."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from bouquet.toolkit.doctor import Finding, checkup, ok, warn
from bouquet.toolkit.page_cache.models import Clearing
from bouquet.toolkit.page_cache.notes import EVERYTHING

OFTEN = 60  # times in an hour that everything is cleared


@checkup("Page cache")
def page_cache() -> Iterator[Finding]:
    seconds, megabytes = settings.PAGE_CACHE_SECONDS, settings.PAGE_CACHE_MEGABYTES
    if not seconds:
        yield warn("Pages are made anew for every stranger.", "Remove BOUQUET_PAGE_CACHE_SECONDS=0.")
        return
    yield ok(f"Pages for strangers are kept {seconds} s at most, in {megabytes} MB of each server process.")
    lately = Clearing.objects.filter(at__gte=timezone.now() - timedelta(hours=1))
    everything = lately.filter(marks=EVERYTHING).count()
    text = f"In the last hour {lately.count()} changes cleared what shows them; {everything} cleared everything."
    yield warn(text, "See who erases accounts, or changes the rules, so often.") if everything > OFTEN else ok(text)
