"""Both engines rank alike: where a word stands, and whether it stands there whole."""

from __future__ import annotations

import pytest

from bouquet.shared.search.engine import hits, matching
from bouquet.shared.search.models import Entry
from bouquet.shared.works.tests.make import make_work

pytestmark = pytest.mark.django_db
PLACES = ["title", "names", "body", "speech"]


def make_entry(place: str = "site1", **words: str) -> int:
    return Entry.objects.create(work=make_work(), place=place, **dict.fromkeys(PLACES, "") | words).pk


def test_titles_come_first_then_names_then_text_then_speech_and_whole_words_before_longer_ones() -> None:
    wanted = {}
    for tier, field in enumerate(PLACES):
        wanted[make_entry(**{field: "old harbour lights"})] = tier
        wanted[make_entry(**{field: "two harbourmasters\nand lights"})] = tier + 0.3
    make_entry(title="harbour")
    make_entry(title="arbour lights")
    assert hits(["harbour", "lights"], []) == wanted
    assert hits(["harbour", "lights"], [], tiers=1) == {pk: rank for pk, rank in wanted.items() if rank < 1}
    assert hits(["harbour", "lights"], ["site2"]) == {}


def test_words_of_several_fields_count_together_and_belong_to_the_lower_one() -> None:
    both = make_entry(title="harbour", speech="at dawn")
    names = make_entry(title="harbour", names="dawn", place="site1 site2")
    assert hits(["harbour", "dawn"], ["site1"]) == {both: 3, names: 1}
    assert hits(["harbour", "dawn"], ["site2"]) == {names: 1}


def test_of_many_the_newest_of_the_best_are_given() -> None:
    titles = [make_entry(title="harbour") for _ in range(3)]
    texts = [make_entry(body="harbour") for _ in range(3)]
    assert sorted(hits(["harbour"], [], most=2)) == titles[1:]
    assert sorted(hits(["harb"], [], most=2)) == titles[1:]
    assert {*titles, texts[2]} <= hits(["harbour"], [], most=4).keys()
    assert matching(["harbour"], places=[], most=2) in (texts[:0:-1], titles[:0:-1])
    assert matching(["harb"], places=[], most=9) == []
    assert matching(["harb"], places=[], begun=["harb"], most=9) == [*texts[::-1], *titles[::-1]]
