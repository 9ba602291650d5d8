"""A maker brings the films of another place, and the old links lead to the new pages."""

from __future__ import annotations

import http.server
import re
import threading
import uuid
from collections.abc import Iterator
from xml.sax.saxutils import quoteattr

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import RunningNetwork
from tests.journeys.films import make_clip, plays_to_its_end
from tests.journeys.people import VIDEO, listen, new_person, sign_in

pytestmark = [pytest.mark.journey]
SOON = 60_000
ITEM = """<item><title>{title}</title><link>{place}{page}</link><guid isPermaLink="false">{page}</guid>
<pubDate>Tue, 02 Apr 2019 18:30:00 +0200</pubDate><description>Sent in the spring of 2019.</description>
<enclosure url={address} type="{kind}" length="{size}"/></item>"""


class Elsewhere:
    """The old place: a feed of a few films on a port of this machine."""

    def __init__(self, clip: bytes) -> None:
        self.asked: list[str] = []
        self.posts = f"/posts/{uuid.uuid4().hex[:8]}"  # an old address leads to one film, once and for all
        asked, pages = self.asked, {"/lake.mp4": clip, "/boat.mp4": clip, "/talk.mp3": b"sound"}

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_HEAD(self) -> None:
                self.do_GET()

            def do_GET(self) -> None:
                asked.append(f"{self.command} {self.path}")
                body = pages.get(self.path)
                self.send_response(200 if body else 404)
                self.send_header("Content-Type", "video/mp4" if self.path.endswith(".mp4") else "application/rss+xml")
                self.send_header("Content-Length", str(len(body or b"")))
                self.end_headers()
                if self.command == "GET":
                    self.wfile.write(body or b"")

            def log_message(self, *arguments: object) -> None: ...

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_port
        self.place = f"http://localhost:{self.port}"  # the one name inside this machine that the network may fetch from
        films = [("lake", "The lake", "video/mp4"), ("boat", "The boat", "video/mp4"), ("talk", "A talk", "audio/mpeg")]
        items = [
            ITEM.format(
                title=title,
                place=self.place,
                page=f"{self.posts}/{name}",
                kind=kind,
                size=len(clip),
                address=quoteattr(f"{self.place}/{name}{'.mp4' if kind == 'video/mp4' else '.mp3'}"),
            )
            for name, title, kind in films
        ]
        feed = f'<rss version="2.0"><channel><title>By the lake</title>{"".join(items)}</channel></rss>'
        pages["/feed.xml"] = feed.encode()
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return make_clip(tmp_path_factory.mktemp("elsewhere") / "lake.mp4", 3).read_bytes()


@pytest.fixture
def elsewhere(clip: bytes) -> Iterator[Elsewhere]:
    opened = Elsewhere(clip)
    yield opened
    opened.server.shutdown()


@pytest.mark.long
@pytest.mark.parametrize("context", ["desktop"], indirect=True)
def test_the_films_of_a_feed_come_and_their_old_addresses_lead_to_them(
    network: RunningNetwork, context: BrowserContext, elsewhere: Elsewhere
) -> None:
    page = context.new_page()
    problems = listen(page)
    sign_in(page, network, new_person(network, "Chloé"))
    page.goto(network.url(VIDEO, "/videos/mine/"))
    page.get_by_role("link", name="Bring films from elsewhere").click()
    page.get_by_role("link", name="A new import").first.click()

    _ask(page, f"http://127.0.0.1:{elsewhere.port}/feed.xml")  # this machine by its number: not for strangers
    expect(page.get_by_text("leads to a private or local network").first).to_be_visible(timeout=SOON)
    assert not elsewhere.asked, "what is refused is not even asked"

    page.goto(network.url(VIDEO, "/videos/imports/new/"))
    _ask(page, f"{elsewhere.place}/feed.xml")
    begin = page.get_by_role("button", name="Import 2 films")
    expect(begin).to_be_visible(timeout=SOON)
    expect(page.get_by_text("This is sound without a picture; only films are taken here.")).to_be_visible()
    assert not [each for each in elsewhere.asked if each.startswith("GET") and each.endswith(".mp4")], "a dry run"
    begin.click()
    expect(page.locator("#import-state .badge--good")).to_be_visible(timeout=SOON)
    page.reload()
    expect(page.get_by_role("link", name="Report (CSV)")).to_be_visible()
    expect(page.locator(".import-item .badge--good")).to_have_count(2)

    page.get_by_role("link", name="The lake", exact=True).click()
    _until_it_plays(page)
    plays_to_its_end(page, 3)
    film = re.sub(r"[?#].*", "", page.url)
    page.goto(network.url("localhost", f"{elsewhere.posts}/lake"))  # the old host name, pointed here
    expect(page).to_have_url(re.compile(re.escape(film)))
    elsewhere.asked.clear()

    page.goto(network.url(VIDEO, "/videos/imports/new/"))
    _ask(page, f"{elsewhere.place}/feed.xml")
    expect(page.get_by_text("There is nothing new to take.")).to_be_visible(timeout=SOON)
    assert not problems, problems


def _ask(page: Page, address: str) -> None:
    page.get_by_role("radio", name=re.compile("^A feed")).check()
    page.get_by_label("Its address").fill(address)
    page.get_by_role("button", name="Look what would come").click()


def _until_it_plays(page: Page) -> None:
    """Its stage puts the player in by itself."""
    expect(page.locator(".player--own")).to_be_visible(timeout=SOON)
