"""Where the staff is sent who has no second factor yet, before the editors' desk."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from bouquet.shared.accounts.middleware import has_second_factor
from bouquet.toolkit.access import members


@members
def second_factor(request: HttpRequest) -> HttpResponse:
    if has_second_factor(request.user):
        return redirect("wagtailadmin_home")
    return render(request, "accounts/second_factor.html")
