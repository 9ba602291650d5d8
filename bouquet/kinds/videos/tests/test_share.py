"""The share sheet: what it offers, and the QR code that opens the film at its moment."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest

from bouquet.kinds.videos.tests.make import make_video
from bouquet.shared.works import actions as works

pytestmark = pytest.mark.django_db


def test_the_sheet_offers_every_way(door: Any, chloe: Any, driss: Any) -> None:
    video = make_video(author=chloe)
    page = door(driss).get(video.path).text
    for way in ("qr.svg", "mailto:", f"/works/{video.uid}/sites/", "/embed/", "Send with another app"):
        assert way in page
    unlisted = make_video(author=chloe, visibility="unlisted")
    assert "/sites/" not in door(driss).get(unlisted.path).text, "only what everybody may see goes to other sites"
    assert f"/works/{unlisted.uid}/sites/" in door(chloe).get(unlisted.path).text, "its maker decides for themselves"


def test_the_code_is_a_clean_picture_of_the_address(door: Any, chloe: Any, monkeypatch: Any) -> None:
    drawn: list[str] = []
    from bouquet.kinds.videos.views import qr

    draw = qr._drawn
    monkeypatch.setattr(qr, "_drawn", lambda address: drawn.append(address) or draw(address))
    video = make_video(author=chloe)
    answer = door().get(f"/videos/{video.uid}/qr.svg")
    assert (answer.status_code, answer["content-type"]) == (200, "image/svg+xml")
    picture = ElementTree.fromstring(answer.content)
    assert picture.tag.endswith("svg")
    assert not [each for each in picture.iter() if "style" in each.attrib or each.tag.endswith("script")]
    door().get(f"/videos/{video.uid}/qr.svg?t=0:02")
    assert drawn == [video.address, f"{video.address}?t=2"]


@pytest.mark.parametrize("start", ["-1", "99999999999", "x", "%00", "1e9", ""])
def test_a_broken_start_is_the_beginning(door: Any, chloe: Any, start: str) -> None:
    video = make_video(author=chloe)
    usual = door().get(f"/videos/{video.uid}/qr.svg").content
    assert door().get(f"/videos/{video.uid}/qr.svg?t={start}").content == usual


def test_it_is_saved_under_the_films_name(door: Any, chloe: Any) -> None:
    video = make_video(author=chloe, title='Lac "d’été"\r\nX: y')
    answer = door().get(f"/videos/{video.uid}/qr.svg?save=1")
    assert answer["content-disposition"].startswith('attachment; filename="lac-dete')
    assert answer["content-disposition"].endswith('-qr.svg"')


def test_who_may_not_see_the_film_gets_no_code(door: Any, chloe: Any, driss: Any) -> None:
    private, elsewhere = make_video(author=chloe, visibility="private"), make_video(author=chloe)
    works.set_availability(elsewhere, territories=["JP"])
    assert door(driss).get(f"/videos/{private.uid}/qr.svg").status_code == 404
    assert door().get(f"/videos/{elsewhere.uid}/qr.svg").status_code == 451
    assert door().get("/videos/nobody/qr.svg").status_code == 404
