"""A newsroom's day: a story is written, sent back, amended, scheduled, published at its hour, and talked about."""

from __future__ import annotations

import os
import re
import uuid
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect

from tests.journeys.conftest import RunningNetwork
from tests.journeys.people import FRONT, PASSWORD, listen, new_person

pytestmark = [pytest.mark.journey]
GAZETTE = "gazette.bouquet.localhost"
EXPLORER = re.compile(r"/admin/pages/\d+/$")
WORDS = "My father was its captain."
FOUND = """
from datetime import timedelta
from django.utils import timezone
from bouquet.kinds.articles.actions import add_article, add_section
from bouquet.shared.accounts.actions import add_person
from bouquet.shared.accounts.models import Person
from bouquet.shared.network.actions import add_site, appoint_editor
site = add_site(host={host!r}, name="La Gazette", kinds=["articles"], language="en")
section = add_section(site, "Culture")
old = add_article(section, title="The lighthouse, two years ago", lead="It still turns.",
    body=[("text", "<p>It turned.</p>")], published_at=timezone.now() - timedelta(days=760))
for name, publishes in (("basile", False), ("ada", True)):
    person = add_person(name + "@gazette.example", name=name.title(), password={password!r})
    Person.objects.filter(pk=person.pk).update(language="en")
    appoint_editor(site, person, moderator=publishes)
print("NEWSROOM", section.pk, old.own_path())
"""
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


@dataclass(frozen=True)
class Newsroom:
    section: str
    old_story: str


@pytest.fixture(scope="module")
def newsroom(network: RunningNetwork) -> Newsroom:
    said = network.bouquet("manage", "shell", "-v0", "-c", FOUND.format(host=GAZETTE, password=PASSWORD))
    section, old_story = said.split("NEWSROOM ")[1].split()
    return Newsroom(section, old_story)


def test_a_story_from_the_first_word_to_the_last_comment(
    network: RunningNetwork, newsroom: Newsroom, chromium: Browser, playwright: Playwright, tmp_path: Path
) -> None:
    desk = chromium.new_context(viewport={"width": 1440, "height": 1000}, locale="en-GB")
    phone = chromium.new_context(**playwright.devices["Pixel 7"], locale="en-GB")
    for context in (desk, phone):
        context.set_default_timeout(30_000)
    try:
        title = f"The ferry leaves before the sun {uuid.uuid4().hex[:4]}"
        page = desk.new_page()
        number = _write_and_submit(page, network, newsroom, title, _photo(tmp_path))
        _send_back(page, network, number, "Which ferry?")
        _amend_and_schedule(page, network, number)
        _approve(page, network, number)
        _read_comes_at_its_hour(phone, network, number, title)
        reader = phone.new_page()
        problems = listen(reader)
        _comment_waits(reader, network, title)
        _accept(page, network)
        _comment_stands(reader, network, title)
        _old_story_is_closed(reader, network, newsroom)
        assert problems == []
    finally:
        desk.close()
        phone.close()


# ── On the desk ──────────────────────────────────────────────────────────────────────────────────────────────────────
def _write_and_submit(page: Page, network: RunningNetwork, newsroom: Newsroom, title: str, photo: Path) -> str:
    """The number of the page."""
    _sign_in(page, network, "basile@gazette.example")
    page.goto(network.url(FRONT, f"/admin/pages/add/articles/articlepage/{newsroom.section}/"))
    page.locator("[name=title]").press_sequentially(title)
    page.locator("[name=lead]").fill("What the night leaves on the quay.")
    page.get_by_role("button", name="Choose an image").click()
    page.get_by_role("tab", name="Upload").click()
    sheet = page.locator(".modal")
    sheet.locator("[name$=-file]").set_input_files(photo)
    for name, words in (
        ("title", "Boats"),
        ("description", "Boats at the quay, before dawn"),
        ("credit", "Emma Roux"),
        ("licence", "CC BY 4.0"),
    ):
        sheet.locator(f"[name$=-{name}]").fill(words)
    sheet.get_by_role("button", name="Upload").click()
    expect(sheet).to_have_count(0)
    page.get_by_role("button", name="Insert a block").click()
    page.get_by_role("option", name="Text", exact=True).click()
    page.locator("[data-streamfield-child] [role=textbox]").first.click()
    page.keyboard.type("Nobody waits for the ferry but the gulls.")
    _act(page, re.compile("^Submit to La Gazette"))
    page.wait_for_url(re.compile(rf"/admin/pages/{newsroom.section}/$"))
    edits = page.locator("main a[href$='/edit/']").filter(has_text=title).first.get_attribute("href") or ""
    return edits.rstrip("/").split("/")[-2]


def _send_back(page: Page, network: RunningNetwork, number: str, words: str) -> None:
    _sign_in(page, network, "ada@gazette.example")
    page.goto(network.url(FRONT, f"/admin/pages/{number}/edit/"))
    _act(page, re.compile("^Request changes"))
    sheet = page.locator(".modal")
    sheet.locator("[name=comment]").fill(words)
    sheet.get_by_role("button", name="Request changes").click()
    page.wait_for_url(EXPLORER)


