"""A work's short address, and what a reader says of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bouquet.shared.works.actions import react_to_work, unreact_to_work
from bouquet.shared.works.models import Work
from bouquet.shared.works.passwords import TooManyTries, open_lock
from bouquet.shared.works.permissions import PasswordNeeded, Viewer, find_work
from bouquet.shared.works.views.answers import swap_or_return
from bouquet.toolkit.access import members, public


@public
@require_safe
def permalink(request: HttpRequest, uid: str) -> HttpResponse:
    """The address that never changes: on to the work's page, on its own site."""
    work = find_work(Work.objects.select_related("site"), uid, Viewer.of(request))
    return HttpResponseRedirect(work.address_from(request.site))


@members
@require_http_methods(["GET", "POST"])
def reaction(request: HttpRequest, uid: str) -> HttpResponse:
    """`wanted` says which state is meant, so that a form sent twice changes nothing. GET: back from signing in."""
    work = find_work(Work.objects.select_related("site"), uid, Viewer.of(request))
    if request.method == "GET":
        return HttpResponseRedirect(work.address_from(request.site))
    wanted = request.POST.get("wanted", "1") == "1"
    (react_to_work if wanted else unreact_to_work)(work, by=request.user)
    work.refresh_from_db(fields=["likes"])
    context = {"work": work, "liked": wanted}
    return swap_or_return(request, "works/reaction.html", context, home=work.address_from(request.site))


@public
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest, uid: str) -> HttpResponse:
    """Opens a work for this session. GET and who may open it already: to its page, which asks if need be."""
    try:
        work = find_work(Work.objects.select_related("site"), uid, Viewer.of(request))
    except PasswordNeeded as asked:
        work = asked.work
        if request.method == "POST":
            try:
                if not open_lock(request, work, request.POST.get("password", "")):
                    return _asked_again(request, work, _("This is not the password."), 403)
            except TooManyTries:
                return _asked_again(request, work, _("Too many tries. Wait a quarter of an hour, then try again."), 429)
    return HttpResponseRedirect(work.address_from(request.site))


def _asked_again(request: HttpRequest, work: Work, error: str, status: int) -> HttpResponse:
    return render(request, "works/password.html", {"work": work, "error": error}, status=status)
