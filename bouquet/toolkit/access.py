"""The mark every view wears: who may come in. tests/architecture/test_access.py walks every URL and asks for it.

@public     anybody; the view itself asks a queryset what this viewer may see
@members    a signed-in person; others are sent to sign in (API and fragments: 401)
@editors    somebody who may enter the editors' desk; others get 404, as if it did not exist
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase

View = Callable[..., HttpResponseBase]


def public(view: View) -> View:
    view.access = "public"  # type: ignore[attr-defined]
    return view


def members(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    guarded.access = "members"  # type: ignore[attr-defined]
    return guarded


def editors(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not (request.user.is_authenticated and request.user.has_perm("wagtailadmin.access_admin")):
            raise Http404
        return view(request, *args, **kwargs)

    guarded.access = "editors"  # type: ignore[attr-defined]
    return guarded
