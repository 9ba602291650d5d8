"""A channel: what it publishes, its collections, and what its owner changes of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bouquet.kinds.videos import actions
from bouquet.kinds.videos.forms import ChannelForm, CoverForm
from bouquet.kinds.videos.podcast import saveable_films
from bouquet.shared.accounts.actions import PictureRefused
from bouquet.shared.works.actions import change_channel_picture, rename_channel
from bouquet.shared.works.models import Channel, Collection, Follow, Work, collection_cards
from bouquet.shared.works.permissions import Viewer
from bouquet.toolkit.access import members, public
from bouquet.toolkit.pages import keyset_page


@public
@require_safe
def channel(request: HttpRequest, slug: str) -> HttpResponse:
    """Who publishes: name, picture, words, and everything that this viewer may find of them on this site's network."""
    channel = get_object_or_404(Channel.objects.select_related("owner", "site", "cover"), slug=slug)
    viewer = Viewer.of(request)
    shelf = Work.objects.listed_for(viewer).filter(channel=channel, kind="videos").cards()
    page = keyset_page(shelf, request)
    return render(request, "videos/channel.html", _head_of(request, channel) | {"page": page, "works": page.rows})


@public
@require_safe
def playlists(request: HttpRequest, slug: str) -> HttpResponse:
    """The collections that its owner shows here."""
    channel = get_object_or_404(Channel.objects.select_related("owner", "site", "cover"), slug=slug)
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
def settings(request: HttpRequest, slug: str) -> HttpResponse:
    channel = _own(request, slug)
    form = ChannelForm(request.POST or None, request.FILES or None, instance=channel)
    if request.method == "POST" and form.is_valid() and _change(form, channel):
        rename_channel(channel, by=request.user, name=form.cleaned_data["name"], about=form.cleaned_data["about"])
        return redirect("videos:channel", slug=channel.slug)
    address = reverse("videos:channel", args=[channel.slug])
    context = {"form": form, "cover_form": CoverForm(), "channel": channel, "channel_url": address}
    return render(request, "videos/channel_settings.html", context, status=422 if form.errors else 200)


def _change(form: ChannelForm, channel: Channel) -> bool:
    """Its picture, where another one came or none is wanted; whether that went well."""
    file = form.picture_file
    if file is None:
        return True
    try:
        change_channel_picture(channel, file or None, size=file.size if file else 0)
    except PictureRefused as refused:
        form.add_error("picture", str(refused))
        return False
    return True


@members
@require_POST
def cover(request: HttpRequest, slug: str) -> HttpResponse:
    """The wide picture across its page."""
    channel = _own(request, slug)
    form = CoverForm(request.POST, request.FILES)
    refusal = " ".join(str(error) for error in form.errors.get("picture", [])) if not form.is_valid() else ""
    if not refusal:
        try:
            actions.choose_cover(channel, form.cleaned_data["picture"], by=request.user)  # type: ignore[arg-type]
        except actions.UploadRefused as refused:
            refusal = refused.reason
    if refusal:
        messages.error(request, refusal)
    else:
        messages.success(request, _("Your picture is being prepared; it appears in a moment."))
    return redirect("videos:channel_settings", slug=slug)


@members
@require_POST
def cover_removal(request: HttpRequest, slug: str) -> HttpResponse:
    actions.drop_cover(_own(request, slug))
    return redirect("videos:channel_settings", slug=slug)


def _own(request: HttpRequest, slug: str) -> Channel:
    return get_object_or_404(Channel.objects.select_related("site", "cover"), slug=slug, owner=request.user)
