"""A maker's afternoon: several films sent at once, one of them changed in all its parts, replaced, cut and removed."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.journeys.conftest import RunningNetwork
from tests.journeys.films import make_clip, plays_to_its_end, reach, send_films
from tests.journeys.line import Line
from tests.journeys.people import VIDEO, listen, new_person, sign_in

pytestmark = [pytest.mark.journey]
SOON = 60_000  # milliseconds that an encode of seconds may take on a machine that does much else


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("clips")
    notes = folder / "notes.mp4"
    notes.write_text("Not a film at all, whatever its name says.\n" * 50)
    return {
        "heavy": make_clip(folder / "boat.mp4", 4, kilobits=24_000),  # more than a browser's kernel takes in at once
        "small": make_clip(folder / "lake.mp4", 6),
        "longer": make_clip(folder / "lake again.mp4", 8),
        "notes": notes,
    }


@pytest.fixture
def maker(network: RunningNetwork) -> str:
    return new_person(network, "Chloé")


@pytest.mark.parametrize("context", ["desktop"], indirect=True)
def test_several_films_are_sent_at_once_though_one_is_none_and_the_page_is_reloaded(
    network: RunningNetwork, line: Line, context: BrowserContext, maker: str, clips: dict[str, Path]
) -> None:
    page = context.new_page()
    problems = listen(page)
    page.on("dialog", lambda dialog: dialog.accept())  # the browser asks before a page that sends is left
    sign_in(page, network, maker)
    chosen = [clips["heavy"], clips["notes"], clips["small"]]

    _choose(page, network, chosen)
    expect(_lines(page)).to_have_count(3)
    for number, title in enumerate(["The boat", "My notes", "The lake"]):
        _lines(page).nth(number).get_by_label("Title").fill(title)
    page.get_by_label("Who may see them").select_option("unlisted")
    try:
        line.upload_bytes_a_second = 2_000_000
        page.get_by_role("button", name="Send them").click()
        for number in (1, 2):
            expect(_lines(page).nth(number)).to_have_attribute("data-state", "done")
        _has_sent(page, 0, 0.5)
        page.reload()
    finally:
        line.upload_bytes_a_second = None

    expect(page.get_by_text("Not sent to the end")).to_be_visible()
    expect(page.locator(".send__open")).to_have_count(1)
    before = line.carried
    _choose(page, network, chosen)
    expect(_lines(page).nth(0)).to_contain_text("goes on where it stopped")
    expect(_lines(page).nth(0).get_by_label("Title")).to_have_value("The boat")
    for number in (1, 2):
        expect(_lines(page).nth(number)).to_contain_text("was sent from this page already")
    page.get_by_role("button", name="Send them").click()
    expect(page.get_by_text("All 1 have arrived.")).to_be_visible()
    assert line.carried - before < 0.9 * clips["heavy"].stat().st_size, "what had arrived was sent once more"

    page.get_by_role("link", name="To my videos").click()
    expect(page.locator(".my-video")).to_have_count(3)
    expect(page.locator(".my-video:not([data-moving])")).to_have_count(3, timeout=SOON)
    expect(_film(page, "My notes").locator(".badge--bad")).to_be_visible()
    for title in ("The boat", "The lake"):
        expect(_film(page, title).locator(".badge--bad")).to_have_count(0)
        expect(_film(page, title)).to_contain_text("Who has the address")
    assert not problems, problems


@pytest.mark.long
@pytest.mark.parametrize("context", ["phone"], indirect=True)
def test_a_film_is_put_right_replaced_cut_and_removed(
    network: RunningNetwork, context: BrowserContext, maker: str, clips: dict[str, Path]
) -> None:
    page = context.new_page()
    problems = listen(page)
    [film] = send_films(network, maker, clips["small"], ("The lake", ""))
    address = network.url(VIDEO, film)
    sign_in(page, network, maker)
    page.goto(network.url(VIDEO, "/videos/mine/"))
    expect(page.locator(".my-video:not([data-moving])")).to_have_count(1, timeout=SOON)

    title = f"The lake at noon {uuid.uuid4().hex[:6]}"
    _write_words(page, title)
    _only_mine_then_everybodys(page, network, film)
    _choose_a_poster(page)
    _write_chapters(page, address)
    _write_a_caption_with_the_keyboard_alone(page, address)
    _replace(page, address, clips["longer"])
    _cut(page, address)

    page.goto(address)
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    page.locator(".watch__do").get_by_role("link", name="Numbers").click()
    expect(page.locator(".numbers-page")).to_be_visible()

    _remove(page, network, title)
    assert page.goto(address).status == 404  # type: ignore[union-attr]
    assert not problems, problems


def _choose(page: Page, network: RunningNetwork, files: list[Path]) -> None:
    page.goto(network.url(VIDEO, "/videos/new/"))
    expect(page.locator("label.send__file").first).to_be_visible()  # its script is there
    page.locator("input[type=file][data-uploader-target=input]").set_input_files(files)


def _lines(page: Page) -> Locator:
    return page.locator(".batch__line")


def _has_sent(page: Page, number: int, share: float) -> None:
    bar = _lines(page).nth(number).locator("progress")
    for _try in range(400):
        if bar.evaluate("bar => bar.value") >= share:
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"of film {number} not even {share} was sent")


def _film(page: Page, title: str) -> Locator:
    return page.locator(".my-video").filter(has_text=title)


def _edit(page: Page, film: str) -> None:
    page.goto(f"{film}edit")
    expect(page.get_by_role("heading", name="Edit the video")).to_be_visible()


def _keep(page: Page) -> None:
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(page.get_by_text("Your changes are kept.")).to_be_visible()


def _write_words(page: Page, title: str) -> None:
    page.get_by_role("link", name="Edit", exact=True).click()
    page.locator("#id_title").fill(title)
    page.locator("#id_summary").fill("Noon by the water. At 0:02 the boat comes.")
    page.get_by_label("Tags").fill("lake, noon")
    page.get_by_label("Category").select_option("travel")
    _keep(page)


def _only_mine_then_everybodys(page: Page, network: RunningNetwork, film: str) -> None:
    """First to nobody, then from a day to come on, then to all: what a stranger is answered each time."""
    stranger = page.context.browser.new_context()  # type: ignore[union-attr]
    try:
        other, address = stranger.new_page(), network.url(VIDEO, film)

        def answer() -> int:
            return other.goto(address).status  # type: ignore[union-attr]

        assert answer() == 200
        page.get_by_label("Who may see it").select_option("private")
        _keep(page)
        assert answer() == 404
        page.get_by_label("Who may see it").select_option("public")
        page.locator("#id_windows-0-opens_at").fill("2101-01-01T08:00")
        _keep(page)
        assert answer() == 451
        page.locator("#id_windows-0-opens_at").fill("")
        _keep(page)
        assert answer() == 200
    finally:
        stranger.close()


def _choose_a_poster(page: Page) -> None:
    """The moment where the player stands; nothing was played before."""
    page.locator("#picture").get_by_role("button", name="Show this moment").click()
    expect(page.get_by_text("This picture is being prepared")).to_be_visible()
    assert page.evaluate("document.querySelector('.player video').paused")
    back = page.get_by_role("button", name="Back to the picture taken from the film")
    for _try in range(40):
        page.reload()
        if back.count():
            return
        page.wait_for_timeout(250)
    raise AssertionError("the chosen picture did not come")


def _write_chapters(page: Page, film: str) -> None:
    page.goto(f"{film}edit")
    page.get_by_role("link", name="Chapters").click()
    lines = page.get_by_label("Chapters, one a line")
    lines.fill("0:00 The shore\n0:04 Home again")
    page.locator(".player__range").fill("2")  # along the line, without playing
    reach(page, 2)
    page.get_by_role("button", name="A chapter begins here").click()
    page.keyboard.type("The boat")
    expect(lines).to_have_value("0:00 The shore\n0:02 The boat\n0:04 Home again")
    assert page.evaluate("document.querySelector('.player video').paused")
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(page.locator(".chapters__list li")).to_have_count(3)


def _write_a_caption_with_the_keyboard_alone(page: Page, film: str) -> None:
    page.goto(f"{film}captions")
    _go_to(page, page.get_by_role("button", name="Go on"))
    page.keyboard.press("Enter")
    add = page.get_by_role("button", name="Add a text here")
    expect(add).to_be_visible()
    _go_to(page, add)
    page.keyboard.press("Enter")
    page.keyboard.type("Look, the boat!")
    expect(page.locator("[data-caption-editor-target=state]")).to_have_attribute("data-state", "kept")
    expect(page.locator(".player__captions")).to_have_text("Look, the boat!")
    page.reload()
    expect(page.locator(".cue__text")).to_have_text(["Look, the boat!"])


def _go_to(page: Page, element: Locator) -> None:
    for _press in range(80):
        if element.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not come to {element}")


def _replace(page: Page, film: str, clip: Path) -> None:
    page.goto(f"{film}edit")
    page.get_by_role("link", name="Replace the file").click()
    page.get_by_label("The new film").set_input_files(clip)
    page.get_by_role("button", name="Send the new file").click()
    expect(page.get_by_text("The film shows its new file")).to_be_visible(timeout=SOON)
    page.goto(film)
    expect(page.locator("[data-player-target=length]")).to_have_text("0:08")


def _cut(page: Page, film: str) -> None:
    page.goto(f"{film}edit")
    page.get_by_role("link", name="Cut the film").click()
    page.get_by_label("Slide the beginning").fill("2")
    reach(page, 2)
    assert page.evaluate("document.querySelector('.player video').paused"), "sliding an end began to play the film"
    page.get_by_label("End at").fill("0:05.5")
    page.get_by_label("End at").blur()
    expect(page.get_by_text("0:03.5 of 0:08 stay.")).to_be_visible()
    page.get_by_role("button", name="Cut", exact=True).click()
    expect(page.get_by_text("The film is cut")).to_be_visible(timeout=SOON)
    page.goto(film)
    expect(page.locator("[data-player-target=length]")).to_have_text("0:03")
    plays_to_its_end(page, 3.5)


def _remove(page: Page, network: RunningNetwork, title: str) -> None:
    page.goto(network.url(VIDEO, "/videos/mine/"))
    _film(page, title).get_by_role("link", name="Remove").click()
    expect(page.get_by_text("This cannot be undone.")).to_be_visible()
    page.get_by_role("button", name="Remove it").click()
    expect(page.get_by_text("is removed, with its files")).to_be_visible()
    expect(_film(page, title)).to_have_count(0)
