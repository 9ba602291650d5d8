"""Before a reader hears "not found", or is sent on to a front door: was this the old place of a work?

It stands outside SiteMiddleware, so that a host name that was pointed here answers with one redirect and not with two,
and also when nobody told the network of it.
"""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect
from django.http.request import split_domain_port

from bouquet.shared.network.models import Site
from bouquet.shared.works.old_addresses import new_address
from bouquet.shared.works.viewer import Viewer

Next = Callable[[HttpRequest], HttpResponseBase]
NOT_OURS = ("/api/", "/static/", "/media/", "/m/", "/admin/", "/tus/")


class OldAddressMiddleware:
    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if _names_a_post(request) and (moved := self._moved(request, asks_first=True)):
            return moved
        response = self.get_response(request)
        if request.method not in ("GET", "HEAD") or request.path.startswith(NOT_OURS):
            return response
        if response.status_code != 404 and not _only_sent_on(request, response):
            return response
        return self._moved(request) or response

    def _moved(self, request: HttpRequest, *, asks_first: bool = False) -> HttpResponseBase | None:
        try:
            host = split_domain_port(request.get_host())[0].lower()
        except DisallowedHost:
            return None
        viewer = Viewer.of(request) if hasattr(request, "user") else Viewer.for_person(None)
        site = Site.objects.filter(host=host).first() if asks_first else getattr(request, "site", None)
        address = new_address(host, request.get_full_path(), site, viewer)
        if not address:
            return None
        response = HttpResponsePermanentRedirect(address)
        response["Cache-Control"] = "private, no-cache" if viewer.person else "max-age=86400"
        return response


def _names_a_post(request: HttpRequest) -> bool:
    """`/?p=123`: a front page answers there, too, and WordPress meant an article. Asked before the front page is."""
    if request.path != "/" or request.method not in ("GET", "HEAD"):
        return False
    number = request.GET.get("p") or request.GET.get("page_id", "")
    return number.isascii() and number.isdigit() and len(number) < 12


def _only_sent_on(request: HttpRequest, response: HttpResponseBase) -> bool:
    """A redirect that knows of no page yet: from another name of a site, or to the same path with a slash."""
    if response.status_code != 301:
        return False
    target = response.get("Location", "").partition("?")[0]
    return not hasattr(request, "site") or target == f"{request.path}/"
