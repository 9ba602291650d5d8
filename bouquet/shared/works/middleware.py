"""What a viewer may not see here answers 451 (RFC 7725), as a page or as a problem."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from bouquet.shared.works.permissions import OutsideTerritory
from bouquet.toolkit.api import problem


class OutsideTerritoryMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, OutsideTerritory):
            return None
        if request.path.startswith("/api/"):
            return problem(451, _("Not available here"), _("This is not available where you are, or not at this time."))
        return render(request, "works/451.html", {"work": error.work}, status=451)
