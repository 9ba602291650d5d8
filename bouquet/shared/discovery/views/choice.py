"""What a member wants to be suggested: on or off, and what they said no to."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from bouquet.shared.discovery.choices import dismiss_work, hide_channel, switch_home
from bouquet.shared.discovery.home import home_is_on
from bouquet.shared.discovery.models import Dismissal
from bouquet.shared.works.models import Channel, Work
from bouquet.shared.works.permissions import Viewer, find_work
from bouquet.toolkit.access import members
from bouquet.toolkit.pages import keyset_page


@members
@require_http_methods(["GET", "HEAD", "POST"])
def choice(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        switch_home(request.user, on=request.POST.get("on") == "1")
        messages.success(request, _("Your choice is kept."))
        return redirect("discovery:choice")
    said = Dismissal.objects.filter(person=request.user).filter(_still_seen(request))
    said = said.select_related("work__site", "work__channel", "channel__site", "channel__owner")
    page = keyset_page(said, request, by=("-created_at", "-pk"))
    return render(request, "discovery/choice.html", {"is_on": home_is_on(request.user), "page": page})


@members
@require_POST
def dismissals(request: HttpRequest) -> HttpResponse:
    """`work` or `channel` says what this member does not want to be suggested."""
    if uid := request.POST.get("work", ""):
        work = find_work(Work.objects.all(), uid, Viewer.of(request))
        dismiss_work(request.user, work)
        messages.success(request, _("“%(title)s” is not suggested any more.") % {"title": work.shown_title})
    elif slug := request.POST.get("channel", ""):
        channel = get_object_or_404(Channel, slug=slug.replace("\x00", ""))
        hide_channel(request.user, channel)
        messages.success(request, _("%(name)s is not suggested any more.") % {"name": channel.name})
    else:
        raise Http404
    return redirect("discovery:home")


@members
@require_POST
def removals(request: HttpRequest) -> HttpResponse:
    """Takes one of them back."""
    number = request.POST.get("dismissal", "")
    if not (number.isascii() and number.isdigit() and len(number) < 18):
        raise Http404
    Dismissal.objects.filter(person=request.user, pk=int(number)).delete()
    return redirect("discovery:choice")


def _still_seen(request: HttpRequest) -> Q:
    """A work that this member may not see any more is not named to them."""
    return Q(work__isnull=True) | Q(work__in=Work.objects.visible_to(Viewer.of(request)).values("pk"))
