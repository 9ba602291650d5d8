"""A passkey made on one site signs in on all of them, on a phone and on a desktop, also from another domain."""

from __future__ import annotations

import re
import uuid

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import RunningNetwork
from tests.journeys.people import PASSWORD as DEMO
from tests.journeys.people import new_person
from tests.journeys.test_upload_to_play import ELSEWHERE, FRONT, PASSWORD, VIDEO, _listen, _sign_up

pytestmark = pytest.mark.journey


def test_a_passkey_made_on_one_site_opens_all(network: RunningNetwork, context: BrowserContext) -> None:
    page = context.new_page()
    problems = _listen(page)
    keys = _device_with_passkeys(page)
    _sign_up(page, network, VIDEO, f"Éva {uuid.uuid4().hex[:6]}")

    page.goto(network.url(VIDEO, "/accounts/2fa/webauthn/add/"))
    page.locator("input[type=password]").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.locator("h1")).to_have_text("Recovery codes")
    assert [key["rpId"] for key in keys()] == [FRONT]

    page.goto(network.url(VIDEO, "/accounts/logout/"))
    page.locator(".entrance__card").get_by_role("button", name="Sign out").click()
    expect(page.locator(".network-bar__account")).to_have_count(0)

    page.goto(network.url(ELSEWHERE, "/accounts/login/?next=/legal/"))  # the passkey is offered while one would type
    page.wait_for_url(re.compile(f"//{re.escape(ELSEWHERE)}.*/legal/"))
    expect(page.locator(".network-bar__account")).to_be_visible()
    assert not problems, problems


@pytest.mark.parametrize("context", ["phone"], indirect=True)
def test_who_types_before_the_script_has_come_signs_in_all_the_same(
    network: RunningNetwork, context: BrowserContext
) -> None:
    page, held = context.new_page(), []
    page.route("**/reveal_controller*", lambda route: held.append(route))
    page.goto(network.url(FRONT, "/accounts/login/"))
    page.locator("input[type=email]").fill(new_person(network, "Chloé"))
    page.locator("input[type=password]").press_sequentially(DEMO[:4])
    assert len(held) == 1
    held[0].continue_()
    expect(page.locator(".reveal__button")).to_be_visible()
    page.keyboard.type(DEMO[4:])
    page.keyboard.press("Enter")
    expect(page.locator(".network-bar__account")).to_be_visible()


def _device_with_passkeys(page: Page):
    """A device that says yes to every passkey (WebDriver's virtual authenticator); gives what it holds."""
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return lambda: device.send("WebAuthn.getCredentials", made)["credentials"]
