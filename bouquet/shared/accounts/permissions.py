"""Who is old enough. A site says its minimum age; a birth date is asked for where a site needs it, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

View = Callable[..., HttpResponseBase]


def age_of(person: Any) -> int | None:
    """Whole years today; None where nobody is signed in or no birth date is known."""
    return person.age_on(timezone.localdate()) if getattr(person, "is_authenticated", False) else None


def old_enough(person: Any, site: Any) -> bool:
    """May this person take part in this site? Where the site has a minimum age, an unknown age is not enough."""
    if not site or not site.minimum_age:
        return True
    age = age_of(person)
    return age is not None and age >= site.minimum_age


def of_age(view: View) -> View:
    """For views that take part in a site (under @members): asks for the birth date once, refuses who is too young."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if old_enough(request.user, request.site):  # type: ignore[attr-defined]
            return view(request, *args, **kwargs)
        if age_of(request.user) is None:
            return _ask(request)
        return render(request, "accounts/too_young.html", status=403)

    return guarded


def _ask(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('accounts_age')}?{urlencode({'next': request.get_full_path()})}")
