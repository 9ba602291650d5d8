"""A person's notices, and how they want to be told."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bouquet.shared.notifications.actions import set_preferences
from bouquet.shared.notifications.kinds import all_notice_kinds
from bouquet.shared.notifications.models import Notice, NoticePreference
from bouquet.toolkit.access import members
from bouquet.toolkit.pages import keyset_page

NEWEST = ("-created_at", "-pk")


@members
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    page = keyset_page(Notice.objects.of(request.user), request, by=NEWEST)
    some_unread = any(notice.read_at is None for notice in page)
    return render(request, "notifications/notices.html", {"page": page, "some_unread": some_unread})


@members
@require_http_methods(["GET", "HEAD", "POST"])
def follow_notice(request: HttpRequest, number: int) -> HttpResponse:
    """Read it, and on to what it is about. A HEAD (a prefetching mail program) reads nothing."""
    notice = get_object_or_404(Notice.objects.of(request.user), pk=number)
    if request.method != "HEAD":
        Notice.objects.filter(pk=notice.pk).mark_read()
    return HttpResponseRedirect(notice.url or reverse("notifications:notices"))


@members
@require_POST
def reading(request: HttpRequest) -> HttpResponse:
    """All of them are read."""
    Notice.objects.of(request.user).mark_read()
    return redirect("notifications:notices")


@members
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    kinds = {name: kind for name, kind in all_notice_kinds().items() if kind.label}
    if request.method == "POST":
        ticked = set(request.POST.getlist("tell"))
        set_preferences(request.user, {name: (f"{name}:page" in ticked, f"{name}:mail" in ticked) for name in kinds})
        messages.success(request, _("Your choice is kept."))
        return redirect("notifications:preferences")
    chosen = {row.kind: row for row in NoticePreference.objects.filter(person=request.user)}
    rows = [
        {
            "name": name,
            "kind": kind,
            "on_page": chosen[name].on_page if name in chosen else True,
            "by_mail": chosen[name].by_mail if name in chosen else kind.mail,
        }
        for name, kind in kinds.items()
    ]
    return render(request, "notifications/preferences.html", {"rows": rows})
