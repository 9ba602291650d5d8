"""What the player of a video needs to know: on its page, in an embed, and through the API."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from urllib.parse import urljoin

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bouquet.kinds.videos.models import Video
from bouquet.kinds.videos.tracks import Track, chapters_json, screen_texts
from bouquet.shared.access import streams
from bouquet.shared.access.decide import FREELY, Terms, terms_for
from bouquet.shared.assets.actions import ChapterMark
from bouquet.shared.assets.models import Asset
from bouquet.shared.audience.actions import ticket_for
from bouquet.shared.works.actions import place_of
from bouquet.shared.works.permissions import Viewer

SPEEDS = [(each, f"{each}×") for each in ("0.5", "0.75", "1", "1.25", "1.5", "2")]
CAPTION_SIZES = [
    ("small", gettext_lazy("Small")),
    ("", gettext_lazy("Usual")),
    ("large", gettext_lazy("Large")),
    ("huge", gettext_lazy("Very large")),
]
CAPTION_GROUNDS = [
    ("", gettext_lazy("Shade")),
    ("solid", gettext_lazy("Black")),
    ("none", gettext_lazy("Outline only")),
]
WEEK = 7 * 24 * 3600


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
    start: float = 0
    is_asked: bool = False  # the address names a moment: it goes before where the viewer stopped
    place: str = "{}"
    gain: str = "0"  # decibels to its usual loudness; with a point in every language
    address: str = ""
    autoplay: bool = False
    is_growing: bool = False
    tracks: list[Track] = field(default_factory=list)
    chapters: list[ChapterMark] = field(default_factory=list)
    chapters_src: str = ""
    speeds = SPEEDS
    caption_sizes = CAPTION_SIZES
    caption_grounds = CAPTION_GROUNDS

    @property
    def seconds(self) -> str:
        """For an attribute: a point in every language."""
        return f"{self.duration:.3f}"

    @property
    def is_portrait(self) -> bool:
        return self.height > self.width

    @property
    def origin(self) -> str:
        """Where the film comes from, if not from the host of its page: "https://cdn.example"."""
        scheme, mark, rest = self.hls.partition("://")
        return f"{scheme}{mark}{rest.partition('/')[0]}" if mark else ""

    @property
    def marks(self) -> str:
        return chapters_json(self.chapters)

    @property
    def words(self) -> str:
        return json.dumps(_words())


def screen_of(
    video: Video, request: HttpRequest, *, autoplay: bool = False, embedded: bool = False, remembers: bool = False
) -> Screen:
    """Ask only for what `decide` or `find_work` allowed: the stream's address is signed here.

    `remembers`: this is for watching, so where the viewer stops is kept (a maker who edits does not watch).
    """
    width, height = video.shape
    terms = terms_for(Viewer.of(request), video)
    return Screen(
        title=video.shown_title,
        artist=video.channel.name if video.channel else "",
        hls=hls_path(video.asset, terms),
        storyboard=storyboard_path(video.asset, terms),
        poster=poster_path(video, 1280),
        duration=video.asset.duration or 0,
        width=width,
        height=height,
        status=reverse("api:video", args=[video.uid]),
        ticket=ticket_for(request, video, duration=video.asset.duration or 0, embedded=embedded),
        download=reverse("videos:download", args=[video.uid]) if video.may_download and video.asset.source else "",
        start=start_of(request, video.asset.duration),
        is_asked="t" in request.GET,
        place=_place(video, request) if remembers else "{}",
        gain=f"{video.asset.gain_db:.2f}",
        address=video.address,
        autoplay=autoplay,
        is_growing=video.asset.public_state == "playable",
        **screen_texts(video, terms),
    )


def hls_path(asset: Asset, terms: Terms = FREELY) -> str:
    return f"{streams.sign(asset, terms)}master.m3u8" if asset.is_playable else ""


def storyboard_path(asset: Asset, terms: Terms = FREELY) -> str:
    return f"{streams.sign(asset, terms)}storyboard/index.vtt" if asset.storyboard else ""


def poster_path(video: Video, width: int) -> str:
    """The author's picture, else the film's own."""
    picture = video.poster or video.asset
    return picture.poster_url(width)


def share_picture_address(video: Video) -> str:
    """For other networks: whole, whichever host it is at. "" while there is none."""
    path = (video.poster or video.asset).share_picture_url
    return urljoin(video.site.url, path) if path else ""


_CLOCK = re.compile(r"(?:(?:(\d{1,6}):)?(\d{1,6}):)?(\d{1,9})(?:\.\d{1,9})?s?", re.ASCII)
_WORDS = re.compile(r"(?:(\d{1,6})h)?(?:(\d{1,6})m)?(?:(\d{1,9})s?)?", re.ASCII)


def start_of(request: HttpRequest, duration: float | None = None) -> int:
    """`?t=83`, `?t=1:23` or `?t=1m23s`, in seconds; 0 for anything else, and for what lies behind the end."""
    said = request.GET.get("t", "").strip().lower()[:40]
    found = _CLOCK.fullmatch(said) or _WORDS.fullmatch(said)
    if not found:
        return 0
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    total = min(hours * 3600 + minutes * 60 + seconds, WEEK)
    return total if not duration or total < duration else 0


def _place(video: Video, request: HttpRequest) -> str:
    """Where to begin and how to say where one is; for strangers the film's name, for their device to remember by."""
    place = place_of(Viewer.of(request).person, video, duration=video.asset.duration or 0)
    return json.dumps({"uid": video.uid, "word": place.word, "kept": place.seconds})


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
        "described": _("audio description"),
        "resumed": _("Goes on at %s"),
        "copied": _("Copied"),
        "next": _("To watch next"),
        "nextIn": _("The next film begins in %s s"),
        "cancel": _("Stay here"),
        "watchAgain": _("Watch again"),
        "again": _("Try again"),
        "reload": _("Reload the page"),
        "retry": _("Trying again in %s s"),
        "noScreen": _("No other screen was found on this network."),
        "offline": _("You seem to be offline. The film goes on when the connection is back."),
        "network": _("The film does not come through. Check your connection; it goes on by itself."),
        "gone": _("This film is not here any more. Its maker may have removed it."),
        "closed": _("This film is not open to you any more. Reload the page to sign in or to give its password."),
        "paid": _("Your access to this film has ended. Reload the page to see how to go on."),
        "territory": _("This film may not be shown where you are, or not at this time."),
        "preparing": _("The film is still being prepared. It begins by itself as soon as it plays."),
        "codec": _(
            "This browser lacks what it takes to decode the film. A recent Firefox, Chrome, Edge or Safari can."
        ),
        "broken": _("Your browser could not play this part of the film. Try again, or go on a little further."),
        "unsupported": _("This browser cannot play the film. A recent Firefox, Chrome, Edge or Safari can."),
    }
