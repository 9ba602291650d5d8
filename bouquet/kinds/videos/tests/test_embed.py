"""Videos on other people's pages."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest

from bouquet.kinds.videos.tests.make import make_video
from bouquet.shared.network.models import Network, Site
from bouquet.shared.works import actions as works


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


AROUND = {"sec-fetch-dest": "iframe", "referer": "https://blog.example/post"}


def test_the_code_for_pages_keeps_the_films_proportions_and_has_its_title(door: Any, chloe: Any) -> None:
    html = door().get("/oembed", {"url": make_video(author=chloe, title='"><b>x').address}).json()["html"]
    assert 'title="&quot;&gt;&lt;b&gt;x"' in html
    assert "aspect-ratio:640/361" in html


@pytest.mark.parametrize(
    ("network", "site_rule", "film", "ancestors"),
    [
        ("", "", "", "*"),
        ("blog.example", "", "", "'self' video.bouquet.localhost:8000 blog.example"),
        ("*.example", "blog.example\nother.test", "", "'self' video.bouquet.localhost:8000 blog.example"),
        (
            "",
            "",
            "https://blog.example/x, *.b.example",
            "'self' video.bouquet.localhost:8000 *.b.example blog.example",
        ),
        ("blog.example", "", "other.example", "'self' video.bouquet.localhost:8000"),
    ],
)
def test_each_rule_only_narrows_the_one_above(
    door: Any, chloe: Any, site: Any, network: Any, site_rule: str, film: str, ancestors: str
) -> None:
    video = make_video(author=chloe, embeds="hosts" if film else "", embed_hosts=film)
    Network.objects.update_or_create(pk=1, defaults={"embeds": "hosts" if network else "", "embed_hosts": network})
    Site.objects.filter(pk=site.pk).update(embeds="hosts" if site_rule else "", embed_hosts=site_rule)
    policy = door().get(f"/embed/{video.uid}")["content-security-policy"]
    assert f"frame-ancestors {ancestors};" in policy


def test_a_page_that_may_not_have_it_gets_a_sentence(door: Any, chloe: Any) -> None:
    video = make_video(author=chloe, embeds="hosts", embed_hosts="*.friend.example")
    refused = door().get(f"/embed/{video.uid}", headers=AROUND)
    assert (refused.status_code, "does not let this video" in refused.text) == (403, True)
    assert "/m/" not in refused.text
    assert video.address in refused.text
    for around in ("https://www.friend.example/x", f"{video.site.url}/videos/", ""):
        assert door().get(f"/embed/{video.uid}", headers=AROUND | {"referer": around}).status_code == 200
    assert door().get(f"/embed/{video.uid}", headers=AROUND | {"sec-fetch-dest": "document"}).status_code == 200


def test_nowhere_means_our_own_pages_only_and_no_code_is_offered(door: Any, chloe: Any) -> None:
    video = make_video(author=chloe, embeds="nowhere")
    assert "frame-ancestors 'self' video." in door().get(f"/embed/{video.uid}")["content-security-policy"]
    assert door().get("/oembed", {"url": video.address}).status_code == 401
    page = door().get(video.path).text
    assert '<textarea class="share__code' not in page
    assert "json+oembed" not in page


@pytest.mark.parametrize(("visibility", "said"), [("members", "for members"), ("private", "not for everybody")])
def test_the_frame_of_what_is_not_for_everybody_says_so(door: Any, chloe: Any, visibility: str, said: str) -> None:
    answer = door().get(f"/embed/{make_video(author=chloe, visibility=visibility).uid}", headers=AROUND)
    assert (answer.status_code, said in answer.text) == (404, True)
    assert "frame-ancestors *" in answer["content-security-policy"]


def test_the_frame_of_what_is_for_elsewhere_says_so(door: Any, chloe: Any) -> None:
    video = make_video(author=chloe)
    works.set_availability(video, territories=["JP"])
    answer = door().get(f"/embed/{video.uid}", headers=AROUND)
    assert (answer.status_code, "not available where you are" in answer.text) == (451, True)
    assert "frame-ancestors *" in answer["content-security-policy"]
    assert door().get("/oembed", {"url": video.address}).status_code == 401


def test_makers_say_where_it_may_stand(door: Any, chloe: Any) -> None:
    video = make_video(author=chloe)
    path = f"/api/v1/videos/{video.uid}"
    wrong = door(chloe).patch(path, {"embeds": "hosts", "embed_hosts": "ex ample_"}, content_type="application/json")
    assert (wrong.status_code, wrong["content-type"]) == (422, "application/problem+json")
    right = door(chloe).patch(path, {"embeds": "hosts", "embed_hosts": "a.example"}, content_type="application/json")
    assert right.status_code == 200
    assert "a.example" in door().get(f"/embed/{video.uid}")["content-security-policy"]
    assert 'name="embeds"' in door(chloe).get(f"/videos/{video.uid}/edit").text


def test_a_collection_in_a_frame_goes_on_to_the_next(door: Any, chloe: Any, site: Any) -> None:
    collection = works.add_collection(chloe, name="Evening", visibility="unlisted")
    first, second = make_video(author=chloe), make_video(author=chloe, title="Next")
    for video in (first, second):
        works.add_to_collection(collection, video)
    answer = door().get(f"/embed/list/{collection.uid}")
    assert answer.url == f"{site.url}/embed/{first.uid}?list={collection.uid}"
    html = door().get(f"/embed/{first.uid}?list={collection.uid}").text
    assert f"/embed/{second.uid}?list={collection.uid}" in html
    assert 'data-up-next="playlist"' in html
    works.change_collection(collection, visibility="private")
    assert door().get(f"/embed/list/{collection.uid}").status_code == 404
    assert "data-up-next" not in door().get(f"/embed/{first.uid}?list={collection.uid}").text


def test_a_film_is_watched_within_its_list(door: Any, chloe: Any) -> None:
    collection = works.add_collection(chloe, name="Evening", visibility="public")
    films = [make_video(author=chloe, title=title) for title in "ABC"]
    for video in films:
        works.add_to_collection(collection, video)
    playback = door().get(f"{films[1].path}?list={collection.uid}&loop=1").context["playback"]
    assert (playback.number, playback.total) == (2, 3)
    assert [entry.work.title for entry in playback.before] == ["A"]
    assert [entry.work.title for entry in playback.after] == ["C", "A"]
    one = door().get(f"{films[0].path}?list={collection.uid}&shuffle=7").context["playback"]
    other = door().get(f"{films[1].path}?list={collection.uid}&shuffle=7").context["playback"]
    assert {one.number, other.number} < {1, 2, 3}
    for bad in ("list=nobody", "list=%00", f"list={collection.uid}&shuffle=-1", f"list={collection.uid}&shuffle=9e9"):
        assert door().get(f"{films[0].path}?{bad}").status_code == 200
