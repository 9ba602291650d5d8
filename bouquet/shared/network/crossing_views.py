"""The halts of a crossing (crossing.py): /accounts/crossing/ on the main host, /accounts/arrival/ on the reader's."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from bouquet.shared.accounts.actions import join_sign_in
from bouquet.shared.accounts.cookies import host_of
from bouquet.shared.network.crossing import (
    PROOF,
    CrossingRefused,
    give_code,
    needs_crossing,
    redirect_unkept,
    safe_path,
    site_to_cross_to,
    take_code,
    was_quiet,
)
from bouquet.shared.network.crossing_middleware import ASKED, remember_asking
from bouquet.toolkit.access import public


@public
@require_GET
@never_cache
def crossing(request: HttpRequest) -> HttpResponse:
    """On the main host: give the reader a code for their site, after signing in where that is needed."""
    site = site_to_cross_to(request.GET.get("host", ""))
    proof = request.GET.get("proof", "")
    if host_of(request) != settings.MAIN_HOST or site is None or not PROOF.fullmatch(proof):
        raise Http404
    back, quiet = safe_path(request.GET.get("to", "/")), "quiet" in request.GET
    if request.user.is_authenticated:
        answer = {"code": give_code(request, site, path=back, proof=proof, quiet=quiet)}
    elif quiet:
        answer = {"nobody": "1", "to": back}
    else:
        return redirect_unkept(f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}")
    return redirect_unkept(f"{site.url}{reverse('network_arrival')}?{urlencode(answer)}")


@public
@require_GET
@never_cache
def arrival(request: HttpRequest) -> HttpResponse:
    """On the reader's site: open its own session, or simply show the page they wanted."""
    if not needs_crossing(request):
        raise Http404
    if "nobody" in request.GET:
        return _show_page(request, safe_path(request.GET.get("to", "/")))
    code = request.GET.get("code", "")
    try:
        arrived = take_code(request, code)
    except CrossingRefused:
        return _refuse(request, was_quiet(code))
    join_sign_in(request, arrived.sign_in)
    response = redirect_unkept(arrived.path)
    remember_asking(response)
    return response


def _refuse(request: HttpRequest, quiet_path: str | None) -> HttpResponse:
    if quiet_path is not None:
        return _show_page(request, quiet_path)
    return render(request, "network/crossing_refused.html", status=400)


def _show_page(request: HttpRequest, path: str) -> HttpResponse:
    """Where cookies are refused the address says that we have asked, or we would ask for ever."""
    if ASKED not in request.COOKIES:
        path += ("&" if urlsplit(path).query else "?") + f"{ASKED}=1"
    return redirect_unkept(path)


urlpatterns = [
    path("accounts/crossing/", crossing, name="network_crossing"),
    path("accounts/arrival/", arrival, name="network_arrival"),
]
