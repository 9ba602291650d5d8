"""Old places of films, for tests: a PeerTube look-alike built from its documented answers, and feeds."""

from __future__ import annotations

import json
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from bouquet.toolkit.fetch.tests.serve import Door, Elsewhere

FILM = b"\x00\x00\x00\x18ftypmp42" + bytes(range(256)) * 40


def peertube(world: Elsewhere, count: int = 3, *, handle: str = "lake", **changes: Any) -> list[str]:
    """A channel with `count` films; gives their uuids. `changes` go into every film's own answer."""
    uuids = [f"9c9de5e8-0a1e-484a-b099-{number:012d}" for number in range(count)]
    shelf = f"/api/v1/video-channels/{handle}"
    _answers(world, shelf, {"id": 1, "name": handle, "displayName": "By the lake", "host": world.place})

    def listed(door: Door) -> None:
        start = int(door.path.partition("start=")[2].partition("&")[0] or 0)
        size = int(door.path.partition("count=")[2].partition("&")[0] or 15)
        rows = [{"uuid": uuid, "name": f"Film {n}"} for n, uuid in enumerate(uuids)][start : start + size]
        door.say(200, json.dumps({"total": count, "data": rows}).encode(), "application/json")

    world.routes[f"{shelf}/videos"] = listed
    for number, uuid in enumerate(uuids):
        _film(world, number, uuid, changes)
    return uuids


def _film(world: Elsewhere, number: int, uuid: str, changes: dict[str, Any]) -> None:
    film = {
        "id": 100 + number,
        "uuid": uuid,
        "shortUUID": f"short{number}",
        "url": f"{world.url}/videos/watch/{uuid}",
        "name": f"Film {number}",
        "category": {"id": 10, "label": "Travels"},
        "licence": {"id": 2, "label": "Attribution - Share Alike"},
        "language": {"id": "fr", "label": "French"},
        "privacy": {"id": 1, "label": "Public"},
        "state": {"id": 1, "label": "Published"},
        "nsfw": False,
        "isLive": False,
        "description": "**Spring** at the lake <script>alert(1)</script>",
        "duration": 61,
        "tags": ["lake", "spring"],
        "publishedAt": f"2019-04-{number % 28 + 1:02d}T10:00:00.000Z",
        "originallyPublishedAt": None,
        "previewPath": f"/lazy-static/previews/{uuid}.png",
        "thumbnailPath": f"/static/thumbnails/{uuid}.png",
        "embedPath": f"/videos/embed/{uuid}",
        "files": [_file(world, uuid, 480, 1000), _file(world, uuid, 1080, len(FILM))],
        "streamingPlaylists": [],
    } | changes
    _answers(world, f"/api/v1/videos/{uuid}", film)
    caption = {"language": {"id": "fr", "label": "French"}, "captionPath": f"/lazy-static/captions/{uuid}-fr.vtt"}
    _answers(world, f"/api/v1/videos/{uuid}/captions", {"total": 1, "data": [caption]})
    _answers(world, f"/api/v1/videos/{uuid}/chapters", {"chapters": [{"title": "The boat", "timecode": 12}]})
    world.gives_film(f"/static/web-videos/{uuid}-1080.mp4", FILM)
    world.gives(f"/lazy-static/previews/{uuid}.png", picture(), "image/png")


def _file(world: Elsewhere, uuid: str, height: int, size: int) -> dict[str, Any]:
    return {
        "resolution": {"id": height, "label": f"{height}p"},
        "size": size,
        "fps": 25,
        "fileUrl": f"{world.url}/static/web-videos/{uuid}-{height}.mp4",
        "fileDownloadUrl": f"{world.url}/download/web-videos/{uuid}-{height}.mp4",
        "hasAudio": True,
        "hasVideo": True,
    }


def feed(world: Elsewhere, items: list[str], *, path: str = "/feed.xml", head: str = "") -> str:
    world.gives(path, rss(items, head).encode(), "application/rss+xml")
    return f"{world.url}{path}"


def rss(items: list[str], head: str = "") -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/" '
        'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd">'
        f"<channel><title>By the lake</title><language>fr</language>{head}{''.join(items)}</channel></rss>"
    )


def item(
    world: Elsewhere, number: int, *, film: bytes | None = FILM, length: str | None = None, extra: str = ""
) -> str:
    """An item whose film the world gives (film=None: an address where nothing is)."""
    path = f"/films/{number}.mp4"
    if film is not None:
        world.gives_film(path, film)
    said = str(len(film or b"")) if length is None else length
    return (
        f"<item><title>{escape(f'Film {number}')}</title><guid isPermaLink='false'>guid-{number}</guid>"
        f"<link>{world.url}/posts/{number}/</link><pubDate>Tue, {number % 28 + 1:02d} Apr 2019 10:00:00 GMT</pubDate>"
        f"<description>&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two &amp;amp; three&lt;/p&gt;</description>"
        f"<enclosure url={quoteattr(world.url + path)} length={quoteattr(said)} type='video/mp4'/>{extra}</item>"
    )


def picture() -> bytes:
    import io

    from PIL import Image

    file = io.BytesIO()
    Image.new("RGB", (320, 180), "#336699").save(file, "PNG")
    return file.getvalue()


def _answers(world: Elsewhere, path: str, answer: Any) -> None:
    world.gives(path, json.dumps(answer).encode(), "application/json")
