"""Both engines rank alike: where a word stands, and whether it stands there whole."""

from __future__ import annotations

import pytest
from django.db import connection

from bouquet.shared.search.engine import forget_words, hits, matching
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
    assert hits(["harbour", "lights"], [], titles_only=True) == {pk: rank for pk, rank in wanted.items() if rank < 1}
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


def test_where_more_match_than_are_looked_at_a_title_is_found_however_old_it_is() -> None:
    old = make_entry(title="harbour at dawn")
    begun = make_entry(title="harbours at dawn")
    names = make_entry(names="harbour dawn")
    texts = [make_entry(body="harbour dawn") for _ in range(4)]
    assert hits(["harbour", "dawn"], [], most=4) == {old: 0, begun: 0.3, texts[3]: 2, texts[2]: 2}
    assert hits(["harbour", "dawn"], [], most=7) == {old: 0, begun: 0.3, names: 1, **dict.fromkeys(texts, 2)}


def test_a_rare_pair_of_frequent_words_is_found_wholly() -> None:
    rare = [make_entry(title="harbour dawn"), make_entry(body="harbour dawn"), make_entry(speech="dawn\nharbour")]
    for number in range(12):
        make_entry(title="harbour" if number % 2 else "dawn")
    assert hits(["harbour", "dawn"], [], most=4) == dict(zip(rare, (0, 2, 3), strict=True))
    assert matching(["harbour", "dawn"], places=[], most=4) == rare[::-1]


def test_a_place_is_a_part_of_the_question_where_others_have_more() -> None:
    here = [make_entry("site1 kindvideos", title="harbour"), make_entry("site2 site1", body="harbour")]
    for _ in range(6):
        make_entry("site11", title="harbour")
    for most in (3, 30):
        assert hits(["harbour"], ["site1"], most=most) == {here[0]: 0, here[1]: 2}
        assert matching(["harbour"], places=["site1"], most=most) == here[::-1]
    assert hits(["harbour"], ["site1", "kindvideos"], most=3) == {here[0]: 0}


@pytest.mark.parametrize("number", [3, 40])  # few that begin alike are asked for by name, many by their beginning
def test_many_words_that_begin_alike_are_all_found(number: int) -> None:
    found = [make_entry(body=f"harb{chr(97 + each // 26)}{chr(97 + each % 26)} é{each}") for each in range(number)]
    assert sorted(hits(["harb"], [])) == found
    assert hits(["harb"], [], titles_only=True) == {}
    Entry.objects.filter(pk=found[0]).update(body="other")
    assert sorted(hits(["harb"], [])) == found[1:]
    assert sorted(hits(["oth"], [])) == found[:1]


def test_what_no_work_says_any_more_is_forgotten() -> None:
    gone, kept = make_entry(speech="thunderstorm"), make_entry(title="harbour")
    Entry.objects.filter(pk=gone).delete()
    forget_words()
    with connection.cursor() as cursor:
        column = "term" if connection.vendor == "sqlite" else "word"
        cursor.execute(f"SELECT DISTINCT {column} FROM search_vocabulary")
        assert {word for (word,) in cursor.fetchall()} <= {"harbour", "site1"}
    assert hits(["harb"], []) == {kept: 0.3}
