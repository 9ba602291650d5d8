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

from bouquet.toolkit.api.openapi import complete
from bouquet.toolkit.api.parser import JsonParser
from bouquet.toolkit.api.problems import Problem, problem
from bouquet.toolkit.api.reference import ReferencePage
from bouquet.toolkit.pages import BadCursor

log = logging.getLogger(__name__)


class Api(NinjaAPI):
    def get_openapi_schema(self, **options: Any) -> Any:
        return complete(super().get_openapi_schema(**options))


def make_api() -> NinjaAPI:
    api = Api(
        title="Bouquet",
        version="1",
        description="The network's sites and what is published on them.",
        urls_namespace="api",
        openapi_url="openapi.json",
        docs_url="docs",
        docs=ReferencePage(),
        parser=JsonParser(),
    )
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


def _too_big(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(422, _("Some values are not valid"), _("A number is too large."))


def _broken(request: HttpRequest, error: Any) -> HttpResponse:
    raise error  # Django logs it and tells whoever watches; ProblemMiddleware words the answer


ANSWERS: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
    Problem: _own_words,
    OverflowError: _too_big,
    Http404: _not_found,
    PermissionDenied: _forbidden,
    AuthenticationError: _not_signed_in,
    Throttled: _too_often,
    HttpError: _http_error,
    ValidationError: _invalid,
    BadCursor: _bad_cursor,
    Exception: _broken,
}
