"""/me/: the profile, its picture, and the birth date where a site needs it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bouquet.shared.accounts.actions import remove_picture, tell_birth_date
from bouquet.shared.accounts.forms.profile import BirthDateForm, ProfileForm
from bouquet.toolkit.access import members


@members
def profile(request: HttpRequest) -> HttpResponse:
    form = ProfileForm(request.POST or None, request.FILES or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your profile is saved."))
        return redirect("accounts_profile")
    return render(request, "accounts/profile.html", {"form": form})


@members
@require_POST
def picture_removal(request: HttpRequest) -> HttpResponse:
    remove_picture(request.user)
    messages.success(request, _("Your picture is gone."))
    return redirect("accounts_profile")


@members
def age(request: HttpRequest) -> HttpResponse:
    """Asked by a site with a minimum age (permissions.of_age), once."""
    back = request.GET.get("next", "/")
    back = back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/") else "/"
    if request.user.birth_date:
        return redirect(back)
    form = BirthDateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        tell_birth_date(request.user, form.cleaned_data["birth_date"])
        return redirect(back)
    return render(request, "accounts/age.html", {"form": form})
