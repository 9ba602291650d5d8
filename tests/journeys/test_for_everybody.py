"""WCAG 2.2 AA by axe-core on every piece of the design system, in every brand, light and dark, large and small."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from bouquet.config.demo.brands import BRANDS
from tests.journeys.conftest import ROOT, RunningNetwork
from tests.journeys.loading import listen

pytestmark = pytest.mark.journey

LETTERS = 97_000  # of the 150 kB of a front page; the rest is counted in bouquet/config/tests/test_weight.py
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
HANG_UP = """
import json
from bouquet.config.demo.brands import BRANDS
from bouquet.shared.network.models import Brand
for data in BRANDS.values():
    Brand.objects.update_or_create(name=data["name"], defaults=data)
print(json.dumps({name: Brand.objects.get(name=data["name"]).pk for name, data in BRANDS.items()}))
"""


@pytest.fixture(scope="module")
def wardrobe(network: RunningNetwork) -> dict[str, int]:
    """The demo's brands hang in the network, to be tried on: name → key."""
    return json.loads(network.bouquet("manage", "shell", "-v0", "-c", HANG_UP).splitlines()[-1])


@pytest.fixture
def dressed(network: RunningNetwork, wardrobe: dict[str, int], dress: str, scheme: str) -> str:
    """The rest of an address that puts a brand on."""
    return f"?brand={wardrobe[dress]}&scheme={scheme}"


@pytest.fixture
def guide(network: RunningNetwork) -> str:
    return network.url("video.bouquet.localhost", "/styleguide/")


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce", locale="fr-FR")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("dress", ["bouquet", "musique"])
def test_every_piece_passes_axe(guide, dressed, page):
    page.goto(guide + dressed)
    assert _faults(page, but="heading-order") == []  # the pieces on show bring headings of their own


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("dress", BRANDS)
def test_a_front_passes_axe_in_every_brand(guide, dressed, page, dress):
    page.goto(f"{guide}front/{dressed}")
    # What is written is the same in each: whole once, then what a brand can change. The real front has a heading one.
    only = None if dress == "bouquet" else ["color-contrast"]
    assert _faults(page, but="page-has-heading-one", only=only) == []


@pytest.mark.parametrize("scheme", [""])
@pytest.mark.parametrize("dress", BRANDS)
def test_a_front_has_few_letters_and_is_never_wider_than_the_screen(guide, dressed, page, dress):
    came = listen(page, dress)
    page.goto(f"{guide}front/{dressed}", wait_until="networkidle")
    assert 30_000 < came.bytes["letters"] <= LETTERS, came.bytes  # slanted ones, too, where a brand writes with them
    assert _too_wide(page) == {}


def test_no_piece_is_wider_than_the_screen(guide, page):
    page.goto(guide)
    assert _too_wide(page) == {}


def test_a_keyboard_goes_by_the_skip_link_into_a_menu_and_out(guide, page):
    page.goto(guide)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    summary = page.locator("#buttons details.menu summary")
    summary.press("Enter")
    page.wait_for_function("document.querySelector('#buttons details.menu').open")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    page.wait_for_function("!document.querySelector('#buttons details.menu').open")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_the_readers_scheme_is_kept(guide, page):
    page.goto(guide)
    page.locator(".site-footer button[value=dark]").click()
    assert page.evaluate("document.documentElement.dataset.scheme") == "dark"
    page.reload()
    assert page.evaluate("document.documentElement.dataset.scheme") == "dark"


def test_a_dialog_opens_holds_the_focus_and_closes(guide, page):
    page.goto(guide)
    page.get_by_role("button", name="Open a dialog").click()
    assert page.locator("#sample-dialog").evaluate("dialog => dialog.matches(':modal')")
    page.keyboard.press("Escape")
    assert not page.locator("#sample-dialog").evaluate("dialog => dialog.open")


def _faults(page: Page, *, but: str, only: list[str] | None = None) -> list[str]:
    page.evaluate(AXE.read_text())
    options = {"runOnly": only or RULES, "rules": {but: {"enabled": False}}}
    found = page.evaluate("options => axe.run(document, options)", options)["violations"]
    return [f"{fault['id']}: {node['target']} {node['failureSummary']}" for fault in found for node in fault["nodes"]]


def _too_wide(page: Page) -> dict[int, list[str]]:
    """On which screens the page scrolls sideways, and why. 320 px is also 1280 px at 400 % (WCAG 1.4.10)."""
    page.evaluate("document.fonts.ready.then(() => true)")
    wide = {}
    for width in (320, 360, 768, 1024, 1920):
        page.set_viewport_size({"width": width, "height": 800})
        page.wait_for_function("width => innerWidth === width", arg=width)
        for _moment in range(20):  # a page that was turned just now settles first
            if not page.evaluate(SIDEWAYS):
                break
            page.wait_for_timeout(150)
        else:
            wide[width] = page.evaluate(STICKS_OUT)
    return wide


SIDEWAYS = "Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) > innerWidth"
STICKS_OUT = """[...document.querySelectorAll("body *")]
    .map(element => [element, Math.round(element.getBoundingClientRect().right)])
    .filter(([, right]) => right > innerWidth + 1)
    .slice(0, 8).map(([element, right]) => `${element.tagName}.${element.getAttribute("class")} to ${right}`)"""
