"""On the network's front each site's name stands in its own letters, and no reader fetches a whole family for it."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.test import Client
from fontTools.ttLib import TTFont

from bouquet.shared.network.models import Site
from bouquet.shared.network.tests.make import make_brand, make_main_site, make_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def door() -> Client:
    return Client(headers={"host": make_main_site(front=True).host})


def _site(name: str, wordmark: str = "", **brand: Any) -> Site:
    return make_site("video", name=name, brand=make_brand("Nuit", wordmark=wordmark, typefaces="business", **brand))


def _sheet(door: Client) -> str:
    address = re.search(r'href="(/brand/network-\w+\.css)"', door.get("/").text)
    assert address
    return door.get(address[1]).text


def _faces(sheet: str, site: Site) -> list[str]:
    return re.findall(rf'url\("(/brand/{site.brand_id}-[^"]+)"', sheet)


def _letters(door: Client, address: str) -> str:
    font = TTFont(io.BytesIO(door.get(address).content))
    assert font.flavor == "woff2" and "fvar" not in font
    return "".join(sorted(map(chr, font.getBestCmap()))).replace("‐", "").replace("-", "")


def test_a_name_brings_its_own_letters_and_no_others(door: Client) -> None:
    site = _site("Le Comptoir")
    page, sheet = door.get("/").text, _sheet(door)
    assert '<span class="site-plate__name" dir="auto">Le Comptoir</span>' in page
    (address,) = _faces(sheet, site)
    assert f'--font-display: "plate {site.brand_id}", "Source Serif 4 Fallback"' in sheet
    answer = door.get(address)
    assert answer["Content-Type"] == "font/woff2" and "immutable" in answer["Cache-Control"]
    assert len(answer.content) < 2500
    assert _letters(door, address) == " CLeimoprt"


def test_the_sheet_of_all_sites_travels_packed(door: Client) -> None:
    _site("Le Comptoir")
    address = re.search(r'href="(/brand/network-\w+\.css)"', door.get("/").text)
    assert address
    packed = door.get(address[1], headers={"accept-encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip" and "immutable" in packed["Cache-Control"]


def test_a_new_name_or_another_type_has_its_letters_on_the_next_page(door: Client) -> None:
    site = _site("Le Comptoir")
    (old,) = _faces(_sheet(door), site)
    site.name = "Zigzag"
    site.save()
    (renamed,) = _faces(_sheet(door), site)
    assert renamed != old and _letters(door, renamed) == "Zagiz"
    late = door.get(old)
    assert late.status_code == 200 and "immutable" not in late["Cache-Control"], "an old page gets today's letters"
    site.brand.typefaces = "street"
    site.brand.save()
    sheet = _sheet(door)
    (retyped,) = _faces(sheet, site)
    assert retyped != renamed and '"Unbounded Fallback"' in sheet


def test_sites_that_share_a_brand_share_the_letters_of_both_names(door: Client) -> None:
    site = _site("Abc")
    make_site("other", name="Xyz", brand=site.brand)
    (address,) = _faces(_sheet(door), site)
    assert _letters(door, address) == "AXbcyz"


@pytest.mark.parametrize(
    ("wordmark", "parts"),
    [
        ("Łódź 24", ["4 2dó", "Łź"]),
        ("Café ☕ بوكيه", [" Café"]),
        ("Cafe\u0301", ["Cafeé\u0301"]),  # the accent as a letter of its own
        ("بوكيه", []),
        ("Букет", []),
        ("💐", []),
        ("</style>\"'{}", ["\"'/<>elsty{}"]),
    ],
)
def test_letters_that_a_family_has_not_are_left_to_the_reader_s_own(
    door: Client, wordmark: str, parts: list[str]
) -> None:
    site = _site("Site", wordmark)
    sheet = _sheet(door)
    addresses = _faces(sheet, site)
    assert [_letters(door, address) for address in addresses] == ["".join(sorted(part)) for part in parts]
    ranges = re.findall(r"unicode-range: ([^;]+);", sheet)
    assert not any("U+628" in each or "U+1F490" in each for each in ranges)
    if not parts:
        assert '--font-display: "Source Serif 4", "Source Serif 4 Fallback"' in sheet


def test_nobody_gets_letters_that_no_name_has(door: Client) -> None:
    site, unworn = _site("Le Comptoir"), make_brand("Unworn")
    (address,) = _faces(_sheet(door), site)
    assert door.get(address.replace("latin", "latin-ext")).status_code == 404
    assert door.get(address.replace("latin", "cyrillic")).status_code == 404
    assert door.get(f"/brand/{unworn.pk}-0123456789/latin.woff2").status_code == 404
    assert door.get("/brand/999999-0123456789/latin.woff2").status_code == 404
