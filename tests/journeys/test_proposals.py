"""A film goes to another site: a reader proposes it, that site's editor wants it, its maker agrees, and it is there."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.journeys.conftest import RunningNetwork
from tests.journeys.films import make_clip, send_films
from tests.journeys.people import VIDEO, listen, new_people, sign_in

pytestmark = [pytest.mark.journey]
MAGAZINE = "magazine.bouquet.localhost"
APPOINT = f"""
from bouquet.shared.network.actions import appoint_editor
from bouquet.shared.network.models import Site
appoint_editor(Site.objects.get(host={MAGAZINE!r}), person)
"""


@pytest.mark.parametrize("context", ["phone"], indirect=True)
def test_a_film_is_proposed_accepted_agreed_to_and_listed_elsewhere(
    network: RunningNetwork, context: BrowserContext, tmp_path: Path
) -> None:
    chloe, driss, basile = new_people(network, "Chloé", "Driss", "Basile", and_then=APPOINT)
    title = f"The harbour {uuid.uuid4().hex[:6]}"
    (film,) = send_films(network, chloe, make_clip(tmp_path / "harbour.mp4", 1), (title, ""))
    page = context.new_page()
    problems = listen(page)

    sign_in(page, network, driss)
    _until(page, network.url(VIDEO, film), page.locator(".player--own"))
    page.get_by_role("button", name="Share", exact=True).click()
    page.get_by_role("link", name="Send to another site of the network").click()
    page.get_by_role("radio", name="Septembre").check()
    page.get_by_label("Why would it be at home there?").fill("Their harbour series.")
    page.get_by_role("button", name="Propose it").click()
    expect(page.get_by_text("the editors of Septembre decide")).to_be_visible()

    sign_in(page, network, basile)
    told = page.get_by_text(f"Driss proposes “{title}” for Septembre")
    _until(page, network.url(VIDEO, "/notices/"), told)
    told.click()
    proposal = page.get_by_role("row").filter(has_text=title)
    expect(proposal).to_contain_text("Their harbour series.")
    proposal.get_by_role("button", name="Show it").click()
    expect(page.get_by_role("row").filter(has_text=title)).to_have_count(0)
    page.goto(network.url(MAGAZINE, "/videos/all/"))
    expect(page.get_by_role("link", name=title, exact=True)).to_have_count(0)  # its maker has not been asked yet

    sign_in(page, network, chloe)
    asked = page.get_by_text(f"The editors of Septembre would like to show “{title}”")
    _until(page, network.url(VIDEO, "/notices/"), asked)
    asked.click()
    page.get_by_role("button", name="Yes, show it there").click()
    expect(page.get_by_text("It is shown on Septembre now.")).to_be_visible()

    there = page.get_by_role("link", name=title, exact=True)
    _until(page, network.url(MAGAZINE, "/videos/all/"), there)  # its first guest: each process knows within a second
    there.click()
    page.wait_for_url(network.url(VIDEO, "/**"))  # its page stays where it was
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    assert not problems, problems


def _until(page: Page, address: str, wanted: Locator) -> None:
    """The page as it is when a task has done its part."""
    for _try in range(80):
        page.goto(address)
        if wanted.count():
            return
        page.wait_for_timeout(250)
    raise AssertionError(f"{address} never showed {wanted}")
