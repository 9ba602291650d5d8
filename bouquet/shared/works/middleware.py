"""What a viewer may not see here answers 451 (RFC 7725); what asks for a password, 403 with the form for it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from bouquet.shared.works.permissions import OutsideTerritory, PasswordNeeded
from bouquet.toolkit.api import problem


class OutsideTerritoryMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, PasswordNeeded):
            return password_page(request, error)
        if not isinstance(error, OutsideTerritory):
            return None
        if request.path.startswith("/api/"):
            return problem(451, _("Not available here"), _("This is not available where you are, or not at this time."))
        return render(request, "works/451.html", {"work": error.work}, status=451)


def password_page(request: HttpRequest, error: PasswordNeeded) -> HttpResponse:
    if request.path.startswith("/api/"):
        words = _("Send it in the header Bouquet-Password.")
        return problem(403, _("A password is needed"), words)
    if error.work.site_id != request.site.pk:  # type: ignore[attr-defined]
        return HttpResponseRedirect(error.work.address)  # the session that keeps the key is that site's
    return render(request, "works/password.html", {"work": error.work}, status=403)
