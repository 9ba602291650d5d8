"""Every page of signing in and of one's account is ours: our frame, our policy, nothing inline."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client, override_settings

from bouquet.shared.accounts.tests.doors import MAIN, sign_in
from bouquet.toolkit.testing.cast import PASSWORD

pytestmark = pytest.mark.django_db
ENTRANCES = [
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/signup/passkey/",
    "/accounts/login/code/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/1-none/",
    "/accounts/inactive/",
    "/accounts/farewell/",
    "/accounts/3rdparty/login/cancelled/",
    "/accounts/3rdparty/login/error/",
]
ROOMS = [
    "/me/",
    "/me/sessions/",
    "/me/tokens/",
    "/me/data/",
    "/me/data/erasure/",
    "/accounts/2fa/",
    "/accounts/2fa/totp/deactivate/",
    "/accounts/2fa/recovery-codes/",
    "/accounts/2fa/recovery-codes/generate/",
    "/accounts/2fa/webauthn/",
    "/accounts/2fa/webauthn/add/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/3rdparty/",
]


def assert_ours(answer, frame: str) -> str:
    page = answer.content.decode()
    assert answer.status_code in {200, 401}, (answer.status_code, answer.get("Location"))
    assert f'class="{frame}' in page
    assert 'data-masthead="' in page, "the site's brand is missing: whose `site` is in the context?"
    assert not re.search(r"\sstyle=|\son\w+=|<style", page)
    assert not re.search(r"<script(?![^>]*(src=|application/json))", page)
    assert "'unsafe" not in answer["Content-Security-Policy"]
    for field in re.findall(r'<(?:input|select|textarea)(?![^>]*type="hidden")[^>]*\sid="([^"]+)"', page):
        assert f'for="{field}"' in page, f"{field} has no label"
    return page


@pytest.mark.parametrize("path", ENTRANCES)
def test_entrances_are_ours(main_site, path):
    client = Client()
    assert_ours(client.get(path, headers=MAIN), "entrance__card")


@pytest.mark.parametrize("path", ROOMS)
def test_rooms_are_ours_and_marked_in_the_menu(main_site, chloe, path):
    client = sign_in(chloe)
    client.post("/accounts/reauthenticate/?next=/me/", {"password": PASSWORD}, headers=MAIN)
    TOTP.activate(chloe, generate_totp_secret())
    RecoveryCodes.activate(chloe)
    page = assert_ours(client.get(path, headers=MAIN), "account__room")
    assert page.count('class="side-nav__link"') >= 5
    assert re.search(r'class="side-nav__link" href="[^"]+" aria-current="page"', page)


def test_setting_up_an_app_shows_a_picture_and_a_key(main_site, chloe):
    client = sign_in(chloe)
    client.post("/accounts/reauthenticate/?next=/me/", {"password": PASSWORD}, headers=MAIN)
    page = assert_ours(client.get("/accounts/2fa/totp/activate/", headers=MAIN), "account__room")
    assert "data:image/svg+xml" in page and '<code class="secret">' in page


def test_without_a_provider_no_button_promises_one(main_site):
    assert "Continue with" not in Client().get("/accounts/login/", headers=MAIN).content.decode()


@override_settings(
    SOCIALACCOUNT_PROVIDERS={"google": {"APPS": [{"client_id": "id", "secret": "s", "key": ""}], "SCOPE": ["email"]}},
    SIGN_IN_TARGETS=["https://accounts.google.com"],
)
def test_with_a_provider_its_button_leads_there_and_the_policy_lets_it(main_site):
    client = Client()
    answer = client.get("/accounts/login/", headers=MAIN)
    assert "Continue with Google" in answer.content.decode()
    assert "form-action 'self' https://accounts.google.com" in answer["Content-Security-Policy"]
    answer = client.post("/accounts/google/login/?process=login", headers=MAIN)
    assert answer["Location"].startswith("https://accounts.google.com/")
    assert "redirect_uri=http%3A%2F%2Fbouquet.localhost" in answer["Location"]


@pytest.mark.parametrize("demo", [True, False])
def test_the_mailbox_exists_on_a_demo_network_only(main_site, demo):
    with override_settings(DEMO_MAILBOX=demo):
        assert Client().get("/accounts/mailbox/", headers=MAIN).status_code == (200 if demo else 404)


def test_the_account_page_costs_few_queries(main_site, chloe, django_assert_max_num_queries):
    client = sign_in(chloe)
    client.get("/me/sessions/", headers=MAIN)
    # the directory's one question; session, sign-in; the list; in the bar: notices, and two for what one may edit
    with django_assert_max_num_queries(7):
        client.get("/me/sessions/", headers=MAIN)
