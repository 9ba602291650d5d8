"""A channel as a podcast: what programs of podcasts need, and nothing that is not for everybody."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest

from bouquet.kinds.videos.tests.conftest import queries_of
from bouquet.kinds.videos.tests.make import make_video
from bouquet.shared.access import streams
from bouquet.shared.assets.models import Asset, Rendition
from bouquet.shared.assets.tests.make import ready_asset
from bouquet.shared.works import actions

ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
PODCAST = "{https://podcastindex.org/namespace/1.0}"
INIT, PIECES = b"\x00\x00\x00\x18ftypiso6", [b"first piece", b"and the second"]


def with_sound(asset: Asset) -> Asset:
    folder = asset.stream_folder / "audio"
    folder.mkdir(parents=True)
    (folder / "init.mp4").write_bytes(INIT)
    lines = ["#EXTM3U", '#EXT-X-MAP:URI="init.mp4"']
    for number, piece in enumerate(PIECES, start=1):
        (folder / f"seg_{number:05}.m4s").write_bytes(piece)
        lines += ["#EXTINF:2.000000,", f"seg_{number:05}.m4s"]
    (folder / "index.m3u8").write_text("\n".join([*lines, "#EXT-X-ENDLIST", ""]))
    size = sum(map(len, PIECES))
    Rendition.objects.create(asset=asset, name="audio", kind="audio", codecs="mp4a.40.2", segments=2, size=size)
    return asset


def heard(author: Any, **changes: Any) -> Any:
    return make_video(author=author, asset=with_sound(ready_asset(owner=author)), **changes)


def feed_of(door: Any, video: Any, name: str = "podcast") -> ElementTree.Element:
    answer = door().get(f"/videos/channels/{video.channel.slug}/{name}.xml")
    assert answer.status_code == 200
    return ElementTree.fromstring(answer.content)


def test_an_episode_has_a_stable_address_its_length_and_its_type(door: Any, chloe: Any) -> None:
    video = heard(chloe)
    root = feed_of(door, video)
    enclosure = root.find("channel/item/enclosure")
    assert enclosure is not None
    assert enclosure.get("url") == f"{video.site.url}/videos/{video.uid}/sound.m4a"
    assert int(enclosure.get("length", "")) == len(INIT) + sum(map(len, PIECES))
    assert enclosure.get("type") == "audio/x-m4a"
    for name in ("author", "explicit", "category", "type"):
        assert root.find(f"channel/{ITUNES}{name}") is not None
    assert root.findtext(f"channel/item/{ITUNES}duration") == "4"
    assert len(root.findtext(f"channel/{PODCAST}guid") or "") == 36


def test_the_file_is_its_segments_behind_one_another(door: Any, chloe: Any) -> None:
    video = heard(chloe)
    for _twice in range(2):
        answer = door().get(f"/videos/{video.uid}/sound.m4a")
        assert answer.status_code == 302
        assert streams.check(answer.url) == video.asset.uid
    path = video.asset.stream_folder / "audio" / "whole.m4a"
    assert path.read_bytes() == INIT + b"".join(PIECES)
    assert [each.name for each in path.parent.iterdir() if each.name.startswith(".")] == []


def test_a_silent_film_is_no_episode(door: Any, chloe: Any) -> None:
    video = make_video(author=chloe)
    assert feed_of(door, video).find("channel/item") is None
    assert door().get(f"/videos/{video.uid}/sound.m4a").status_code == 404


@pytest.mark.parametrize("visibility", ["unlisted", "followers", "members", "private"])
def test_what_is_not_for_everybody_is_in_no_podcast(door: Any, chloe: Any, visibility: str) -> None:
    video = heard(chloe, visibility=visibility)
    assert feed_of(door, video).find("channel/item") is None


def test_the_file_is_refused_as_the_page_would_be(door: Any, chloe: Any) -> None:
    hidden, abroad = heard(chloe, visibility="private"), heard(chloe)
    actions.set_availability(abroad, territories=["JP"])
    assert door().get(f"/videos/{hidden.uid}/sound.m4a").status_code == 404
    assert door().get(f"/videos/{abroad.uid}/sound.m4a").status_code == 451
    assert not (abroad.asset.stream_folder / "audio" / "whole.m4a").exists()


def test_films_are_episodes_where_their_author_lets_others_save_them(door: Any, chloe: Any) -> None:
    kept, given = make_video(author=chloe), make_video(author=chloe, may_download=True)
    given.asset.filename = "lake.mp4"
    given.asset.save()
    enclosures = feed_of(door, kept, "video-podcast").findall("channel/item/enclosure")
    assert [each.get("url") for each in enclosures] == [f"{given.site.url}/videos/{given.uid}/film.mp4"]
    assert enclosures[0].get("length") == str(given.asset.size)
    assert door().get(f"/videos/{given.uid}/film.mp4").status_code == 302
    assert door().get(f"/videos/{kept.uid}/film.mp4").status_code == 404
    page = door().get(f"/videos/channels/{kept.channel.slug}/").text
    assert "video-podcast.xml" in page
    assert 'rel="alternate" type="application/rss+xml"' in page


def test_a_longer_podcast_costs_no_more_queries(door: Any, chloe: Any) -> None:
    path = f"/videos/channels/{heard(chloe).channel.slug}/podcast.xml"
    few = queries_of(door(), path)
    for _more in range(5):
        heard(chloe)
    assert queries_of(door(), path) <= few
