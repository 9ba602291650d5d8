"""How much was said of a film stands on its card: from the row, without a question more."""

from __future__ import annotations

from typing import Any

import pytest

from bouquet.kinds.videos.tests.conftest import queries_of
from bouquet.kinds.videos.tests.make import make_video
from bouquet.shared.comments.tests.make import make_comment

pytestmark = pytest.mark.django_db
SAID = 'class="card__said"'


def test_a_card_says_how_many_comments_there_are(door: Any, chloe: Any, driss: Any) -> None:
    talked, silent = make_video(author=chloe, title="Talked of"), make_video(author=chloe, title="Silent")
    for text in ("One", "Two"):
        make_comment(talked, author=driss, text=text)
    make_comment(talked, author=driss, text="Waits", state="held")
    page = door().get("/videos/all/").text
    assert page.count(SAID) == 1
    card = page[page.index(SAID) :][:1500]
    assert " 2<" in card
    assert silent.title in page


def test_where_the_maker_closed_them_no_number_stands(door: Any, chloe: Any, driss: Any) -> None:
    video = make_video(author=chloe, comments_policy="closed")
    make_comment(video, author=driss)
    assert SAID not in door().get("/videos/all/").text


def test_the_numbers_cost_no_query(door: Any, chloe: Any, driss: Any) -> None:
    videos = [make_video(author=chloe, title=f"Film {number}") for number in range(6)]
    before = queries_of(door(), "/videos/all/")
    for video in videos:
        make_comment(video, author=driss)
    assert queries_of(door(), "/videos/all/") == before
