"""Who is calling: a bearer token (RFC 6750), or the session of a page of this same site (with its CSRF token).

The toolkit knows no tokens: the app that keeps them calls `register_reader(fn)`; fn(request, secret) gives the person
or None.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security import HttpBearer
from ninja.utils import check_csrf

from bouquet.toolkit.api.problems import Problem

Reader = Callable[[HttpRequest, str], Any]
_READERS: list[Reader] = []


def register_reader(reader: Reader) -> Reader:
    if reader not in _READERS:
        _READERS.append(reader)
    return reader


class Caller(HttpBearer):
    """An object that is also its own maker, so that `auth=Members` and `auth=Members()` mean the same."""

    required = True

    def __call__(self, request: HttpRequest | None = None) -> Any:
        if request is None:
            return self
        if "Authorization" in request.headers:
            request.user = _person_of_token(request)
        elif request.user.is_authenticated and check_csrf(request):
            raise Problem(403, _("The form has expired"), _("The CSRF token is missing or wrong. Reload the page."))
        if request.user.is_authenticated:
            return request.user
        return None if self.required else "anyone"

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        return _person_of_token(request)


class MembersAuth(Caller):
    pass


class AnyoneAuth(Caller):
    required = False


Members = MembersAuth()
Anyone = AnyoneAuth()


def _person_of_token(request: HttpRequest) -> Any:
    scheme, _space, secret = request.headers["Authorization"].partition(" ")
    if scheme.lower() == "bearer" and secret.strip():
        for reader in _READERS:
            if person := reader(request, secret.strip()):
                return person
    raise Problem(401, _("This token is not valid"), _("It is unknown, has expired or was withdrawn."))
