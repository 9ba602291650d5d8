"""A viewer's evening: a film is found, kept in a list, shared; its maker is followed and tells of the next one."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.journeys.conftest import RunningNetwork
from tests.journeys.films import make_clip, reach, send_films
from tests.journeys.people import FRONT, VIDEO, listen, new_person, sign_in

pytestmark = [pytest.mark.journey]
SAID = "WEBVTT\n\n00:00.000 --> 00:06.000\nWho lights the lamps of Annecy?\n"
TRIES, PAUSE = 120, 500  # milliseconds between two looks for what a task does


@dataclass(frozen=True)
class Shelf:
    """Three films of one maker, ready to be watched; a word that is in the titles of these alone."""

    maker: str
    name: str
    word: str
    films: list[str]

    def title(self, number: int) -> str:
        return f"{['L’été', 'The winter', 'The spring'][number]} of {self.word}"


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_clip(tmp_path_factory.mktemp("clips") / "lamps.mp4", 6)


@pytest.fixture(scope="module")
def shelf(network: RunningNetwork, chromium: Browser, clip: Path) -> Shelf:
    word = f"Annecy{uuid.uuid4().hex[:6]}"
    name = f"Inès {uuid.uuid4().hex[:6]}"
    maker = new_person(network, name)
    made = Shelf(maker, name, word, [])
    titles = [(made.title(0), "travel"), (made.title(1), "travel"), (made.title(2), "music")]
    made.films.extend(send_films(network, maker, clip, *titles, captions=SAID))
    page = chromium.new_page()
    for film in made.films:
        _until(page, network.url(VIDEO, film), page.locator(".player--own"))
    page.close()
    return made


@pytest.mark.parametrize("context", ["desktop"], indirect=True)
def test_a_search_without_accents_is_narrowed_and_widened(
    network: RunningNetwork, context: BrowserContext, shelf: Shelf
) -> None:
    page = context.new_page()
    problems = listen(page)
    _in_english(page, network)
    hits = page.locator(".hit__title")
    _until(page, network.url(VIDEO, f"/search/?q={shelf.word}"), page.get_by_text("3 hits"))
    line = page.get_by_placeholder("What are you looking for?").last
    line.fill(f"ete {shelf.word.lower()}")
    line.press("Enter")
    expect(hits).to_have_text([shelf.title(0)])

    page.goto(network.url(VIDEO, f"/search/?q={shelf.word}"))
    page.get_by_label("Category").select_option("travel")
    expect(hits).to_have_count(2)
    page.get_by_label("Narrowed by").get_by_role("link", name="Travel and places").click()
    expect(hits).to_have_count(3)

    page.goto(network.url(VIDEO, "/search/?q=lamps"))
    page.locator(".hit").filter(has_text=shelf.title(1)).locator(".hit__said a").click()
    expect(page.get_by_role("heading", name=shelf.title(1))).to_be_visible()
    assert not problems, problems


@pytest.mark.parametrize("context", ["phone"], indirect=True)
def test_a_list_is_made_while_watching_and_put_in_order_by_keys_and_by_hand(
    network: RunningNetwork, context: BrowserContext, shelf: Shelf
) -> None:
    page = context.new_page()
    problems = listen(page)
    sign_in(page, network, new_person(network, "Driss"))
    for number, film in enumerate(shelf.films):
        page.goto(network.url(VIDEO, film))
        page.get_by_role("button", name="Keep", exact=True).click()
        if number == 0:
            page.get_by_placeholder("New collection").fill("Tonight")
            page.get_by_placeholder("New collection").press("Enter")
        else:
            page.get_by_role("button", name="Tonight").click()
        expect(page.get_by_role("button", name="Tonight")).to_have_attribute("aria-pressed", "true")

    page.goto(network.url(VIDEO, "/me/collections/"))
    page.get_by_role("link", name="Tonight").first.click()
    order = [shelf.title(0), shelf.title(1), shelf.title(2)]
    expect(_rows(page)).to_have_text(order)
    handle = page.get_by_role("button", name=f"Move “{shelf.title(0)}”: arrow keys, or drag")
    handle.focus()
    handle.press("ArrowDown")
    expect(page.get_by_text("Moved to place 2")).to_be_visible()
    page.reload()
    expect(_rows(page)).to_have_text([order[1], order[0], order[2]])
    _drag_to_the_top(page, order[2])
    expect(page.get_by_text("Moved to place 1")).to_be_visible()
    page.reload()
    expect(_rows(page)).to_have_text([order[2], order[1], order[0]])

    page.get_by_role("link", name="Play all").click()
    expect(page.get_by_role("heading", name=order[2])).to_be_visible()
    expect(page.get_by_text("1 of 3")).to_be_visible()
    page.get_by_role("link", name="Next", exact=True).click()
    expect(page.get_by_role("heading", name=order[1])).to_be_visible()
    assert not problems, problems


@pytest.mark.parametrize("context", ["phone"], indirect=True)
def test_a_moment_is_shared_and_its_maker_followed_who_tells_of_the_next_film(
    network: RunningNetwork, context: BrowserContext, shelf: Shelf, clip: Path
) -> None:
    page = context.new_page()
    problems = listen(page)
    sign_in(page, network, new_person(network, "Driss"))
    page.goto(network.url(VIDEO, shelf.films[0]))
    page.locator(".player__begin").click()
    reach(page, 2)
    page.evaluate("document.querySelector('.player video').pause()")
    page.get_by_role("button", name="Share", exact=True).click()
    page.get_by_label("Start at").check()
    address = page.locator("[data-film-share-target=link]").input_value()
    assert re.search(r"\?t=[2-6]$", address), address
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.get_by_text("Copied", exact=True)).to_be_visible()
    page.goto(address)
    page.locator(".player__begin").click()
    reach(page, 2.1)

    page.goto(network.url(VIDEO, shelf.films[0]))
    page.get_by_role("button", name="Follow", exact=True).click()
    expect(page.get_by_role("button", name="Following")).to_be_visible()
    bell = page.get_by_role("button", name="A notice of everything new")
    if bell.get_attribute("aria-pressed") == "false":
        bell.click()
    expect(bell).to_have_attribute("aria-pressed", "true")
    title = f"The autumn {uuid.uuid4().hex[:6]}"
    send_films(network, shelf.maker, clip, (title, ""))
    told = page.get_by_text(f"{shelf.name} has published “{title}”")
    _until(page, network.url(VIDEO, "/notices/"), told)
    told.click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    assert not problems, problems


@pytest.mark.parametrize("context", ["desktop"], indirect=True)
def test_the_player_is_set_as_one_likes_it_and_stays_so(
    network: RunningNetwork, context: BrowserContext, shelf: Shelf
) -> None:
    page = context.new_page()
    problems = listen(page)
    _in_english(page, network)
    page.goto(network.url(VIDEO, shelf.films[0]))
    page.locator(".player__begin").click()
    reach(page, 0.2)
    page.evaluate("document.querySelector('.player video').pause()")
    page.get_by_role("button", name="Settings of the player").click()
    settings = page.get_by_role("group", name="Settings of the player")
    settings.get_by_role("radio", name="English").check()
    settings.get_by_text("How captions look").click()
    settings.get_by_role("radio", name="Very large").check()
    settings.get_by_role("radio", name="Black").check()
    expect(page.locator(".player__captions")).to_have_text("Who lights the lamps of Annecy?")
    page.keyboard.press("Escape")
    expect(page.get_by_text("How captions look")).to_be_hidden()
    theatre, wide = page.get_by_role("button", name="Theatre: the whole width"), page.locator(".watch--theatre")
    has_room = theatre.is_visible()  # a phone's film has the whole width anyway
    if has_room:
        theatre.click()
        expect(wide).to_be_visible()

    page.reload()
    expect(wide).to_have_count(1 if has_room else 0)
    player = page.locator(".player--own")
    expect(player).to_have_attribute("data-caption-size", "huge")
    expect(player).to_have_attribute("data-caption-ground", "solid")
    page.keyboard.press("t")
    expect(wide).to_have_count(0 if has_room else 1)
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys of the player")
    expect(keys).to_be_visible()
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    page.keyboard.press("k")
    reach(page, 0.5)
    expect(page.locator(".player__captions")).to_have_text("Who lights the lamps of Annecy?")
    page.keyboard.press("c")
    expect(page.locator(".player__captions")).to_be_hidden()
    assert not problems, problems


def _in_english(page: Page, network: RunningNetwork) -> None:
    for host in (VIDEO, FRONT):
        page.context.add_cookies([{"name": "bq_language", "value": "en", "url": network.url(host)}])


def _until(page: Page, address: str, wanted: Locator) -> None:
    """The page as it is when a task has done its part."""
    for _try in range(TRIES):
        page.goto(address)
        if wanted.count():
            return
        page.wait_for_timeout(PAUSE)
    raise AssertionError(f"{address} never showed {wanted}")


def _rows(page: Page) -> Locator:
    return page.locator(".list-row__title")


def _drag_to_the_top(page: Page, title: str) -> None:
    """By a finger where there is one, else by the mouse."""
    grip = page.get_by_role("button", name=f"Move “{title}”: arrow keys, or drag")
    grip.scroll_into_view_if_needed()
    start, end = grip.bounding_box(), _rows(page).first.bounding_box()
    assert start and end
    x, y = start["x"] + start["width"] / 2, start["y"] + start["height"] / 2
    way = [y + (end["y"] - 12 - y) * step / 8 for step in range(1, 9)]
    if page.evaluate("matchMedia('(hover: none)').matches"):
        fingers = page.context.new_cdp_session(page)
        fingers.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
        for place in way:
            fingers.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": place}]})
        fingers.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        return
    page.mouse.move(x, y)
    page.mouse.down()
    for place in way:
        page.mouse.move(x, place)
    page.mouse.up()
