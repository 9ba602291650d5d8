"""How a small form answers: its fragment for a script that swaps it in place, else back to where the reader was."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme


def swap_or_return(request: HttpRequest, fragment: str, context: dict[str, Any], *, home: str) -> HttpResponse:
    """`home` is where to go when nothing says where the reader came from."""
    if request.headers.get("x-swap"):
        return render(request, fragment, context)
    return HttpResponseRedirect(came_from(request, home))


def came_from(request: HttpRequest, home: str) -> str:
    """The page that the form stood on, if it is one of this host: never an address that a stranger chose."""
    for url in (request.POST.get("next", ""), request.headers.get("referer", "")):
        if url_has_allowed_host_and_scheme(url, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
            return url
    return home
