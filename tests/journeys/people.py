"""Who walks: signing up by command, signing in by the page, and what a browser must not complain of meanwhile."""

from __future__ import annotations

import uuid

from playwright.sync_api import Page, expect

from tests.journeys.conftest import RunningNetwork

FRONT, VIDEO = "bouquet.localhost", "video.bouquet.localhost"
PASSWORD = "bouquet-demo"
ADD = """
from bouquet.shared.accounts.actions import add_person
from bouquet.shared.accounts.models import Person
person = add_person({email!r}, name={name!r}, password={password!r})
Person.objects.filter(pk=person.pk).update(language="en")
"""


def new_person(network: RunningNetwork, name: str) -> str:
    """Their e-mail address. They read English, so that what tasks write to them does, too."""
    return new_people(network, name)[0]


def new_people(network: RunningNetwork, *names: str, and_then: str = "") -> list[str]:
    """Several at once, and code that is run behind it: `person` is the last of them."""
    emails = [f"{uuid.uuid4().hex[:8]}@bouquet.example" for _name in names]
    each = [ADD.format(email=email, name=name, password=PASSWORD) for email, name in zip(emails, names, strict=True)]
    network.bouquet("manage", "shell", "-v0", "-c", "".join(each) + and_then)
    return emails


def sign_in(page: Page, network: RunningNetwork, email: str) -> None:
    """In English, and as nobody else."""
    page.context.clear_cookies()
    for host in (VIDEO, FRONT):
        page.context.add_cookies([{"name": "bq_language", "value": "en", "url": network.url(host)}])
    page.goto(network.url(VIDEO, "/accounts/login/"))
    page.locator("input[type=email]").fill(email)
    page.locator("input[type=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator(".network-bar__account")).to_be_visible()


def listen(page: Page) -> list[str]:
    """Errors of scripts and refusals by the content policy are defects of a page."""
    problems: list[str] = []
    left = "Transition was aborted"  # the browser's own word for a page that is left while it still fades in
    page.on("pageerror", lambda error: problems.append(str(error)) if left not in str(error) else None)
    page.on("console", lambda line: problems.append(line.text) if "Content Security Policy" in line.text else None)
    return problems