def _amend_and_schedule(page: Page, network: RunningNetwork, number: str) -> None:
    """An editor may say the hour; it counts once somebody who publishes has approved."""
    _sign_in(page, network, "basile@gazette.example")
    page.goto(network.url(FRONT, f"/admin/pages/{number}/edit/"))
    page.locator("[name=lead]").fill("What the night leaves on the quay of Saint-Malo.")
    page.get_by_role("button", name="Toggle status").click()
    page.get_by_role("button", name="Set schedule").click()
    page.locator("[name=go_live_at]").fill("2031-05-04 07:00")
    for _try in range(10):  # beside it closes the calendar, once that has opened
        page.wait_for_timeout(300)
        page.get_by_role("heading", name="Set publishing schedule").click()
        if not page.locator(".xdsoft_datetimepicker:visible").count():
            break
    page.get_by_role("button", name="Save schedule").click()
    expect(page.get_by_text("2031").first).to_be_visible()
    _act(page, re.compile("^Resubmit to"))
    page.wait_for_url(EXPLORER)


def _approve(page: Page, network: RunningNetwork, number: str) -> None:
    _sign_in(page, network, "ada@gazette.example")
    page.goto(network.url(FRONT, f"/admin/pages/{number}/edit/"))
    expect(page.locator("[name=lead]")).to_have_value(re.compile("Saint-Malo"))
    _act(page, re.compile("^Approve and"))
    page.wait_for_url(EXPLORER)


def _act(page: Page, name: re.Pattern[str]) -> None:
    wanted = page.get_by_role("button", name=name)
    for _try in range(10):  # the menu opens once the desk's scripts have come
        page.get_by_role("button", name="More actions").click()
        page.wait_for_timeout(500)
        if wanted.is_visible():
            break
    wanted.click()


def _accept(page: Page, network: RunningNetwork) -> None:
    _sign_in(page, network, "ada@gazette.example")
    page.goto(network.url(FRONT, "/admin/comments/"))
    page.get_by_role("link", name="Waiting").click()
    row = page.locator("tr").filter(has_text=WORDS)
    expect(row.get_by_text("one of its author’s first comments")).to_be_visible()
    row.get_by_role("button", name="Publish").click()
    expect(page.locator("tr").filter(has_text=WORDS).get_by_role("button", name="Publish")).to_have_count(0)


# ── On the site ──────────────────────────────────────────────────────────────────────────────────────────────────────
def _read_comes_at_its_hour(phone: BrowserContext, network: RunningNetwork, number: str, title: str) -> None:
    page = phone.new_page()
    page.goto(network.url(GAZETTE, "/articles/"))
    expect(page.get_by_text("The lighthouse, two years ago").first).to_be_visible()
    expect(page.get_by_text(title)).to_have_count(0)
    network.bouquet("manage", "shell", "-v0", "-c", THE_HOUR.format(page=number))
    page.wait_for_timeout(1_500)  # pages kept for strangers are right again within a second
    page.goto(network.url(GAZETTE, "/articles/"))
    page.get_by_role("link", name=title, exact=True).first.click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    expect(page.get_by_text("Saint-Malo").first).to_be_visible()
    expect(page.get_by_text("Emma Roux").first).to_be_visible()
    page.close()


def _comment_waits(page: Page, network: RunningNetwork, title: str) -> None:
    """Said openly, before and after it is sent."""
    _sign_in(page, network, new_person(network, "Driss"))
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
    page.context.clear_cookies()
    page.wait_for_timeout(1_500)
    _open(page, network, title)
    expect(page.locator("article.comment").filter(has_text=WORDS)).to_be_visible()


def _old_story_is_closed(page: Page, network: RunningNetwork, newsroom: Newsroom) -> None:
    page.goto(network.url(GAZETTE, newsroom.old_story))
    expect(page.get_by_text(re.compile("Comments closed on .+ open for a limited time"))).to_be_visible()
    expect(page.get_by_label("Your comment")).to_have_count(0)


def _open(page: Page, network: RunningNetwork, title: str) -> None:
    page.goto(network.url(GAZETTE, "/articles/"))
    page.get_by_role("link", name=title, exact=True).first.click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()


def _sign_in(page: Page, network: RunningNetwork, email: str) -> None:
    """In English, and as nobody else."""
    page.context.clear_cookies()
    for host in (GAZETTE, FRONT):
        page.context.add_cookies([{"name": "bq_language", "value": "en", "url": network.url(host)}])
    page.goto(network.url(FRONT, "/accounts/login/"))
    page.locator("input[type=email]").fill(email)
    page.locator("input[type=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator(".network-bar__account")).to_be_visible()


def _photo(folder: Path) -> Path:
    """Boats at night, as far as anybody can tell; no two alike, or the desk asks whether it was sent before."""
    file = folder / "boats.jpg"
    Image.frombytes("RGB", (64, 36), os.urandom(64 * 36 * 3)).resize((1280, 720)).save(file)
    return file
