import io

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from PIL import Image

from bouquet.shared.network.actions import add_brand
from bouquet.shared.network.brand_css import brand_css_path
from bouquet.shared.network.models import Brand
from bouquet.shared.network.tests.make import make_brand, make_main_site, make_site
from bouquet.toolkit.colours import contrast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("#000000", "#ffffff", 21), ("#767676", "#ffffff", 4.54), ("#0000ff", "#ffffff", 8.59)]
)
def test_contrast_is_what_the_guidelines_say(one, other, ratio):
    assert round(contrast(one, other), 2) == round(contrast(other, one), 2) == ratio


def test_the_plain_brand_is_readable():
    Brand(name="Plain").full_clean()


@pytest.mark.parametrize(
    ("changes", "field", "ratio"),
    [
        ({"ink": "#777777", "paper": "#888888"}, "ink", "1.26:1"),
        ({"quiet": "#9a9a9a"}, "quiet", "2.81:1"),
        ({"accent": "#ff8800"}, "accent", "2.39:1"),
        ({"accent": "#1f4fd8", "on_accent": "#222222"}, "on_accent", "2.40:1"),
        ({"dark_ink": "#333333"}, "dark_ink", "1.50:1"),
    ],
)
def test_colours_that_people_cannot_read_are_refused_with_both_ratios(changes, field, ratio):
    with pytest.raises(ValidationError) as refusal:
        add_brand(name="Fog", **changes)
    said = " ".join(refusal.value.message_dict[field])
    assert ratio in said and "at least 4.5:1" in said


@pytest.mark.parametrize("wrong", [{"paper": "white"}, {"paper": "#fff"}, {"typefaces": "comic"}, {"shape": "star"}])
def test_what_is_no_colour_or_no_choice_is_refused(wrong):
    with pytest.raises(ValidationError) as refusal:
        add_brand(name="Odd", **wrong)
    assert next(iter(wrong)) in refusal.value.message_dict


def test_a_brand_is_a_style_sheet_kept_for_ever_under_an_address_that_changes_with_it():
    site = make_site("video", brand=make_brand("Nuit", accent="#aa0033", typefaces="cinema"))
    before = brand_css_path(site.brand)
    sheet = Client().get(before, headers={"host": site.host})
    assert sheet["Content-Type"].startswith("text/css") and "immutable" in sheet["Cache-Control"]
    assert "--accent: light-dark(#aa0033, #8fb0ff)" in sheet.text and "Bodoni Moda" in sheet.text
    site.brand.accent = "#770022"
    site.brand.save()
    after = brand_css_path(site.brand)
    assert after != before and f'href="{after}"' in Client().get("/legal/", headers={"host": site.host}).text
    old = Client().get(before, headers={"host": site.host})
    assert "#770022" in old.text and "immutable" not in old["Cache-Control"]


def test_a_page_can_show_every_brand_at_once():
    main, site = make_main_site(front=True), make_site("video", brand=make_brand("Nuit", scheme="dark"))
    page = Client().get("/", headers={"host": main.host}).text
    address = page.split('href="/brand/network-')[1].split('"')[0]
    sheet = Client().get(f"/brand/network-{address}", headers={"host": main.host}).text
    assert f'[data-brand="{site.brand_id}"]' in sheet and "color-scheme: dark" in sheet


@pytest.mark.parametrize("size", [32, 180, 192, 512])
@pytest.mark.parametrize("shape", ["icon", "maskable"])
def test_a_brand_has_icons_made_of_its_first_letter(size, shape):
    site = make_site("video", brand=make_brand("Été", accent="#aa0033"))
    answer = Client().get(site.brand.icon_path(size, maskable=shape == "maskable"), headers={"host": site.host})
    drawn = Image.open(io.BytesIO(answer.content)).convert("RGBA")
    assert answer["Content-Type"] == "image/png" and drawn.size == (size, size)
    near = zip(drawn.getpixel((size // 2, size // 8)), (0xAA, 0x00, 0x33), strict=False)
    assert all(abs(one - other) < 8 for one, other in near)
    assert drawn.getpixel((0, 0))[3] == (255 if shape == "maskable" or size == 180 else 0)
    assert len(drawn.getcolors(maxcolors=1_000_000)) > 2, "the letter is drawn"


def test_icons_of_other_sizes_and_favicons():
    site = make_site("video")
    odd = site.brand.icon_path(180).replace("180", "181")
    assert Client().get(odd, headers={"host": site.host}).status_code == 404
    assert Client().get("/favicon.ico", headers={"host": site.host})["Content-Type"] == "image/png"


@pytest.mark.parametrize("query", ["", "?paper=red", "?paper=%23ffffff}body{display:none", "?typefaces=x"])
def test_a_draft_sheet_holds_colours_and_nothing_else(query):
    site = make_site("video")
    assert Client().get("/brand/draft.css" + query, headers={"host": site.host}).status_code == 404
