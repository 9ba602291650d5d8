"""/me/data/: take one's data, and be forgotten."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from django.contrib.auth import logout
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from bouquet.shared.accounts.actions import ask_for_data, erase_person
from bouquet.shared.accounts.forms.data import ErasureForm
from bouquet.shared.accounts.personal_data import holdings
from bouquet.shared.accounts.tasks import EXPORT_KEPT
from bouquet.toolkit.access import members, public


@members
@never_cache
def data(request: HttpRequest) -> HttpResponse:
    exports = [(each, each.asked_at + EXPORT_KEPT) for each in request.user.data_exports.all()]
    waiting = any(each.ready_at is None for each, _until in exports)
    return render(request, "accounts/data.html", {"exports": exports, "waiting": waiting})


@members
@require_POST
@reauthentication_required
def export(request: HttpRequest) -> HttpResponse:
    ask_for_data(request.user)
    return redirect("accounts_data")


@members
@never_cache
def export_file(request: HttpRequest, uid: str) -> HttpResponseBase:
    """The zip, for its owner only: somebody else's, or one that is gone, does not exist."""
    copy = get_object_or_404(request.user.data_exports.exclude(ready_at=None), uid=uid)
    if not copy.path.is_file():
        raise Http404
    name = f"bouquet-{request.user.handle}-{copy.asked_at:%Y-%m-%d}.zip"
    return FileResponse(copy.path.open("rb"), as_attachment=True, filename=name, content_type="application/zip")


@members
@never_cache
@reauthentication_required
def erasure(request: HttpRequest) -> HttpResponse:
    """What goes, what stays; then the typed word; then it is done at once."""
    form = ErasureForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        person = request.user
        erase_person(person, by=person)
        logout(request)
        return redirect("accounts_farewell")
    entries = holdings()
    context = {
        "form": form,
        "goes": [entry.goes for entry in reversed(entries) if entry.goes],
        "stays": [entry.stays for entry in entries if entry.stays],
    }
    return render(request, "accounts/erasure.html", context)


@public
def farewell(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/farewell.html")
