"""What the player of a video needs to know: on its page, in an embed, and through the API."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from bouquet.kinds.videos.models import Video
from bouquet.kinds.videos.tracks import Track, chapters_json, screen_texts
from bouquet.shared.access import streams
from bouquet.shared.access.decide import closing_time
from bouquet.shared.assets.actions import ChapterMark
from bouquet.shared.assets.models import Asset
from bouquet.shared.audience.actions import ticket_for
from bouquet.shared.works.permissions import Viewer

SPEEDS = [(each, f"{each}×") for each in ("0.5", "0.75", "1", "1.25", "1.5", "2")]


@dataclass(frozen=True)
class Screen:
    title: str
    artist: str
    hls: str
    storyboard: str
    poster: str
    duration: float
    width: int
    height: int
    status: str
    ticket: str
    download: str = ""
    start: int = 0
    autoplay: bool = False
    is_growing: bool = False
    tracks: list[Track] = field(default_factory=list)
    chapters: list[ChapterMark] = field(default_factory=list)
    chapters_src: str = ""
    speeds = SPEEDS

    @property
    def seconds(self) -> str:
        """For an attribute: a point in every language."""
        return f"{self.duration:.3f}"

    @property
    def is_portrait(self) -> bool:
        return self.height > self.width

    @property
    def marks(self) -> str:
        return chapters_json(self.chapters)

    @property
    def words(self) -> str:
        return json.dumps(_words())


def screen_of(video: Video, request: HttpRequest, *, autoplay: bool = False, embedded: bool = False) -> Screen:
    """Ask only for what `decide` or `find_work` allowed: the stream's address is signed here."""
    width, height = video.shape
    until = closing_time(Viewer.of(request), video)
    return Screen(
        title=video.shown_title,
        artist=video.channel.name if video.channel else "",
        hls=hls_path(video.asset, until),
        storyboard=storyboard_path(video.asset, until),
        poster=poster_path(video, 1280),
        duration=video.asset.duration or 0,
        width=width,
        height=height,
        status=reverse("api:video", args=[video.uid]),
        ticket=ticket_for(request, video, duration=video.asset.duration or 0, embedded=embedded),
        download=reverse("videos:download", args=[video.uid]) if video.may_download else "",
        start=start_of(request),
        autoplay=autoplay,
        is_growing=video.asset.public_state == "playable",
        **screen_texts(video, until),
    )


def hls_path(asset: Asset, until: datetime | None = None) -> str:
    return f"{streams.sign(asset, until=until)}master.m3u8" if asset.is_playable else ""


def storyboard_path(asset: Asset, until: datetime | None = None) -> str:
    return f"{streams.sign(asset, until=until)}storyboard/index.vtt" if asset.storyboard else ""


def poster_path(video: Video, width: int) -> str:
    """The author's picture, else the film's own."""
    picture = video.poster or video.asset
    return picture.poster_url(width)


def share_picture_path(video: Video) -> str:
    return (video.poster or video.asset).share_picture_url


def start_of(request: HttpRequest) -> int:
    """`?t=83` or `?t=1:23`, in seconds; 0 for anything else."""
    text = request.GET.get("t", "")
    try:
        total = 0
        for part in text.removesuffix("s").split(":"):
            total = total * 60 + int(part)
    except ValueError:
        return 0
    return min(max(total, 0), 7 * 24 * 3600)


def _words() -> dict[str, str]:
    """What the player says; in trouble it says what to do."""
    return {
        "play": _("Play"),
        "pause": _("Pause"),
        "mute": _("Mute"),
        "unmute": _("Sound on"),
        "fill": _("Full screen"),
        "unfill": _("Leave full screen"),
        "auto": _("Automatic"),
        "noScreen": _("No other screen was found on this network."),
        "offline": _("You seem to be offline. The film goes on when the connection is back."),
        "network": _("The film does not come through. Check your connection, then try again."),
        "gone": _("This film is not here any more. Reload the page to see why."),
        "expired": _("This page has been open for a long time. Reload it to go on watching."),
        "broken": _("Your browser could not play this part of the film. Try again, or try another browser."),
        "unsupported": _("This browser cannot play the film. A recent Firefox, Chrome, Edge or Safari can."),
    }
