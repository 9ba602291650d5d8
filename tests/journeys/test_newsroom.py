"""A newsroom's day: a story with photo and film is written, sent back, amended, published at its hour on two sites,
talked about; an old one takes no more comments; and what the day brought goes out by mail, verified by name.

To thousands, with kills in the middle: test_many_readers.py.
"""

from __future__ import annotations

import os
import re
import uuid
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect

from tests.journeys import newsdesk
from tests.journeys.conftest import PATIENCE, RunningNetwork
from tests.journeys.films import make_clip, reach, send_films
from tests.journeys.newsdesk import COURRIER, GAZETTE, Newsroom, sign_in_there
from tests.journeys.people import listen, new_person

pytestmark = [pytest.mark.journey]
WORDS = "My father was its captain."
THE_HOUR = """
from django.utils import timezone
from wagtail.models import Revision
from bouquet.kinds.articles.tasks import keep_the_hour
waiting = Revision.objects.get(object_id={page!r}, approved_go_live_at__isnull=False)
waiting.approved_go_live_at = timezone.now()
waiting.content["go_live_at"] = timezone.now().isoformat()
waiting.save()
keep_the_hour.call()
"""


def test_a_story_from_the_first_word_to_the_newsletter(
    network: RunningNetwork, chromium: Browser, playwright: Playwright, tmp_path: Path
) -> None:
    newsroom = newsdesk.found_newsroom(network)
    desk = chromium.new_context(viewport={"width": 1440, "height": 1000}, locale="en-GB")
    phone = chromium.new_context(**playwright.devices["Pixel 7"], locale="en-GB")
    for context in (desk, phone):
        context.set_default_timeout(PATIENCE)
    try:
        title = f"The ferry leaves before the sun {uuid.uuid4().hex[:4]}"
        film = f"The quay {uuid.uuid4().hex[:4]}"
        send_films(network, "chloe@bouquet.example", make_clip(tmp_path / "quay.mp4", 2), (film, ""))
        photos = [_photo(tmp_path / "boats.jpg"), _photo(tmp_path / "gulls.jpg")]
        page = desk.new_page()
        number = newsdesk.write_and_submit(page, network, newsroom, title, photos, film)
        newsdesk.send_back(page, network, number, "Which ferry?")
        newsdesk.amend_and_schedule(page, network, number)
        newsdesk.approve_for_two_sites(page, network, number)
        _it_comes_at_its_hour(phone, network, number, title)
        reader = phone.new_page()
        problems = listen(reader)
        _read_on_both_sites(reader, network, title)
        _comment_waits(reader, network, title)
        newsdesk.accept_comment(page, network, WORDS)
        _comment_stands(reader, network, title)
        _old_story_is_closed(reader, network, newsroom)
        newsdesk.send_newsletter(page, network, title)
        assert problems == []
    finally:
        desk.close()
        phone.close()


def _it_comes_at_its_hour(phone: BrowserContext, network: RunningNetwork, number: str, title: str) -> None:
    page = phone.new_page()
    for host in (GAZETTE, COURRIER):
        page.goto(network.url(host, "/articles/"))
        expect(page.get_by_text(title)).to_have_count(0)
    network.bouquet("manage", "shell", "-v0", "-c", THE_HOUR.format(page=number))
    page.wait_for_timeout(1_500)  # pages kept for strangers are right again within a second
    page.close()


def _read_on_both_sites(page: Page, network: RunningNetwork, title: str) -> None:
    """Each in its own brand; the film plays in both; search engines are told of one home."""
    homes = set()
    for host, name in ((GAZETTE, "La Gazette"), (COURRIER, "Le Courrier")):
        _open(page, network, title, host)
        assert page.url.startswith(network.url(host)) and name in page.title()
        expect(page.get_by_text("Saint-Malo").first).to_be_visible()
        for maker in ("Emma Roux", "Nadar"):
            expect(page.get_by_text(maker).first).to_be_visible()
        homes.add(page.locator("link[rel=canonical]").get_attribute("href"))
        page.locator(".article__frame").scroll_into_view_if_needed()
        inside = page.frame_locator(".article__frame")
        inside.locator(".player__begin").click()
        frame = page.frame(url=re.compile("/embed/"))
        assert frame
        reach(frame, 0.5)
    assert len(homes) == 1 and str(homes.pop()).startswith(network.url(GAZETTE))


def _comment_waits(page: Page, network: RunningNetwork, title: str) -> None:
    """Said openly, before and after it is sent."""
    sign_in_there(page, network, new_person(network, "Driss"))
    _open(page, network, title)
    expect(page.get_by_text("the first comments of everybody are read before they are shown").first).to_be_visible()
    page.get_by_label("Your comment").fill(WORDS)
    page.get_by_role("button", name="Comment", exact=True).tap()
    expect(page.locator("article.comment").filter(has_text=WORDS)).to_be_visible()
    stranger = page.context.browser.new_page()  # type: ignore[union-attr]
    stranger.goto(page.url.partition("#")[0])
    expect(stranger.get_by_role("heading", name=title)).to_be_visible()
    expect(stranger.get_by_text(WORDS)).to_have_count(0)
    stranger.close()


def _comment_stands(page: Page, network: RunningNetwork, title: str) -> None:
    """On both sites: the discussion is one."""
    page.context.clear_cookies()
    page.wait_for_timeout(1_500)
    for host in (GAZETTE, COURRIER):
        _open(page, network, title, host)
        expect(page.locator("article.comment").filter(has_text=WORDS)).to_be_visible()


def _old_story_is_closed(page: Page, network: RunningNetwork, newsroom: Newsroom) -> None:
    page.goto(network.url(GAZETTE, newsroom.old_story))
    expect(page.get_by_text(re.compile("Comments closed on .+ open for a limited time"))).to_be_visible()
    expect(page.get_by_label("Your comment")).to_have_count(0)


def _open(page: Page, network: RunningNetwork, title: str, host: str = GAZETTE) -> None:
    page.goto(network.url(host, "/articles/"))
    page.get_by_role("link", name=title, exact=True).first.click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()


def _photo(file: Path) -> Path:
    """Boats at night, as far as anybody can tell; no two alike, or the desk asks whether it was sent before."""
    Image.frombytes("RGB", (64, 36), os.urandom(64 * 36 * 3)).resize((1280, 720)).save(file)
    return file
