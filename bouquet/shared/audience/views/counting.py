"""/counting/: what is counted, for how long, and how to refuse. For everybody."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from bouquet.shared.audience import rule
from bouquet.shared.audience.refusal import COOKIE, COOKIE_AGE, browser_refuses
from bouquet.shared.audience.ticket import bare_host
from bouquet.toolkit.access import public


@public
@require_safe
def counting(request: HttpRequest) -> HttpResponse:
    context = {
        "rule": rule,
        "minutes": rule.AGAIN_AFTER // 60,
        "percent": round(rule.ENOUGH_SHARE * 100),
        "seconds": round(rule.ENOUGH_SECONDS),
        "kept_days": settings.AUDIENCE_DAYS,
        "browser_refuses": browser_refuses(request),
        "has_refused": request.COOKIES.get(COOKIE) == "1",
    }
    return render(request, "audience/counting.html", context)


@public
@csrf_exempt  # so that a page for strangers needs no cookie; another site's form is refused below
@require_POST
def refusal(request: HttpRequest) -> HttpResponse:
    """Keeps the choice in a cookie that says only that, for all sites below the parent domain."""
    response = HttpResponseRedirect(reverse("counting"))
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        return response
    domain = _shared_domain(request)
    if request.POST.get("count") == "yes":
        response.delete_cookie(COOKIE, domain=domain)
    else:
        response.set_cookie(
            COOKIE,
            "1",
            max_age=COOKIE_AGE,
            domain=domain,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


def _shared_domain(request: HttpRequest) -> str | None:
    """The parent of all our hosts, where this is one of them."""
    host, parent = bare_host(request.get_host()), settings.COOKIE_PARENT.lower()
    is_related = host == parent or host.endswith(f".{parent}")
    return parent if is_related and "." in parent else None
