"""Videos on other people's pages."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest

from bouquet.kinds.videos.tests.make import make_video


def test_an_embed_may_stand_in_a_frame_of_any_origin_and_sets_no_cookie(door: Any, chloe: Any) -> None:
    video = make_video(author=chloe)
    answer = door().get(f"/embed/{video.uid}")
    assert answer.status_code == 200
    assert "frame-ancestors *" in answer["content-security-policy"]
    assert "x-frame-options" not in answer.headers
    assert not answer.cookies
    html = answer.content.decode()
    assert 'data-controller="player captions chapters"' in html
    assert f'href="{video.address}"' in html


def test_a_page_of_the_site_may_not_be_framed_elsewhere(door: Any, chloe: Any) -> None:
    answer = door().get(make_video(author=chloe).path)
    assert "frame-ancestors 'self'" in answer["content-security-policy"]


def test_an_embed_of_what_is_gone_says_so_in_its_frame(door: Any) -> None:
    answer = door().get("/embed/123456789abc")
    assert answer.status_code == 404
    assert "frame-ancestors *" in answer["content-security-policy"]
    assert "not here any more" in answer.content.decode()


def test_oembed_answers_for_pages_and_embeds_of_any_site(door: Any, chloe: Any, main_site: Any) -> None:
    video = make_video(author=chloe)
    for address in (video.address, f"{video.site.url}/embed/{video.uid}"):
        answer = door().get("/oembed", {"url": address}, headers={"host": "bouquet.localhost"})
        said = answer.json()
        assert (said["version"], said["type"], said["title"]) == ("1.0", "video", video.title)
        assert f'src="{video.site.url}/embed/{video.uid}"' in said["html"]
        assert said["author_name"] == video.channel.name
    assert answer["access-control-allow-origin"] == "*"


def test_oembed_keeps_to_the_size_that_was_asked(door: Any, chloe: Any) -> None:
    video = make_video(author=chloe)
    said = door().get("/oembed", {"url": video.address, "maxwidth": 300, "maxheight": 100}).json()
    assert said["width"] <= 300
    assert said["height"] <= 100
    assert f'width="{said["width"]}"' in said["html"]


def test_oembed_speaks_xml(door: Any, chloe: Any) -> None:
    video = make_video(author=chloe, title="Salt & <light>")
    answer = door().get("/oembed", {"url": video.address, "format": "xml"})
    assert answer["content-type"].startswith("text/xml")
    assert ElementTree.fromstring(answer.content).findtext("title") == "Salt & <light>"


@pytest.mark.parametrize(
    ("visibility", "status"),
    [("public", 200), ("unlisted", 200), ("members", 401), ("followers", 401), ("private", 404)],
)
def test_oembed_tells_what_is_for_everybody(door: Any, chloe: Any, visibility: str, status: int) -> None:
    video = make_video(author=chloe, visibility=visibility)
    assert door(chloe).get("/oembed", {"url": video.address}).status_code == status


@pytest.mark.parametrize(
    "address",
    ["", "nonsense", "http://[", "https://elsewhere.example/videos/x/", "http://video.bouquet.localhost/about/"],
)
def test_oembed_knows_no_other_addresses(door: Any, address: str) -> None:
    assert door().get("/oembed", {"url": address}).status_code == 404


def test_oembed_in_another_format_is_501(door: Any, chloe: Any) -> None:
    answer = door().get("/oembed", {"url": make_video(author=chloe).address, "format": "yaml"})
    assert answer.status_code == 501
