"""Lists of videos: the kind's own home on a site, and a channel."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bouquet.kinds.videos.browsing import Browsing, address_of, shelf
from bouquet.kinds.videos.forms import ChannelForm
from bouquet.kinds.videos.podcast import saveable_films
from bouquet.shared.network.models import Site
from bouquet.shared.works.actions import rename_channel
from bouquet.shared.works.models import (
    Channel,
    Collection,
    Filters,
    Follow,
    Work,
    collection_cards,
    offered_categories,
)
from bouquet.shared.works.permissions import Viewer
from bouquet.toolkit.access import members, public
from bouquet.toolkit.pages import keyset_page

ROW = 6
FEWEST_TRENDING = 3  # fewer make no row


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The latest, in pages; on the first page also what trends, or is most seen, and the ways into the rest."""
    filters = Filters.read(request.GET)
    if filters or filters.order != "latest":  # an address of before: the list has one of its own
        return redirect(address_of(filters))
    viewer = Viewer.of(request)
    works = Work.objects.on(request.site).listed_for(viewer).filter(kind="videos").cards()
    page = keyset_page(works, request)
    first_page = not page.cursor
    context = {
        "page": page,
        "hero": page.rows[0] if first_page and page.rows else None,
        "works": page.rows[1:] if first_page else page.rows,
        "browsing": Browsing(request.site, filters) if first_page and page.rows else None,
        **(_foremost(request.site, viewer) if first_page else {}),
    }
    return render(request, "videos/home.html", context)


def _foremost(site: Site, viewer: Viewer) -> dict[str, object]:
    """What many watch now; until enough people do, what was seen most this week."""
    trending = list(shelf(site, viewer, Filters(order="trending")).order_by("-trending", "-pk").cards()[:ROW])
    if len(trending) >= FEWEST_TRENDING:
        return {"trending": trending}
    seen = shelf(site, viewer, Filters(order="seen")).filter(views_lately__gt=0)
    return {"most_seen": list(seen.order_by("-views_lately", "-pk").cards()[:ROW])}


@public
@require_safe
def browse(request: HttpRequest, category: str = "", tag: str = "") -> HttpResponse:
    """A site's films by category, tag, language, length and date, in the order the reader wants."""
    given = {name: value for name, value in (("category", category), ("tag", tag)) if value}
    filters = Filters.read(given | request.GET.dict())
    address = address_of(filters)
    if unquote(urlsplit(address).path) != request.path:  # each list has one address
        return redirect(address)
    page = keyset_page(shelf(request.site, Viewer.of(request), filters).cards(), request, by=filters.by)
    browsing = Browsing(request.site, filters)
    if category and not page.rows and category not in dict(offered_categories()):
        raise Http404
    context = {"page": page, "filters": filters, "browsing": browsing, "all_url": reverse("videos:browse")}
    return render(request, "videos/browse.html", context)


@public
@require_safe
def channel(request: HttpRequest, slug: str) -> HttpResponse:
    """Who publishes: name, picture, words, and everything that this viewer may find of them on this site's network."""
    channel = get_object_or_404(Channel.objects.select_related("owner", "site"), slug=slug)
    viewer = Viewer.of(request)
    shelf = Work.objects.listed_for(viewer).filter(channel=channel, kind="videos").cards()
    page = keyset_page(shelf, request)
    return render(request, "videos/channel.html", _head_of(request, channel) | {"page": page, "works": page.rows})


@public
@require_safe
def playlists(request: HttpRequest, slug: str) -> HttpResponse:
    """The collections that its owner shows here."""
    channel = get_object_or_404(Channel.objects.select_related("owner", "site"), slug=slug)
    viewer = Viewer.of(request)
    shelf = Collection.objects.of_channel(channel).listed_for(viewer).exclude(visibility="private")
    page = keyset_page(shelf.select_related("owner"), request, by=("-updated_at", "-pk"))
    cards = collection_cards(page.rows, viewer)
    return render(request, "videos/channel_playlists.html", _head_of(request, channel) | {"page": page, "cards": cards})


def _head_of(request: HttpRequest, channel: Channel) -> dict[str, object]:
    """What every page of a channel has on top. Two queries for a member."""
    person = Viewer.of(request).person
    pages = [("videos:channel", _("Videos")), ("videos:channel_playlists", _("Collections"))]
    addresses = [(words, reverse(name, args=[channel.slug])) for name, words in pages]
    return {
        "channel": channel,
        "has_films_to_save": saveable_films(channel, Viewer.stranger(request)).exists(),
        "tabs": [(words, address, address == request.path) for words, address in addresses],
        "is_mine": person is not None and channel.owner_id == person.pk,
        "follows": Follow.objects.filter(person=person, channel=channel).first() if person else None,
    }


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
