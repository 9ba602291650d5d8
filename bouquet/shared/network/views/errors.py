"""The page of our own faults. It asks nothing of the database, and does without everything else if it must."""

from __future__ import annotations

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation

from bouquet.toolkit.access import public

log = logging.getLogger(__name__)


@public
def server_error(request: HttpRequest) -> HttpResponse:
    try:
        return render(request, "network/broken.html", status=500)
    except Exception:
        log.exception("The page of our own faults is broken too; the plain one is shown.")
    site = getattr(request, "site", None)
    values = {"name": site.name if site else "", "language": translation.get_language() or "en"}
    return HttpResponse(render_to_string("500.html", values), status=500)
