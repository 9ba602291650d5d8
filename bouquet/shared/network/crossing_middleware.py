"""On a site of another domain: account pages are the main host's, and a reader's first page asks who they are."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from bouquet.shared.accounts.cookies import host_of, is_related
from bouquet.shared.accounts.middleware import allow_form_targets
from bouquet.shared.accounts.visitor import is_robot
from bouquet.shared.network.crossing import depart, needs_crossing, redirect_unkept, site_to_cross_to
from bouquet.shared.network.directory import directory
from bouquet.shared.network.models import Site

Next = Callable[[HttpRequest], HttpResponseBase]
ASKED = "bq_asked"  # cookie: when this browser last asked; in an address: cookies are refused here, do not ask again
ASKED_KEPT = 60 * 60 * 24 * 365
AGAIN_INSIDE, AGAIN_ARRIVING, AGAIN_FROM_US = 15 * 60, 60, 5  # seconds
ACCOUNT_PAGES = ("/accounts/", "/me/", "/admin/")
NEVER_ASK = ("/accounts/", "/api/", "/embed/", "/oembed", "/m/", "/tus/", "/media/", "/static/", "/healthz")


class CrossingMiddleware:
    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not needs_crossing(request):
            return self.get_response(request)
        if request.path.startswith(ACCOUNT_PAGES) and request.path not in _pages_of_this_host():
            return _to_the_main_host(request)
        if may_ask(request) and not request.user.is_authenticated:
            response = depart(request, request.get_full_path(), quiet=True)
            remember_asking(response)
            return response
        return self.get_response(request)

    def process_template_response(self, request: HttpRequest, response: Any) -> Any:
        """A sign-in form on the main host may end, after redirects, on the site where the reader came from."""
        if request.path.startswith("/accounts/") and response.context_data is not None:
            if site := _site_of_return(request):
                response.context_data["returning_to"] = site
            allow_form_targets(response, [each.url for each in directory().open_sites if not is_related(each.host)])
        return response


def _site_of_return(request: HttpRequest) -> Site | None:
    """Which site waits behind this sign-in page? It stands in `next`, as the address of a crossing."""
    after = urlsplit(request.GET.get("next", ""))
    if after.path != reverse("network_crossing"):
        return None
    return site_to_cross_to(dict(parse_qsl(after.query)).get("host", ""))


def may_ask(request: HttpRequest) -> bool:
    """A person opening a page in a tab of their own, not asked a moment ago, whose browser keeps cookies."""
    return (
        request.method == "GET"
        and _opens_a_page(request.headers)
        and "Sec-Purpose" not in request.headers
        and "Authorization" not in request.headers
        and ASKED not in request.GET
        and not request.path.startswith(NEVER_ASK)
        and _time_to_ask(request)
        and not is_robot(request)
    )


def _opens_a_page(headers: Mapping[str, str]) -> bool:
    """Browsers say so themselves (Fetch Metadata), but not on plain http nor before 2023; what those send for pages
    is told by two older headers."""
    if "Sec-Fetch-Mode" in headers:
        return headers["Sec-Fetch-Mode"] == "navigate" and headers.get("Sec-Fetch-Dest") == "document"
    return headers.get("Upgrade-Insecure-Requests") == "1" and "text/html" in headers.get("Accept", "")


def _time_to_ask(request: HttpRequest) -> bool:
    """Once a browser has kept the cookie, it says when. Without it only an arrival asks: who refuses cookies is
    asked when they come, not at every page."""
    came_from = urlsplit(request.headers.get("Referer", "")).hostname or ""
    inside = (
        request.headers.get("Sec-Fetch-Site", "same-origin" if came_from == host_of(request) else "") == "same-origin"
    )
    try:
        age = time.time() - int(request.COOKIES[ASKED])
    except (KeyError, ValueError):
        return not inside
    if inside:
        return age > AGAIN_INSIDE
    return age > (AGAIN_FROM_US if is_related(came_from) else AGAIN_ARRIVING)


def remember_asking(response: HttpResponse) -> None:
    response.set_cookie(
        ASKED, str(int(time.time())), max_age=ASKED_KEPT, secure=settings.SESSION_COOKIE_SECURE, httponly=True,
        samesite="Lax",
    )  # fmt: skip


def _to_the_main_host(request: HttpRequest) -> HttpResponse:
    """Sign-in and sign-up come back here afterwards; everything else about an account lives over there."""
    entrances = {reverse("account_login"), reverse("account_signup"), reverse("account_signup_by_passkey")}
    if request.path in entrances:
        return depart(request, request.GET.get("next", "/"), entrance=request.path)
    path = request.get_full_path() if request.method == "GET" else reverse("account_login")
    return redirect_unkept(settings.WAGTAILADMIN_BASE_URL + path)


def _pages_of_this_host() -> set[str]:
    return {reverse("network_arrival"), reverse("account_logout"), reverse("accounts_age")}
