"""The editors' desk as Basile, who writes, and Ada, who publishes, use it: a story, a comment, a newsletter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import RunningNetwork
from tests.journeys.people import FRONT, PASSWORD

GAZETTE, COURRIER = "gazette.bouquet.localhost", "courrier.bouquet.localhost"
BASILE, ADA = "basile@gazette.example", "ada@gazette.example"
READERS = ("one@readers.example", "two@readers.example", "three@readers.example")
EXPLORER = re.compile(r"/admin/pages/\d+/$")
FOUND = f"""
from datetime import timedelta
from django.utils import timezone
from bouquet.kinds.articles.actions import add_article, add_section
from bouquet.kinds.newsletters.actions import add_newsletter, import_addresses
from bouquet.shared.accounts.actions import add_person
from bouquet.shared.accounts.models import Person
from bouquet.shared.network.actions import add_site, appoint_editor
site = add_site(host={GAZETTE!r}, name="La Gazette", kinds=["articles", "newsletters"], language="en")
other = add_site(host={COURRIER!r}, name="Le Courrier", kinds=["articles"], language="en")
section = add_section(site, "Culture")
old = add_article(section, title="The lighthouse, two years ago", lead="It still turns.",
    body=[("text", "<p>It turned.</p>")], published_at=timezone.now() - timedelta(days=760))
letter = add_newsletter(site, "The Friday letter")
import_addresses(letter, "\\n".join({READERS!r}), proof="The counter of the fair, 12 May")
for email, name, places in (({BASILE!r}, "Basile", []), ({ADA!r}, "Ada", [site, other])):
    person = add_person(email, name=name, password={PASSWORD!r})
    Person.objects.filter(pk=person.pk).update(language="en")
    for place in places or [site]:
        appoint_editor(place, person, moderator=bool(places))
