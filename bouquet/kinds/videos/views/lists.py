"""Lists of videos: the kind's own home on a site, and a channel."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from bouquet.kinds.videos.forms import ChannelForm
from bouquet.shared.works.actions import rename_channel
from bouquet.shared.works.models import Channel, Follow, Work
from bouquet.shared.works.permissions import Viewer
from bouquet.toolkit.access import members, public
from bouquet.toolkit.pages import keyset_page

ROW = 6


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The latest, in pages; on the first page also what is most seen this week."""
    shelf = Work.objects.on(request.site).listed_for(Viewer.of(request)).filter(kind="videos").cards()
    page = keyset_page(shelf, request)
    first_page = not page.cursor
    most_seen = list(shelf.most_seen().filter(views_lately__gt=0)[:ROW]) if first_page else []
    context = {
        "page": page,
        "hero": page.rows[0] if first_page and page.rows else None,
        "works": page.rows[1:] if first_page else page.rows,
        "most_seen": most_seen,
    }
    return render(request, "videos/home.html", context)


@public
@require_safe
def channel(request: HttpRequest, slug: str) -> HttpResponse:
    """Who publishes: name, picture, words, and everything that this viewer may find of them on this site's network."""
    channel = get_object_or_404(Channel.objects.select_related("owner", "site"), slug=slug)
    viewer = Viewer.of(request)
    shelf = Work.objects.listed_for(viewer).filter(channel=channel, kind="videos").cards()
    page = keyset_page(shelf, request)
    person = viewer.person
    context = {
        "channel": channel,
        "page": page,
        "works": page.rows,
        "is_mine": person is not None and channel.owner_id == person.pk,
        "follows": person is not None and Follow.objects.filter(person=person, channel=channel).exists(),
    }
    return render(request, "videos/channel.html", context)


@members
@require_http_methods(["GET", "HEAD", "POST"])
def channel_settings(request: HttpRequest, slug: str) -> HttpResponse:
    channel = get_object_or_404(Channel, slug=slug, owner=request.user)
    form = ChannelForm(request.POST or None, request.FILES or None, instance=channel)
    if request.method == "POST" and form.is_valid():
        form.save()
        rename_channel(channel, by=request.user, name=form.cleaned_data["name"], about=form.cleaned_data["about"])
        return redirect("videos:channel", slug=channel.slug)
    address = reverse("videos:channel", args=[channel.slug])
    return render(request, "videos/channel_settings.html", {"form": form, "channel": channel, "channel_url": address})
