"""/me/sessions/: where one is signed in, and the way to end it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from bouquet.shared.accounts.actions import end_other_sign_ins, end_sign_in, sign_in_of
from bouquet.shared.accounts.visitor import device_name
from bouquet.toolkit.access import members


@members
@never_cache
def sessions(request: HttpRequest) -> HttpResponse:
    current = sign_in_of(request)
    lines = [
        {"sign_in": each, "device": device_name(each.device), "current": each == current}
        for each in request.user.sign_ins.filter(ended_at=None)
    ]
    lines.sort(key=lambda line: not line["current"])
    return render(request, "accounts/sessions.html", {"lines": lines})


@members
@require_POST
def session_ending(request: HttpRequest, uid: str) -> HttpResponse:
    """Sign one device out, wherever it is; one's own too."""
    sign_in = get_object_or_404(request.user.sign_ins, uid=uid, ended_at=None)
    if sign_in == sign_in_of(request):
        logout(request)
        return redirect("/")
    end_sign_in(sign_in)
    messages.success(request, _("Signed out: %(device)s.") % {"device": device_name(sign_in.device)})
    return redirect("accounts_sessions")


@members
@require_POST
def other_sessions_ending(request: HttpRequest) -> HttpResponse:
    count = end_other_sign_ins(request.user, but=sign_in_of(request))
    words = ngettext("One other device is signed out.", "%(count)d other devices are signed out.", count)
    messages.success(request, words % {"count": count})
    return redirect("accounts_sessions")
