"""Where the addresses of a film lead: to one country where it is limited, to a CDN where there is one."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from bouquet.kinds.videos.tests.make import make_video
from bouquet.kinds.videos.tests.test_podcast import with_sound
from bouquet.shared.assets.actions import keep_captions
from bouquet.shared.assets.tests.make import ready_asset
from bouquet.shared.works.actions import add_collection, add_to_collection, set_availability

FRENCH, BELGIAN, AMERICAN = "82.64.1.1", "194.78.0.1", "8.8.8.8"
CDN = "https://cdn.example"


def whole_video(author: Any) -> Any:
    """With all that has an address of its own: captions, storyboard, sound, poster, original."""
    asset = with_sound(ready_asset(owner=author, storyboard=True, poster="abc-def"))
    video = make_video(author=author, asset=asset, may_download=True)
    keep_captions(asset, [(0, 1000, "Bonjour")], language="fr", by=author)
    return video


def addresses_of(door: Any, video: Any, reader: str) -> list[str]:
    """Every signed address that a reader at `reader` is given: page, embed, API, podcast, download."""
    client = door()
    told = [client.get(path, REMOTE_ADDR=reader).text for path in (video.path, f"/embed/{video.uid}")]
    told.append(client.get(f"/api/v1/videos/{video.uid}", REMOTE_ADDR=reader).text)
    told.append(client.get(f"/api/v1/videos/{video.uid}/captions", REMOTE_ADDR=reader).text)
    for path in (f"/videos/{video.uid}/sound.m4a", f"/videos/{video.uid}/download"):
        told.append(client.get(path, REMOTE_ADDR=reader)["location"])
    found = [re.findall(r"/[mf]/[0-9]+[^/]*/", text) for text in told]
    assert all(found), found
    return [address for each in found for address in each]


def test_every_address_of_a_limited_film_is_for_the_readers_country(door: Any, chloe: Any) -> None:
    video = whole_video(chloe)
    set_availability(video, territories=["FR", "BE"])
    for reader, country in ((FRENCH, "FR"), (BELGIAN, "BE")):
        for address in addresses_of(door, video, reader):
            assert re.fullmatch(rf"/[mf]/[0-9]{{10}}-{country}/", address)
    assert door().get(f"/api/v1/videos/{video.uid}", REMOTE_ADDR=AMERICAN).status_code == 451


def test_a_film_for_everywhere_has_the_same_address_in_every_country(door: Any, chloe: Any) -> None:
    video = whole_video(chloe)
    assert all(re.fullmatch(r"/[mf]/[0-9]{10}/", address) for address in addresses_of(door, video, FRENCH))
    told = {door().get(f"/api/v1/videos/{video.uid}", REMOTE_ADDR=each).json()["hls"] for each in (FRENCH, AMERICAN)}
    assert len(told) == 1


def test_a_reader_who_crosses_the_border_asks_again_and_is_told(door: Any, chloe: Any) -> None:
    """What the player does when a segment is refused: it asks the film's own address."""
    video = whole_video(chloe)
    set_availability(video, territories=["US"], excluded=True)
    status = f"/api/v1/videos/{video.uid}"
    assert "-FR/" in door().get(status, REMOTE_ADDR=FRENCH).json()["hls"]
    assert "-BE/" in door().get(status, REMOTE_ADDR=BELGIAN).json()["hls"]
    refused = door().get(status, REMOTE_ADDR=AMERICAN)
    assert (refused.status_code, refused["content-type"]) == (451, "application/problem+json")


# ── a CDN ────────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def cdn(settings: Any) -> str:
    settings.STREAM_ORIGIN = CDN
    return CDN


@pytest.mark.parametrize("path", ["{path}", "/embed/{uid}"])
def test_pages_give_streams_and_pictures_at_the_cdn(door: Any, chloe: Any, cdn: str, path: str) -> None:
    video = whole_video(chloe)
    answer = door().get(path.format(path=video.path, uid=video.uid))
    html = answer.text
    assert re.search(rf'data-player-hls-value="{cdn}/m/[0-9]+/[\w-]+/{video.asset.uid}/master.m3u8"', html)
    assert re.search(rf'<source src="{cdn}/m/', html)
    assert re.search(rf'data-player-storyboard-value="{cdn}/m/', html)
    assert re.search(rf'<track kind="subtitles" src="{cdn}/m/', html)
    assert f'poster="{cdn}/media/posters/abc-def/1280.webp"' in html
    assert f'<link rel="preconnect" href="{cdn}" crossorigin>' in html
    assert re.search(r"<video [^>]* crossorigin[ >]", html)  # or its tracks would be refused
    assert not re.search(r'["\s](/m/|/media/posters/)', html)
    policy = dict(line.split(" ", 1) for line in answer["content-security-policy"].split("; "))
    for name in ("img-src", "media-src", "connect-src"):
        assert cdn in policy[name].split()
    assert cdn not in policy["script-src"]


def test_without_one_a_page_asks_no_other_host(door: Any, chloe: Any) -> None:
    answer = door().get(whole_video(chloe).path)
    assert "preconnect" not in answer.text
    assert not re.search(r"<video [^>]* crossorigin[ >]", answer.text)
    assert "cdn" not in answer["content-security-policy"]


def test_the_api_feeds_and_embeds_give_whole_addresses_at_the_cdn(door: Any, chloe: Any, cdn: str) -> None:
    video, client = whole_video(chloe), door()
    told = client.get(f"/api/v1/videos/{video.uid}").json()
    assert told["hls"].startswith(f"{cdn}/m/")
    assert told["storyboard"].startswith(f"{cdn}/m/")
    assert told["poster"] == f"{cdn}/media/posters/abc-def/1280.webp"
    assert client.get(f"/api/v1/videos/{video.uid}/captions").text.count(f"{cdn}/m/") == 1
    assert client.get("/api/v1/videos").json()["items"][0]["poster"] == f"{cdn}/media/posters/abc-def/640.webp"
    oembed = client.get("/oembed", {"url": video.address}).json()
    assert oembed["thumbnail_url"] == f"{cdn}/media/posters/abc-def/640.webp"
    for path in (f"/channels/{video.channel.slug}/rss.xml", f"/videos/channels/{video.channel.slug}/podcast.xml"):
        text = client.get(path).text
        assert f"{cdn}/media/posters/abc-def/" in text
        assert f"{video.site.url}{cdn}" not in text
    facts = re.search(r'ld\+json">(.*?)</script>', client.get(video.path).text)
    assert facts
    assert json.loads(facts[1])["thumbnailUrl"] == [f"{cdn}/media/posters/abc-def/og.jpg"]
    assert client.get(f"/videos/{video.uid}/sound.m4a")["location"].startswith(f"{cdn}/m/")


def test_originals_stay_at_the_site(door: Any, chloe: Any, cdn: str) -> None:
    """They are decided by Bouquet for one reader: nothing that others share."""
    assert door().get(f"/videos/{whole_video(chloe).uid}/download")["location"].startswith("/f/")


def test_a_list_shows_its_picture_whole_to_other_networks(door: Any, chloe: Any, cdn: str) -> None:
    collection = add_collection(chloe, name="Evening", visibility="public")
    add_to_collection(collection, whole_video(chloe))
    html = door().get(collection.path).text
    assert f'<meta property="og:image" content="{cdn}/media/posters/abc-def/og.jpg">' in html
