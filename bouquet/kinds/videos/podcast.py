"""A channel as a podcast: RSS 2.0 with Apple's and Podcasting 2.0's namespaces, each film an episode.

    sound   every film that has one, as a single .m4a
    films   those that their author lets others save, as they were sent, where that is an MP4

An enclosure's address never changes. Who may have the film is decided when it is asked for (451 elsewhere); the answer
is a signed address of the file server, which knows ranges and lengths.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid5

from django.urls import reverse
from django.utils.feedgenerator import Enclosure

from bouquet.kinds.videos.models import Video
from bouquet.kinds.videos.screen import share_picture_address
from bouquet.shared.assets.actions import sound_length
from bouquet.shared.works.models import Channel
from bouquet.shared.works.permissions import Viewer
from bouquet.shared.works.syndication import MediaFeed, xml_text

ITEMS = 100
NAMESPACE = UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")  # https://podcasting2.org/docs/podcast-namespace/tags/guid
# Our categories in Apple's words; what is not here is “Society & Culture”.
CATEGORIES = {
    "news": "News",
    "culture": "Arts",
    "cinema": "TV & Film",
    "music": "Music",
    "comedy": "Comedy",
    "games": "Leisure",
    "sport": "Sports",
    "family": "Kids & Family",
    "health": "Health & Fitness",
    "education": "Education",
    "science": "Science",
    "nature": "Science",
    "business": "Business",
}


class PodcastFeed(MediaFeed):
    """Its feed takes `channel`, `explicit`, `category`; its items a Video as `media`."""

    def rss_attributes(self) -> dict[str, str]:
        return super().rss_attributes() | {
            "xmlns:itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
            "xmlns:podcast": "https://podcastindex.org/namespace/1.0",
        }

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        handler.addQuickElement("itunes:author", self.feed["author"])
        handler.addQuickElement("itunes:summary", self.feed["description"])
        handler.addQuickElement("itunes:explicit", self.feed["explicit"])
        handler.addQuickElement("itunes:type", "episodic")
        handler.addQuickElement("itunes:category", None, {"text": self.feed["category"]})
        if self.feed.get("picture"):
            handler.addQuickElement("itunes:image", None, {"href": self.feed["picture"]})
        handler.addQuickElement("podcast:guid", str(uuid5(NAMESPACE, self.feed["feed_url"].partition("://")[2])))
        handler.addQuickElement("podcast:medium", self.feed["medium"])
        handler.addQuickElement("podcast:locked", "yes")

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        video: Video = item["media"]
        handler.addQuickElement("itunes:title", item["title"])
        handler.addQuickElement("itunes:duration", str(round(video.duration or video.asset.duration or 0)))
        handler.addQuickElement("itunes:explicit", _explicit(video.rating))
        handler.addQuickElement("itunes:episodeType", "full")
        if picture := share_picture_address(video):
            handler.addQuickElement("itunes:image", None, {"href": picture})


def films_of(channel: Channel, viewer: Viewer) -> Any:
    """What this viewer may find of the channel, with what an enclosure needs."""
    works = Video.objects.listed_for(viewer).filter(channel=channel).latest().cards()
    return works.select_related("asset", "own_poster").prefetch_related("asset__renditions")


def saveable_films(channel: Channel, viewer: Viewer) -> Any:
    found = films_of(channel, viewer).filter(may_download=True).exclude(asset__source="")
    return found.filter(asset__filename__iregex=r"\.(mp4|m4v)$")


def sound_enclosure(video: Video) -> Enclosure | None:
    length = sound_length(video.asset)
    address = f"{video.site.url}{reverse('videos:sound_file', args=[video.uid])}"
    return Enclosure(address, str(length), "audio/x-m4a") if length else None


def film_enclosure(video: Video) -> Enclosure | None:
    address = f"{video.site.url}{reverse('videos:film_file', args=[video.uid])}"
    return Enclosure(address, str(video.asset.size), "video/mp4")


def head_of(channel: Channel, videos: list[Video], medium: str) -> dict[str, Any]:
    """What the feed says of the channel."""
    subjects = [CATEGORIES.get(video.category, "") for video in videos if video.category]
    known = [subject for subject in subjects if subject]
    picture = channel.picture_url(512)
    return {
        "author": xml_text(channel.name),
        "explicit": _explicit(max((video.rating for video in videos), default=0)),
        "category": max(set(known), key=known.count) if known else "Society & Culture",
        "picture": f"{channel.site.url}{picture}" if picture.startswith("/") else picture,
        "medium": medium,
    }


def _explicit(rating: int) -> str:
    return "true" if rating >= 16 else "false"