print("NEWSROOM", section.pk, old.own_path())
"""


@dataclass(frozen=True)
class Newsroom:
    section: str
    old_story: str


FOUNDED: dict[Path, Newsroom] = {}  # journeys share a network


def found_newsroom(network: RunningNetwork) -> Newsroom:
    if network.data in FOUNDED:
        return FOUNDED[network.data]
    said = network.bouquet("manage", "shell", "-v0", "-c", FOUND)
    section, old_story = said.split("NEWSROOM ")[1].split()
    return FOUNDED.setdefault(network.data, Newsroom(section, old_story))


# ── A story ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def write_and_submit(
    page: Page, network: RunningNetwork, newsroom: Newsroom, title: str, photos: list[Path], film: str
) -> str:
    """With photos and a film of the network; gives the number of the page."""
    sign_in_there(page, network, BASILE)
    page.goto(network.url(FRONT, f"/admin/pages/add/articles/articlepage/{newsroom.section}/"))
    page.locator("[name=title]").press_sequentially(title)
    page.locator("[name=lead]").fill("What the night leaves on the quay.")
    _send_photo(page, photos[0], "Emma Roux")
    _insert(page, "Text")
    page.locator("[data-streamfield-child] [role=textbox]").first.click()
    page.keyboard.type("Nobody waits for the ferry but the gulls.")
    _insert(page, "Picture")
    _send_photo(page, photos[1], "Nadar")
    _choose_film(page, film)
    _act(page, re.compile("^Submit to La Gazette"))
    page.wait_for_url(re.compile(rf"/admin/pages/{newsroom.section}/$"))
    edits = page.locator("main a[href$='/edit/']").filter(has_text=title).first.get_attribute("href") or ""
    return edits.rstrip("/").split("/")[-2]


def _send_photo(page: Page, photo: Path, maker: str) -> None:
    page.get_by_role("button", name="Choose an image").click()
    page.get_by_role("tab", name="Upload").click()
    sheet = page.locator(".modal")
    sheet.locator("[name$=-file]").set_input_files(photo)
    for name, words in (
        ("title", photo.stem),
        ("description", "Boats at the quay, before dawn"),
        ("credit", maker),
        ("licence", "CC BY 4.0"),
    ):
        sheet.locator(f"[name$=-{name}]").fill(words)
    sheet.get_by_role("button", name="Upload").click()
    expect(sheet).to_have_count(0)


def _choose_film(page: Page, film: str) -> None:
    """By search. It may still be in the works: then it is asked for again."""
    _insert(page, "Video or album of the network")
    page.get_by_role("button", name="Choose a work").click()
    sheet = page.locator(".modal")
    found = sheet.get_by_role("link", name=film)
    for _try in range(30):
        sheet.locator("[name=q]").fill("")
        sheet.locator("[name=q]").press_sequentially(film)
        page.wait_for_timeout(800)
        if found.count():
            break
    found.click()
    expect(sheet).to_have_count(0)
    page.get_by_label("Caption").last.fill("From the quay, before dawn.")


def _insert(page: Page, block: str) -> None:
    page.get_by_role("button", name="Insert a block").last.click()
    page.get_by_role("option", name=block, exact=True).click()


def send_back(page: Page, network: RunningNetwork, number: str, words: str) -> None:
    sign_in_there(page, network, ADA)
    page.goto(network.url(FRONT, f"/admin/pages/{number}/edit/"))
    _act(page, re.compile("^Request changes"))
    sheet = page.locator(".modal")
    sheet.locator("[name=comment]").fill(words)
    sheet.get_by_role("button", name="Request changes").click()
    page.wait_for_url(EXPLORER)


def amend_and_schedule(page: Page, network: RunningNetwork, number: str) -> None:
    """An editor may say the hour; it counts once somebody who publishes has approved."""
    sign_in_there(page, network, BASILE)
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


def approve_for_two_sites(page: Page, network: RunningNetwork, number: str) -> None:
    """Who publishes on both says that the other one shows it, too."""
    sign_in_there(page, network, ADA)
    page.goto(network.url(FRONT, f"/admin/pages/{number}/edit/"))
    expect(page.locator("[name=lead]")).to_have_value(re.compile("Saint-Malo"))
    actions = page.get_by_role("button", name="Actions", exact=True).first  # the page's own; blocks have theirs
    _open(page, actions, page.get_by_role("link", name="On other sites"))
    page.get_by_role("checkbox", name="Le Courrier").check()
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_text("will also be shown on: Le Courrier")).to_be_visible()
    _act(page, re.compile("^Approve and"))
    page.wait_for_url(EXPLORER)


def _act(page: Page, name: re.Pattern[str]) -> None:
    _open(page, page.get_by_role("button", name="More actions"), page.get_by_role("button", name=name))


def _open(page: Page, menu: Locator, wanted: Locator) -> None:
    for _try in range(10):  # a menu opens once the desk's scripts have come
        menu.click()
        page.wait_for_timeout(500)
        if wanted.is_visible():
            break
    wanted.click()


# ── A comment ────────────────────────────────────────────────────────────────────────────────────────────────────────
def accept_comment(page: Page, network: RunningNetwork, words: str) -> None:
    sign_in_there(page, network, ADA)
    page.goto(network.url(FRONT, "/admin/comments/"))
    page.get_by_role("link", name="Waiting").click()
    row = page.locator("tr").filter(has_text=words)
    expect(row.get_by_text("one of its author’s first comments")).to_be_visible()
    row.get_by_role("button", name="Publish").click()
    expect(page.locator("tr").filter(has_text=words).get_by_role("button", name="Publish")).to_have_count(0)


# ── A newsletter ─────────────────────────────────────────────────────────────────────────────────────────────────────
def send_newsletter(page: Page, network: RunningNetwork, title: str) -> None:
    """Drafted by the machine with its reasons; verified by Ada, changed by her, verified again; then it goes out."""
    page.goto(network.url(FRONT, "/admin/newsletters/"))
    page.get_by_role("link", name="The Friday letter").click()
    page.get_by_role("button", name="Draft an issue now").click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()  # its subject: the first story's title
    expect(page.get_by_role("region", name=title).get_by_text(re.compile("— .+ in Culture"))).to_be_visible()
    expect(page.get_by_text("Send now")).to_have_count(0)
    phone = page.frame_locator(".bq-preview--phone")
    phone.owner.scroll_into_view_if_needed()
    expect(phone.get_by_role("heading", name=title)).to_be_visible()

    verify = page.get_by_role("button", name="I have read it all: verify as Ada")
    verify.click()
    expect(page.get_by_text("Verified by Ada").first).to_be_visible()
    page.get_by_label("Subject").fill(f"{title}, and the gulls")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("it has to be verified again")).to_be_visible()
    expect(page.get_by_text("Send now")).to_have_count(0)
    verify.click()
    page.get_by_role("button", name=f"Send now to {len(READERS)} readers").click()
    for _try in range(60):
        if page.get_by_text(f"{len(READERS)} of {len(READERS)}").count():
            break
        page.wait_for_timeout(500)
        page.reload()
    expect(page.get_by_role("link", name="On the web")).to_be_visible()
    sent = "".join(each.read_text() for each in (network.data / "mail").glob("*.log"))
    assert sorted(re.findall(r"^To: (\S+@readers\.example)$", sent, re.M)) == sorted(READERS)


def sign_in_there(page: Page, network: RunningNetwork, email: str) -> None:
    """In English, and as nobody else."""
    page.context.clear_cookies()
    for host in (GAZETTE, COURRIER, FRONT):
        page.context.add_cookies([{"name": "bq_language", "value": "en", "url": network.url(host)}])
    page.goto(network.url(FRONT, "/accounts/login/"))
    page.locator("input[type=email]").fill(email)
    page.locator("input[type=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator(".network-bar__account")).to_be_visible()
