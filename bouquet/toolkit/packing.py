"""Packs (gzip) the pages of strangers that the page cache does not keep, which packs its own.

Only for those who have no session and no token: nothing on their page is secret, so its size tells nothing (BREACH).
What somebody signed in is sent goes out as it is, unless a proxy packs it. Django adds a random length to what
it packs, too.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from bouquet.toolkit.page_cache.notes import NOTES, Notes


class PackingMiddleware(GZipMiddleware):
    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not _is_a_strangers(request) or _goes_to_the_door(request, response):
            return response
        if response.streaming or not response.get("Content-Type", "").startswith("text/html"):
            return response
        return super().process_response(request, response)


def _is_a_strangers(request: HttpRequest) -> bool:
    return settings.SESSION_COOKIE_NAME not in request.COOKIES and "HTTP_AUTHORIZATION" not in request.META


def _goes_to_the_door(request: HttpRequest, response: HttpResponseBase) -> bool:
    notes: Notes | None = request.META.get(NOTES)
    return notes is not None and notes.keep and response.status_code == 200 and set(request.GET) <= notes.query
