"""Pages of strangers that the page cache does not keep go out packed; those of somebody in particular do not."""

from __future__ import annotations

import gzip
from typing import Any

import pytest
from django.test import Client

from bouquet.config.tests.page_door import Door, said
from bouquet.kinds.photos.tests.make import make_album
from bouquet.shared.network.tests.make import make_main_site, make_site
from bouquet.toolkit.testing.cast import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def album(db: Any) -> Any:
    make_main_site()
    return make_album(make_person(), make_site("tribus", kinds=["photos"]))


def _asks(album: Any, *, token: str = "", accepts: str = "gzip, br", by: Client | None = None) -> Any:
    headers = {"host": album.site.host, "accept-encoding": accepts} | ({"authorization": token} if token else {})
    return (by or Client()).get(album.path, headers=headers)


def test_an_album_goes_out_packed_to_a_stranger(album: Any) -> None:
    plain, packed = _asks(album, accepts="br"), _asks(album)
    assert plain.status_code == 200 and not plain.has_header("Content-Encoding")
    assert packed["Content-Encoding"] == "gzip" and "Accept-Encoding" in packed["Vary"]
    assert b"A summer at the lake" in gzip.decompress(packed.content)
    assert len(packed.content) < len(plain.content) / 2
    assert packed["Content-Length"] == str(len(packed.content))


def test_what_somebody_in_particular_is_sent_says_nothing_by_its_size(album: Any) -> None:
    client = Client()
    client.force_login(album.author)
    signed_in = _asks(album, by=client)
    assert signed_in.status_code == 200 and not signed_in.has_header("Content-Encoding")
    assert not _asks(album, token="Bearer nonsense").has_header("Content-Encoding")


def test_a_page_that_is_kept_is_packed_once_by_the_cache(album: Any) -> None:
    door, host = Door(), make_site("magazine", front=True, kinds=["articles"]).host
    first, second = door("/", host, accept_encoding="gzip"), door("/", host, accept_encoding="gzip")
    assert [said(first), said(second)] == ["made", "kept"]
    assert gzip.decompress(second.body) == door("/", host).body
    other = door(album.path, album.site.host, accept_encoding="gzip")
    assert said(other) == "" and b"A summer at the lake" in gzip.decompress(other.body)
    reordered = door("/?unknown=1", host, accept_encoding="gzip")
    assert said(reordered) == "" and b"<html" in gzip.decompress(reordered.body)


def test_a_file_and_a_feed_are_left_alone(album: Any) -> None:
    answer = Client().get("/feed/rss.xml", headers={"host": album.site.host, "accept-encoding": "gzip"})
    assert answer.status_code == 200 and not answer.has_header("Content-Encoding")
