"""The reader chooses the language of the pages."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from bouquet.toolkit.access import public

A_YEAR = 60 * 60 * 24 * 365


@public
@csrf_exempt  # so that a page for strangers needs no cookie; another site's form is refused below
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keeps the choice in a cookie of this site, and for all sites with the account of who is signed in."""
    wanted = request.POST.get("next") or "/"
    back = wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()) else "/"
    response = HttpResponseRedirect(back)
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES) or request.headers.get("Sec-Fetch-Site") == "cross-site":
        return response
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=A_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    if request.user.is_authenticated and request.user.language != language:
        request.user.language = language
        request.user.save(update_fields=["language"])
    return response
