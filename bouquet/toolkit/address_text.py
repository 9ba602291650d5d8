"""What no database can keep is not let into a page's address: the query of a link is typed by anybody."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

NUL, UNKNOWN_LETTER = "%00", "%EF%BF%BD"


class AddressTextMiddleware:
    """A NUL byte becomes U+FFFD, the sign for a letter that nobody knows: it finds nothing and breaks nothing.

    PostgreSQL refuses NUL in any text, so each view would have to think of it. The API answers 400 itself.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        query = request.META.get("QUERY_STRING", "")
        if NUL in query:
            request.META["QUERY_STRING"] = query.replace(NUL, UNKNOWN_LETTER)
        return self.get_response(request)
