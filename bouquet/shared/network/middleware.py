"""Which site is this, in which language, and may this reader come in? Asked once for every request."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
)
from django.http.request import split_domain_port
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from bouquet.shared.network.directory import Directory, directory
from bouquet.shared.network.kinds import kind_named
from bouquet.shared.network.models import Site
from bouquet.shared.network.permissions import can_edit_site
from bouquet.shared.network.territory import territory_of
from bouquet.toolkit.api import problem

Next = Callable[[HttpRequest], HttpResponseBase]
# What any host answers, ours or not: whether we live, and the brand of the page that says "not here".
ANY_HOST = ("/healthz", "/brand/", "/favicon.ico")
# What a closed site still answers: the way in for its editors, who we are, and machines that ask for the network.
ALWAYS_OPEN = (
    *ANY_HOST,
    "/admin/",
    "/accounts/",
    "/me/",
    "/crossing/",
    "/legal/",
    "/about/",
    "/language/",
    "/robots.txt",
    "/api/",
)


class SiteMiddleware:
    """Sets `request.site`, `request.network_sites` (open, in order), `request.territory` (the reader's country: ISO
    code, or "" where unknown) and `request.network_edition` (another number when anything of the network, or of the
    editors' pictures, has changed).

    Another name of a site is sent on to its own address; a host that is nobody's gets a page that says so.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        try:
            host = split_domain_port(request.get_host())[0].lower()
        except DisallowedHost:
            return HttpResponse("This is not a host name.\n", status=400, content_type="text/plain; charset=utf-8")
        if request.path == "/healthz":
            request.site, request.territory = None, ""  # type: ignore[attr-defined]
            return self.get_response(request)
        network = directory()
        site = network.site_at(host)
        if site is None and (owner := network.aliases.get(host)):
            if not request.path.startswith(("/api/", *ANY_HOST)):
                return _moved(request, owner)
            site = owner
        if site is None and not request.path.startswith(ANY_HOST):
            return _nobody_here(request, network, host)
        self._settle(request, site, network)
        return self.get_response(request)

    def _settle(self, request: Any, site: Site | None, network: Directory) -> None:
        request._directory, request.network_edition = network, network.edition
        request.network_sites = network.open_sites
        request.site = copy.copy(site)  # the directory's own rows are shared by all requests
        request.territory = territory_of(request, network.network.territory)
        if site is not None:
            request._wagtail_site = site.wagtail_site  # spares Wagtail's own search by host and port


def _moved(request: HttpRequest, site: Site) -> HttpResponse:
    response = HttpResponsePermanentRedirect(site.url + request.get_full_path())
    if request.method not in ("GET", "HEAD"):
        response.status_code = 308  # the same method again, with its body
    return response


def _nobody_here(request: Any, network: Directory, host: str) -> HttpResponse:
    """404 with the network's name and the way to its front; before any other middleware, so with its own policy."""
    request.site, request.territory, request._directory = None, "", network
    with translation.override(translation.get_language_from_request(request)):
        if request.path.startswith("/api/"):
            response = problem(404, _("Not found"), _("There is no site at %(host)s.") % {"host": host})
        else:
            values = {"host": host, "main_site": network.main_site, "network": network.network}
            response = render(request, "network/nobody_here.html", values, status=404)
        response.headers["Content-Language"] = translation.get_language() or "en"
    response.headers["Content-Security-Policy"] = "default-src 'self'; object-src 'none'; base-uri 'none'"
    patch_vary_headers(response, ["Accept-Language"])
    return response


class SiteLocaleMiddleware:
    """The page's language: the reader's choice (cookie, then account), else the site's: a French site is French."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with translation.override(_language_of(request)):
            request.LANGUAGE_CODE = translation.get_language()  # type: ignore[attr-defined]
            response = self.get_response(request)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)  # type: ignore[attr-defined]
            patch_vary_headers(response, ["Cookie"])
        return response


def _language_of(request: Any) -> str:
    spoken = dict(settings.LANGUAGES)
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if chosen not in spoken and request.user.is_authenticated:
        chosen = request.user.language
    if chosen not in spoken and request.site:
        chosen = request.site.language
    return chosen if chosen in spoken else settings.LANGUAGE_CODE


class DoorMiddleware:
    """A site that is closed shows itself to its editors only; a kind that a site has not does not exist there."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        site = request.site
        if site is None:
            return None
        if request.path.startswith("/admin/") and request.user.is_authenticated and not _may_sit(request.user):
            raise Http404("The editors' desk does not exist for others.")
        if not site.is_open and not request.path.startswith(ALWAYS_OPEN) and not can_edit_site(request.user, site):
            closed = render(request, "network/closed.html", status=503)
            closed.headers["Cache-Control"] = "no-store"
            return closed
        kind = kind_named(request.resolver_match.app_name)
        if kind is not None and not site.has_kind(kind.slug):
            raise Http404(f"{site} has no {kind.slug}.")
        return None


def _may_sit(person: Any) -> bool:
    return person.has_perm("wagtailadmin.access_admin")
