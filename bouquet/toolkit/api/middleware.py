"""What goes wrong before or around an API view (unknown path, wrong method, too large) is a problem document too."""

from __future__ import annotations

import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from bouquet.toolkit.access import public
from bouquet.toolkit.api.problems import MEDIA_TYPE, problem

PREFIX = "/api/"


class ProblemMiddleware:
    """Stands outermost, so that it words the answer whoever refused."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(PREFIX):
            return self.get_response(request)
        if refusal := _refusal(request):
            return refusal
        response = self.get_response(request)
        if response.status_code >= 400 and not response.headers.get("Content-Type", "").startswith(MEDIA_TYPE):
            _reword(response)
        return response


@public
def unknown_address(request: HttpRequest, rest: str) -> HttpResponseBase:
    raise Http404(rest)


def _refusal(request: HttpRequest) -> HttpResponseBase | None:
    if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
        return problem(400, _("This is not text"), _("An address may hold no NUL byte."))
    limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal():
        return problem(400, _("Bad request"), _("Content-Length must be a number."))
    if int(length) > limit:
        return problem(413, _("This is too large"), _("A request may have up to %(limit)d bytes.") % {"limit": limit})
    return None


def _reword(response: Any) -> None:
    """In place: headers that others set (Allow, Retry-After, cookies) stay."""
    status = response.status_code
    said = _said(response)
    fresh = problem(status, WORDS.get(status, lambda: ("", ""))()[0], said or WORDS.get(status, lambda: ("", ""))()[1])
    response.content = fresh.content
    response.headers["Content-Type"] = MEDIA_TYPE
    if "Content-Length" in response.headers:  # CommonMiddleware counted the words that were there before
        response.headers["Content-Length"] = str(len(fresh.content))
    if "WWW-Authenticate" in fresh.headers:
        response.headers.setdefault("WWW-Authenticate", fresh.headers["WWW-Authenticate"])


def _said(response: Any) -> str:
    """The words of a view that answered with plain JSON."""
    if not response.headers.get("Content-Type", "").startswith("application/json"):
        return ""
    try:
        said = json.loads(response.content).get("detail", "")
    except (ValueError, AttributeError):
        return ""
    return said if isinstance(said, str) else json.dumps(said)


WORDS: dict[int, Callable[[], tuple[str, str]]] = {
    HTTPStatus.BAD_REQUEST: lambda: (_("Bad request"), _("This request cannot be understood.")),
    HTTPStatus.FORBIDDEN: lambda: (_("Not allowed"), _("You may not do this.")),
    HTTPStatus.NOT_FOUND: lambda: (_("Not found"), _("The API has no such address. See /api/v1/docs.")),
    HTTPStatus.METHOD_NOT_ALLOWED: lambda: (
        _("This method is not possible here"),
        _("The header “Allow” names those that are."),
    ),
    HTTPStatus.INTERNAL_SERVER_ERROR: lambda: (
        _("Something broke"),
        _("The fault is ours and was noted. Please try again later."),
    ),
}
