"""A strict Content-Security-Policy on every page: nothing inline, nothing from third parties unless a view says so."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "media-src": "'self' blob:",
    "connect-src": "'self'",
    "worker-src": "'self' blob:",
    "frame-src": "'self'",
    "frame-ancestors": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "object-src": "'none'",
}
# Where files may come from that the operator keeps at a host of their own (BOUQUET_STREAM_ORIGIN).
FILES = ("img-src", "media-src", "connect-src")


class ContentSecurityPolicyMiddleware:
    """Sets the policy. A view may widen a directive: `response.csp = {"frame-ancestors": "*"}`.

    The editors' desk (Wagtail's admin) uses inline styles and scripts of its own: it gets a looser policy.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._usual = POLICY | {name: f"{POLICY[name]} {settings.STREAM_ORIGIN}".strip() for name in FILES}

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if "Content-Security-Policy" not in response.headers:
            policy = self._usual | getattr(response, "csp", {})
            if request.path.startswith("/admin/"):
                policy = policy | {
                    "script-src": "'self' 'unsafe-inline' 'unsafe-eval'",
                    "style-src": "'self' 'unsafe-inline'",
                }
            response.headers["Content-Security-Policy"] = "; ".join(f"{name} {value}" for name, value in policy.items())
        return response
