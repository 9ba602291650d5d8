"""A channel's short address, and following it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from bouquet.shared.works.actions import follow_channel, tell_of_channel, unfollow_channel
from bouquet.shared.works.models import Channel, Follow
from bouquet.shared.works.views.answers import swap_or_return
from bouquet.toolkit.access import members, public
from bouquet.toolkit.pages import keyset_page


@public
@require_safe
def channel(request: HttpRequest, slug: str) -> HttpResponse:
    """On to its page: a kind's page of channels, else its owner's profile."""
    channel = get_object_or_404(Channel.objects.select_related("site", "owner"), slug=slug)
    if channel.address_from(request.site) != request.path:
        return HttpResponseRedirect(channel.address_from(request.site))
    if channel.owner is None or not channel.owner.is_active:
        raise Http404
    return HttpResponseRedirect(reverse("works:profile", args=[channel.owner.handle]))


@members
@require_http_methods(["GET", "POST"])
def follow(request: HttpRequest, slug: str) -> HttpResponse:
    """`wanted` says which state is meant, so that a form sent twice changes nothing. GET: back from signing in."""
    channel = get_object_or_404(Channel.objects.select_related("site"), slug=slug)
    if request.method == "GET":
        return HttpResponseRedirect(channel.address_from(request.site))
    wanted = request.POST.get("wanted", "1") == "1"
    (follow_channel if wanted else unfollow_channel)(channel, by=request.user)
    return _answer(request, channel)


@members
@require_http_methods(["GET", "POST"])
def bell(request: HttpRequest, slug: str) -> HttpResponse:
    """Whether each new work of a channel that one follows makes a notice. GET: back from signing in."""
    channel = get_object_or_404(Channel.objects.select_related("site"), slug=slug)
    if request.method == "POST":
        tell_of_channel(channel, by=request.user, wanted=request.POST.get("wanted", "1") == "1")
    return _answer(request, channel)


@members
@require_safe
def following(request: HttpRequest, slug: str) -> HttpResponse:
    """A page with both choices: where a notice leads whose reader wants fewer of them."""
    channel = get_object_or_404(Channel.objects.select_related("site", "owner"), slug=slug)
    return render(request, "works/follow_page.html", {"channel": channel, "follows": _follow(request, channel)})


@members
@require_safe
def subscriptions(request: HttpRequest) -> HttpResponse:
    follows = Follow.objects.filter(person=request.user).select_related("channel__site", "channel__owner")
    page = keyset_page(follows, request, by=("-created_at", "-pk"))
    return render(request, "works/subscriptions.html", {"page": page})


def _answer(request: HttpRequest, channel: Channel) -> HttpResponse:
    channel.refresh_from_db(fields=["followers"])
    context = {"channel": channel, "follows": _follow(request, channel)}
    return swap_or_return(request, "works/follow.html", context, home=channel.address_from(request.site))


def _follow(request: HttpRequest, channel: Channel) -> Follow | None:
    return Follow.objects.filter(person=request.user, channel=channel).first()
