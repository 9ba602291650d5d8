"""The page of our own faults. It asks nothing of the database: that may be what is broken."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

from bouquet.toolkit.access import public


@public
def server_error(request: HttpRequest) -> HttpResponse:
    site = getattr(request, "site", None)
    values = {"name": site.name if site else "", "language": translation.get_language() or "en"}
    return HttpResponse(render_to_string("500.html", values), status=500)
