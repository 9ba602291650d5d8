"""The style guide shows every piece, in any brand, and the pieces answer what pages ask of them."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from bouquet.shared.network.tests.make import make_site
from bouquet.toolkit.pieces import UI, groups
from bouquet.toolkit.typefaces import PAIRINGS

CSS = Path(__file__).parents[1] / "frontend" / "css"


def test_every_piece_is_shown(client, site):
    page = client.get("/styleguide/", headers={"host": site.host}).content.decode()
    for path in UI.glob("*.html"):
        assert f'id="piece-{path.stem}"' in page, f"give ui/{path.name} a line in toolkit/pieces.py"


def test_every_piece_says_what_it_takes():
    for _title, pieces in groups(None):
        for piece in pieces:
            assert piece.about, f"ui/{piece.name}.html begins with a comment that names its variables"


def test_a_brand_can_be_tried_on(client, site):
    other = make_site(slug="other")
    other.brand.masthead, other.brand.cards = "rail", "poster"
    other.brand.save()
    page = client.get(f"/styleguide/?brand={other.brand.pk}&scheme=dark", headers={"host": site.host}).content.decode()
    assert 'data-masthead="rail"' in page
    assert 'data-cards="poster"' in page
    assert 'data-scheme="dark"' in page


def test_a_brand_that_does_not_exist_leaves_the_sites_own(client, site):
    page = client.get("/styleguide/?brand=x", headers={"host": site.host}).content.decode()
    assert f'data-masthead="{site.brand.masthead}"' in page


def test_a_sample_front_shows_all_layouts(client, site):
    page = client.get("/styleguide/front/", headers={"host": site.host}).content.decode()
    assert 'class="hero"' in page
    assert "card-grid--lead" in page
    assert "card-grid--row" in page


@pytest.mark.parametrize("cookie, shown", [("dark", "dark"), ("light", "light"), ("auto", "auto"), ('"><b', "auto")])
def test_the_readers_choice_of_scheme_is_in_the_page_from_the_start(client, site, cookie, shown):
    client.cookies["bq_scheme"] = cookie
    page = client.get("/styleguide/", headers={"host": site.host}).content.decode()
    assert f'data-scheme="{shown}"' in page


def test_a_brand_that_is_always_dark_stays_dark(client, site):
    site.brand.scheme = "dark"
    site.brand.save()
    client.cookies["bq_scheme"] = "light"
    assert 'data-scheme="dark"' in client.get("/styleguide/", headers={"host": site.host}).content.decode()


def test_the_page_holds_nothing_inline(client, site):
    page = client.get("/styleguide/", headers={"host": site.host}).content.decode()
    assert " style=" not in page
    assert "<style" not in page
    assert " onclick=" not in page


def test_every_family_of_a_pairing_is_hosted_here():
    faces = (CSS / "fonts.css").read_text()
    for pairing in PAIRINGS.values():
        for family in (pairing.display, pairing.text):
            assert f'font-family: "{family}";' in faces
            assert f'font-family: "{family} Fallback";' in faces


def test_pieces_need_no_site():
    titles = [title for title, _pieces in groups(SimpleNamespace(pk=0))]
    assert len(titles) == len(set(titles))
