"""A card is made once for the same values, and anew for every other one."""

from __future__ import annotations

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils.translation import override

from bouquet.toolkit.templatetags import remembering


class Counted:
    def __init__(self, text: str) -> None:
        self.text, self.made = text, 0

    def __str__(self) -> str:
        self.made += 1
        return self.text


@pytest.fixture(autouse=True)
def nothing_made(monkeypatch: pytest.MonkeyPatch) -> None:
    remembering.forget()
    monkeypatch.setattr(remembering.time, "time", lambda: 1_000_000.0)


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
    monkeypatch.setattr(remembering.time, "time", lambda: 1_000_061.0)
    assert template.render(Context({"a": 1, "shown": "later"})) == "later"


def test_it_remembers_so_many_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembering, "MOST", 3)
    template = Template("{% remember a %}{{ a }}{% endremember %}")
    for number in range(9):
        assert template.render(Context({"a": number})) == str(number)
    assert len(remembering._made) == 3


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
