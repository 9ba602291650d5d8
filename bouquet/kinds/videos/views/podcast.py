"""A channel's podcast feeds, and the file of a film's sound."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.feedgenerator import Enclosure
from django.views.decorators.http import require_safe

from bouquet.kinds.videos.models import Video
from bouquet.kinds.videos.podcast import (
    ITEMS,
    PodcastFeed,
    film_enclosure,
    films_of,
    head_of,
    saveable_films,
    sound_enclosure,
)
from bouquet.kinds.videos.views.watch import find_video
from bouquet.shared.access import streams
from bouquet.shared.access.decide import terms_for
from bouquet.shared.assets.actions import whole_sound
from bouquet.shared.works.models import Channel
from bouquet.shared.works.permissions import Viewer
from bouquet.shared.works.syndication import conditional, item_of, xml_text
from bouquet.toolkit.access import public


@public
@require_safe
def sound(request: HttpRequest, slug: str) -> HttpResponse:
    channel = _channel(slug)
    videos = list(films_of(channel, Viewer.stranger(request))[:ITEMS])
    return _answer(request, channel, videos, sound_enclosure, "podcast")


@public
@require_safe
def film(request: HttpRequest, slug: str) -> HttpResponse:
    channel = _channel(slug)
    videos = list(saveable_films(channel, Viewer.stranger(request))[:ITEMS])
    return _answer(request, channel, videos, film_enclosure, "video")


@public
@require_safe
def sound_file(request: HttpRequest, uid: str) -> HttpResponse:
    """On to the file, if who asks may have the film here and now. 404 for a silent one."""
    video = find_video(request, uid)
    path = whole_sound(video.asset)
    if not path:
        raise Http404
    answer = HttpResponseRedirect(f"{streams.sign(video.asset, terms_for(Viewer.of(request), video))}{path}")
    answer["Cache-Control"] = "private, no-store"
    return answer


def _channel(slug: str) -> Channel:
    return get_object_or_404(Channel.objects.select_related("owner", "site"), slug=slug)


def _answer(
    request: HttpRequest,
    channel: Channel,
    videos: list[Video],
    enclosure: Callable[[Video], Enclosure | None],
    medium: str,
) -> HttpResponse:
    feed = PodcastFeed(
        title=xml_text(channel.name),
        link=channel.address,
        description=xml_text(channel.about or channel.name),
        language=channel.site.language,
        feed_url=f"{channel.site.url}{request.path}",
        **head_of(channel, videos, medium),
    )
    shown = []
    for video in videos:
        if found := enclosure(video):
            item: dict[str, Any] = item_of(video, channel.site.language) | {"enclosures": [found]}
            feed.add_item(**item)
            shown.append(video)
    return conditional(request, feed, list(shown))
