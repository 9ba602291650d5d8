"""oEmbed of collections: found from their page, framed as their films allow, silent about what is not for everybody."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest

from bouquet.kinds.videos.tests.make import make_video
from bouquet.shared.works import actions as works

pytestmark = pytest.mark.django_db


@pytest.fixture
def evening(chloe: Any, site: Any) -> Any:
    collection = works.add_collection(chloe, name="Evening <films>", visibility="public")
    for title in ("First", "Second"):
        works.add_to_collection(collection, make_video(author=chloe, title=title))
    return collection


def ask(door: Any, site: Any, path: str, **more: str) -> Any:
    return door().get("/oembed", {"url": f"{site.url}{path}", **more})


def test_its_page_leads_to_its_description(door: Any, evening: Any, site: Any) -> None:
    page = door().get(evening.path).text
    assert "application/json+oembed" in page
    assert "text/xml+oembed" in page
    for path in (evening.path, f"/embed/list/{evening.uid}"):
        answer = ask(door, site, path)
        assert answer["access-control-allow-origin"] == "*"
        said = answer.json()
        assert (said["type"], said["title"], said["author_name"]) == ("video", "Evening <films>", "Chloé")
        assert f'src="{site.url}/embed/list/{evening.uid}"' in said["html"]
        assert 'title="Evening &lt;films&gt;"' in said["html"]


def test_in_xml_and_no_wider_than_asked(door: Any, evening: Any, site: Any) -> None:
    answer = ask(door, site, evening.path, format="xml", maxwidth="320", maxheight="100")
    read = ElementTree.fromstring(answer.content)
    assert int(read.findtext("width") or 0) <= 320
    assert int(read.findtext("height") or 0) <= 100


@pytest.mark.parametrize(
    ("visibility", "status"),
    [("public", 200), ("unlisted", 200), ("members", 401), ("followers", 401), ("private", 404)],
)
def test_what_is_not_for_everybody_is_not_described(
    door: Any, evening: Any, site: Any, visibility: str, status: int
) -> None:
    works.change_collection(evening, visibility=visibility)
    assert ask(door, site, evening.path).status_code == status


def test_a_private_list_is_silent_even_to_its_owner(door: Any, evening: Any, site: Any, chloe: Any) -> None:
    works.change_collection(evening, visibility="private")
    assert door(chloe).get("/oembed", {"url": f"{site.url}{evening.path}"}).status_code == 404


def test_the_makers_rules_hold_in_a_list(door: Any, chloe: Any, site: Any) -> None:
    collection = works.add_collection(chloe, name="Evening", visibility="public")
    at_home = make_video(author=chloe, title="At home", embeds="nowhere")
    works.add_to_collection(collection, at_home)
    assert ask(door, site, collection.path).status_code == 401
    abroad = make_video(author=chloe, title="Abroad")
    works.add_to_collection(collection, abroad)
    assert ask(door, site, collection.path).status_code == 200
    begins = door().get(f"/embed/list/{collection.uid}")
    assert f"/embed/{abroad.uid}?list=" in begins.url, "a frame begins with the first film that may stand in one"


def test_an_empty_list_and_one_of_unseen_films_are_nothing(door: Any, chloe: Any, site: Any) -> None:
    collection = works.add_collection(chloe, name="Evening", visibility="public")
    assert ask(door, site, collection.path).status_code == 404
    works.add_to_collection(collection, make_video(author=chloe, visibility="private"))
    assert ask(door, site, collection.path).status_code == 404
    assert "json+oembed" not in door().get(collection.path).text


@pytest.mark.parametrize(
    "path", ["/collections/", "/collections/%00/", "/collections/é/", "/embed/list/", "/embed/list/x/y"]
)
def test_broken_addresses_are_nothing(door: Any, site: Any, path: str) -> None:
    assert ask(door, site, path).status_code == 404
