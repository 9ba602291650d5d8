"""Where the session cookie is valid: on the parent domain for the network's own hosts, else on that host alone."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port


def host_of(request: HttpRequest) -> str:
    """The host name asked for, in small letters, without port."""
    return split_domain_port(request.get_host())[0].lower()


def shared_domain(host: str) -> str | None:
    """The cookie domain that this host shares with the main host; None where the cookie stays on the host.

    Browsers refuse a cookie for a bare name (localhost) or an address, so these have none.
    """
    parent = settings.COOKIE_PARENT
    if "." not in parent or _is_address(parent):
        return None
    return parent if is_related(host) else None


def is_related(host: str) -> bool:
    """Does the main host's session cookie reach this host?"""
    if host == settings.MAIN_HOST:
        return True
    parent = settings.COOKIE_PARENT
    if "." not in parent or _is_address(parent):
        return False
    return host == parent or host.endswith(f".{parent}")


def _is_address(host: str) -> bool:
    try:
        return bool(ipaddress.ip_address(host.strip("[]")))
    except ValueError:
        return False
