"""The session of a network, who it belongs to, and the door of the editors' desk."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject

from bouquet.shared.accounts.actions import sign_in_of
from bouquet.shared.accounts.cookies import host_of, shared_domain

Next = Callable[[HttpRequest], HttpResponseBase]
DESK = "/admin/"
OTHER_WAYS_IN = ("/admin/login/", "/admin/password_reset/", "/_util/login/")  # Wagtail's own: no limits, no codes


class NetworkSessionMiddleware(SessionMiddleware):
    """One session for all hosts under the parent domain; a session of its own for each host elsewhere."""

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        response = super().process_response(request, response)
        cookie = response.cookies.get(settings.SESSION_COOKIE_NAME)
        domain = shared_domain(host_of(request)) if cookie is not None else None
        if domain:
            cookie["domain"] = domain
        return response


class PersonMiddleware(AuthenticationMiddleware):
    """Sets `request.user` and `request.sign_in`, both lazy: one query, and none where nobody asks.

    `request.sign_in` is empty (false) where nobody is signed in; `actions.sign_in_of(request)` gives SignIn or None.
    """

    def process_request(self, request: HttpRequest) -> None:
        request.user = SimpleLazyObject(lambda: _person_of(request))  # type: ignore[assignment]
        request.sign_in = SimpleLazyObject(lambda: sign_in_of(request))  # type: ignore[attr-defined]


def _person_of(request: HttpRequest) -> Any:
    sign_in = sign_in_of(request)
    return sign_in.person if sign_in else AnonymousUser()


class DeskMiddleware:
    """The editors' desk has one way in, the network's own sign-in, and wants a second factor (BOUQUET_STAFF_TOTP)."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(OTHER_WAYS_IN):
            return redirect_to_login(DESK)
        if request.path.startswith(DESK) and _lacks_second_factor(request):
            return redirect("accounts_second_factor")
        return self.get_response(request)


def _lacks_second_factor(request: HttpRequest) -> bool:
    return settings.STAFF_TOTP and request.user.is_authenticated and not has_second_factor(request.user)


def has_second_factor(person: Any) -> bool:
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return Authenticator.objects.filter(user=person, type__in=kinds).exists()


class EntranceMiddleware:
    """Two corrections to allauth's pages.

    They bring a `site` of their own, which hides ours (brand, menu, footer). And their forms may end, after redirects,
    at a provider's (Google, OpenID Connect), which browsers count as form targets (`form-action`).
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_template_response(self, request: HttpRequest, response: Any) -> Any:
        if request.path.startswith("/accounts/"):
            if response.context_data is not None:
                response.context_data["site"] = request.site  # type: ignore[attr-defined]
            allow_form_targets(response, settings.SIGN_IN_TARGETS)
        return response


def allow_form_targets(response: Any, origins: Iterable[str]) -> None:
    """Widen `form-action` of this page's policy by these origins."""
    policy = getattr(response, "csp", {})
    words = [policy.get("form-action", "'self'"), *origins]
    response.csp = policy | {"form-action": " ".join(dict.fromkeys(words))}
