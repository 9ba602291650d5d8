"""The demo's brands can be read by everybody and told apart by anybody."""

from __future__ import annotations

from collections import Counter

import pytest

from bouquet.config.demo.brands import BRANDS
from bouquet.config.demo.sites import SITES
from bouquet.shared.network.models import Brand
from bouquet.toolkit.colours import contrast
from bouquet.toolkit.typefaces import PAIRINGS
from bouquet.toolkit.views import PAIRS


@pytest.mark.parametrize("name", BRANDS)
@pytest.mark.parametrize("prefix", ["", "dark_"])
def test_text_and_links_are_readable_in_both_schemes(name, prefix):
    brand = BRANDS[name]
    for colour, ground in PAIRS:
        ratio = contrast(brand[prefix + colour], brand[prefix + ground])
        assert ratio >= 4.5, f"{name}: {prefix}{colour} on {prefix}{ground} is {ratio:.2f}"


@pytest.mark.django_db
@pytest.mark.parametrize("name", BRANDS)
def test_a_brand_is_one_that_the_desk_would_accept(name):
    Brand(**BRANDS[name]).full_clean()
    assert BRANDS[name]["typefaces"] in PAIRINGS


def test_no_two_brands_share_their_type_or_their_layout():
    types = Counter(brand["typefaces"] for brand in BRANDS.values())
    layouts = Counter((brand["masthead"], brand["cards"], brand["shape"]) for brand in BRANDS.values())
    assert max(types.values()) == 1
    assert max(layouts.values()) == 1


def test_every_site_of_the_demo_has_its_brand():
    assert {site.brand for site in SITES} == set(BRANDS)
