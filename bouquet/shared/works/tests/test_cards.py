"""A card is kept under every value that it is made of: one that was forgotten would show an old card, or another's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import bouquet.toolkit
from bouquet.shared.works.models.work import OWN_FACE, POSTER_FACE
from bouquet.shared.works.tests.make import make_work

UI = Path(bouquet.toolkit.__file__).parent / "templates" / "ui"


def test_a_card_names_every_value_that_it_is_made_of() -> None:
    card = (UI / "work_card.html").read_text()
    named, made = re.search(r"{% remember ([^%]+) %}(.*){% endremember %}", card, re.DOTALL).groups()  # type: ignore[union-attr]
    assert {"work.shown_on_card", "site.pk", "eager", "sizes"} <= set(named.split())
    used = set(re.findall(r"\bwork\.(\w+(?:\.\w+)?)", made + (UI / "work_states.html").read_text()))
    used -= {"poster", "channel", "channel.name", "keep_path", "get_visibility_display"}  # of the uid; of `visibility`
    assert used
    own, poster = (set(getter.__reduce__()[1]) for getter in (OWN_FACE, POSTER_FACE))
    assert used <= own
    assert {"kind", "slug", "site.host"} <= own  # of the address
    asked = set(re.findall(r"\basset\.(\w+)", (UI / "picture.html").read_text()))
    assert asked
    assert asked | {"poster"} <= poster


@pytest.mark.django_db
def test_a_work_that_changed_has_another_card() -> None:
    work = make_work(title="Dawn")
    shown = {work.shown_on_card}
    for name, value in {"title": "Dusk", "views": 7, "state": "hidden", "visibility": "members"}.items():
        setattr(work, name, value)
        shown.add(work.shown_on_card)
    work.channel = None
    shown.add(work.shown_on_card)
    assert len(shown) == 6
