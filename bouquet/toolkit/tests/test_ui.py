"""The small words of templates: lengths, counts, colours, initials."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.forms import CharField, Form
from django.template import Context, Template
from django.utils import timezone, translation

from bouquet.toolkit.templatetags import ui


@pytest.mark.parametrize(
    "seconds, written", [(None, ""), (0, "0:00"), (7, "0:07"), (59.6, "1:00"), (187, "3:07"), (3722, "1:02:02")]
)
def test_a_length_reads_as_on_a_player(seconds, written):
    assert ui.clock(seconds) == written


@pytest.mark.parametrize(
    "number, written", [(None, "0"), (950, "950"), (1_240, "1.2 k"), (34_000, "34 k"), (5_100_000, "5.1 M")]
)
def test_a_count_takes_little_room(number, written):
    with translation.override("en"):
        assert ui.compact(number).replace("\u202f", " ") == written


def test_a_number_in_an_attribute_has_a_point_in_french():
    with translation.override("fr"):
        assert ui.plain_number(0.425) == "0.425"
        assert ui.plain_number(1280) == "1280"


@pytest.mark.parametrize("name, letters", [("Ada Lambert", "AL"), ("chloé", "C"), ("", ""), ("Zoé de la Tour", "ZT")])
def test_initials_stand_for_who_has_no_picture(name, letters):
    assert ui.initials(name) == letters


def test_how_long_ago_uses_one_unit():
    with translation.override("en"):
        now = timezone.now()
        assert ui.ago(now) == "just now"
        assert ui.ago(now - timedelta(hours=5, minutes=20)).replace("\xa0", " ") == "5 hours ago"
        assert "ago" not in ui.ago(now - timedelta(days=90))


def test_an_icon_is_silent_unless_it_has_a_label():
    assert 'aria-hidden="true"' in ui.icon("play")
    named = ui.icon("play", label='Play "it"')
    assert 'role="img"' in named and "Play &quot;it&quot;" in named and "aria-hidden" not in named


def test_a_field_tells_its_errors_to_screen_readers():
    class OneField(Form):
        title = CharField(help_text="Short.")

    html = Template('{% include "ui/form.html" with submit="Go" method="get" %}').render(
        Context({"form": OneField({})})
    )
    assert 'aria-invalid="true"' in html
    for name in ("id_title_error", "id_title_helptext"):
        assert f'id="{name}"' in html, name
    described = html.split('aria-describedby="')[1].split('"')[0].split()
    assert set(described) == {"id_title_error", "id_title_helptext"}


def test_words_of_people_are_escaped():
    page = Template('{% include "ui/page_head.html" with title=title %}').render(Context({"title": "<script>"}))
    assert "<script>" not in page


@pytest.mark.parametrize(
    ("brand", "layout", "place", "eager", "sizes"),
    [
        (("plain", "bar"), "", 1, False, f"auto, {ui.CARD}"),
        (("plain", "bar"), "", 1, True, ui.CARD),
        (("plain", "bar"), "lead", 1, True, "(min-width: 75rem) 42rem, (min-width: 40rem) 66vw, 100vw"),
        (("plain", "overlay"), "lead", 1, False, "(min-width: 52rem) 80rem, 100vw"),
        (("plain", "overlay"), "lead", 6, False, f"auto, {ui.CARD}"),
        (("poster", "bar"), "row", 3, False, "(min-width: 52rem) 39rem, 78vw"),
    ],
)
def test_a_card_asks_for_a_picture_as_large_as_it_is_shown(
    brand: tuple[str, str], layout: str, place: int, eager: bool, sizes: str
) -> None:
    cards, masthead = brand
    assert ui.card_sizes(SimpleNamespace(cards=cards, masthead=masthead), layout, place, eager) == sizes
