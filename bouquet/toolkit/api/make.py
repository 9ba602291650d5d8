"""The API object, with every error answered as a problem."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from bouquet.toolkit.api.problems import Problem, problem
from bouquet.toolkit.pages import BadCursor

log = logging.getLogger(__name__)


def make_api() -> NinjaAPI:
    api = NinjaAPI(title="Bouquet", version="1", urls_namespace="api", openapi_url="openapi.json", docs_url="docs")
    for error, answer in ANSWERS.items():
        api.add_exception_handler(error, answer)
    return api


def _own_words(request: HttpRequest, error: Any) -> HttpResponse:
    return error.response()


def _not_found(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(404, _("Not found"), _("Nothing is here that you may see."))


def _forbidden(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(403, _("Not allowed"), str(error) or _("You may not do this."))


def _not_signed_in(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(401, _("Please sign in"), _("Send your token in the header “Authorization: Bearer …”."))


def _too_often(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(429, _("Too many requests"), _("Please slow down and try again later."))


def _http_error(request: HttpRequest, error: Any) -> HttpResponse:
    if isinstance(error.__cause__, Problem):
        return error.__cause__.response()
    return problem(error.status_code, "", str(error))


def _invalid(request: HttpRequest, error: Any) -> HttpResponse:
    errors = [{"at": [*map(str, each["loc"])], "detail": each["msg"], "type": each["type"]} for each in error.errors]
    return problem(422, _("Some values are not valid"), _("See “errors” for each of them."), errors=errors)


def _bad_cursor(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(422, _("Some values are not valid"), str(error))


def _broken(request: HttpRequest, error: Any) -> HttpResponse:
    raise error  # Django logs it and tells whoever watches; ProblemMiddleware words the answer


ANSWERS: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
    Problem: _own_words,
    Http404: _not_found,
    PermissionDenied: _forbidden,
    AuthenticationError: _not_signed_in,
    Throttled: _too_often,
    HttpError: _http_error,
    ValidationError: _invalid,
    BadCursor: _bad_cursor,
    Exception: _broken,
}
