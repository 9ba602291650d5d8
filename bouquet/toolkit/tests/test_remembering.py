"""A card is made once for the same values, and anew for every other one."""

from __future__ import annotations

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils.functional import SimpleLazyObject
from django.utils.translation import override

from bouquet.toolkit import remembered


class Counted:
    def __init__(self, text: str) -> None:
        self.text, self.made = text, 0

    def __str__(self) -> str:
        self.made += 1
        return self.text


@pytest.fixture(autouse=True)
def nothing_made(monkeypatch: pytest.MonkeyPatch) -> None:
    remembered.forget()
    monkeypatch.setattr(remembered.time, "time", lambda: 1_000_000.0)


def test_the_same_values_are_made_once() -> None:
    template, counted = Template("{% remember a b %}{{ shown }}{% endremember %}"), Counted("<b>")
    for _ in range(3):
        assert template.render(Context({"a": 1, "b": "x", "shown": counted})) == "&lt;b&gt;"
    assert counted.made == 1


def test_another_value_language_minute_or_place_is_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    template = Template("{% remember a missing.one %}{{ shown }}{% endremember %}")
    assert template.render(Context({"a": 1, "shown": "one"})) == "one"
    assert template.render(Context({"a": 2, "shown": "two"})) == "two"
    assert template.render(Context({"a": 1, "missing": {"one": 3}, "shown": "three"})) == "three"
    with override("fr"):
        assert template.render(Context({"a": 1, "shown": "quatre"})) == "quatre"
    assert template.render(Context({"a": 1, "shown": "no matter"})) == "one"
    other = Template("{% remember a missing.one %}{{ shown }}{% endremember %}")
    assert other.render(Context({"a": 1, "shown": "elsewhere"})) == "elsewhere"
    monkeypatch.setattr(remembered.time, "time", lambda: 1_000_061.0)
    assert template.render(Context({"a": 1, "shown": "later"})) == "later"


def test_it_remembers_so_many_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "MOST", 3)
    template = Template("{% remember a %}{{ a }}{% endremember %}")
    for number in range(9):
        assert template.render(Context({"a": number})) == str(number)
    assert len(remembered._made) == 3


def test_what_cannot_be_a_key_is_simply_made() -> None:
    template = Template("{% remember a %}{{ a.0 }}{% endremember %}")
    assert template.render(Context({"a": [1]})) == "1"
    assert template.render(Context({"a": [2]})) == "2"
    with pytest.raises(TemplateSyntaxError):
        Template("{% remember %}x{% endremember %}")


def test_what_has_no_name_is_made_each_time() -> None:
    template = Template("{% remember work.shown_on_card a %}{{ shown }}{% endremember %}")
    assert template.render(Context({"a": 1, "shown": "one"})) == "one"
    assert template.render(Context({"a": 1, "shown": "two"})) == "two"


def test_long_texts_have_an_end_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "MOST_LETTERS", 100)
    for number in range(30):
        assert remembered.remembered((number,), lambda: "x" * 10) == "x" * 10
    assert len(remembered._made) == 10 and remembered._letters == 100
    remembered.remembered(("huge",), lambda: "x" * 90)
    assert len(remembered._made) == 10
    words = iter([None, "now", "later"])
    assert [remembered.remembered(("soon",), lambda: next(words)) for _ in range(3)] == [None, "now", "now"]


def test_a_lazy_value_is_remembered_as_what_it_is() -> None:
    template, asked = Template("{% remember a %}{{ shown }}{% endremember %}"), object()
    lazy = SimpleLazyObject(lambda: 7 if asked else 0)
    assert template.render(Context({"a": lazy, "shown": "one"})) == "one"
    assert template.render(Context({"a": 7, "shown": "two"})) == "one"
    assert all(type(part) is int for key in remembered._made for part in key[3:])  # no request is held by a key
