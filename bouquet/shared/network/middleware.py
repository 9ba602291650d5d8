"""Which site is this? Asked once for every request, before anything else."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import translation

from bouquet.shared.network.models import Site

Next = Callable[[HttpRequest], HttpResponseBase]


class SiteMiddleware:
    """Sets `request.site` and `request.territory` (the reader's country: ISO code, or "" where unknown)."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        host = request.get_host().partition(":")[0].lower()
        request.site = Site.objects.open().filter(host=host).first() or Site.objects.open().filter(is_main=True).first()
        request.territory = request.site.territory if request.site else ""
        return self.get_response(request)


class SiteLocaleMiddleware:
    """The page's language: the reader's choice (cookie, then account), else the site's."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        site = request.site
        translation.activate(request.COOKIES.get("bq_language") or (site.language if site else "en"))
        request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)
