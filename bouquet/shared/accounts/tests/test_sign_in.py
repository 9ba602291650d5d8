from __future__ import annotations

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client, override_settings

from bouquet.shared.accounts.models import SignIn
from bouquet.shared.accounts.tests.doors import MAIN, VIDEO, code_in, letters, sign_in
from bouquet.toolkit.testing.cast import PASSWORD

pytestmark = pytest.mark.django_db


def test_address_and_password_open_the_account_and_lead_on(main_site, chloe):
    client = Client()
    form = {"login": "CHLOE@bouquet.example", "password": PASSWORD}
    answer = client.post("/accounts/login/?next=/me/tokens/", form, headers=MAIN)
    assert answer["Location"] == "/me/tokens/"
    assert client.get("/me/", headers=MAIN).wsgi_request.user == chloe


def test_the_sign_in_page_has_a_label_and_the_right_hints_for_each_field(main_site):
    page = Client().get("/accounts/login/", headers=MAIN).content.decode()
    assert 'autocomplete="username webauthn"' in page
    assert 'autocomplete="current-password"' in page
    assert '<label class="field__label" for="id_login">' in page
    assert "style=" not in page and "onclick" not in page


@pytest.mark.parametrize("email", ["chloe@bouquet.example", "nobody@bouquet.example"])
def test_a_wrong_password_and_an_unknown_address_say_the_same(main_site, chloe, email):
    answer = Client().post("/accounts/login/", {"login": email, "password": "not this one"}, headers=MAIN)
    assert answer.context["form"].non_field_errors() == [
        "The email address and/or password you specified are not correct."
    ]


@pytest.mark.parametrize(
    "next_", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_signing_in_never_leads_out(main_site, chloe, next_):
    form = {"login": chloe.email, "password": PASSWORD, "next": next_}
    answer = Client().post("/accounts/login/", form, headers=MAIN)
    assert answer.status_code == 302 and answer["Location"] == "/"


def test_the_sixth_guess_is_not_even_looked_at_on_whichever_host(main_site, site, chloe):
    for number in range(5):
        Client().post("/accounts/login/", {"login": chloe.email, "password": f"guess {number}"}, headers=MAIN)
    answer = Client().post("/accounts/login/", {"login": chloe.email, "password": PASSWORD}, headers=VIDEO)
    assert "Too many failed login attempts" in str(answer.context["form"].errors)
    assert not SignIn.objects.exists()


def test_a_claimed_address_does_not_give_more_guesses(main_site, driss):
    """Eleven wrong accounts from one address: the address is stopped, whatever X-Forwarded-For it invents."""
    for number in range(30):
        headers = MAIN | {"x-forwarded-for": f"203.0.113.{number}"}
        Client().post("/accounts/login/", {"login": f"n{number}@example.org", "password": "x" * 12}, headers=headers)
    headers = MAIN | {"x-forwarded-for": "203.0.113.99"}
    answer = Client().post("/accounts/login/", {"login": driss.email, "password": PASSWORD}, headers=headers)
    assert answer.status_code == 429 or "Too many" in str(answer.context["form"].errors)


@override_settings(BEHIND_PROXY=True)
def test_behind_our_proxy_the_last_address_counts(main_site, chloe):
    client = Client(headers={"x-forwarded-for": "198.51.100.1, 203.0.113.7"})
    sign_in(chloe, client)
    assert SignIn.objects.get().address == "203.0.113.7"


def test_a_code_by_mail_signs_in_without_a_password(main_site, chloe):
    client = Client()
    answer = client.post("/accounts/login/code/?next=/me/data/", {"email": chloe.email}, headers=MAIN)
    answer = client.post(answer["Location"], {"code": code_in(letters()[0])}, headers=MAIN)
    assert answer["Location"] == "/me/data/"


def test_asking_a_code_for_an_unknown_address_looks_the_same(main_site, chloe):
    known = Client().post("/accounts/login/code/", {"email": chloe.email}, headers=MAIN)
    unknown = Client().post("/accounts/login/code/", {"email": "nobody@example.org"}, headers=MAIN)
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert {letter.to[0] for letter in letters()} == {chloe.email, "nobody@example.org"}


def test_an_authenticator_app_is_asked_for_after_the_password_and_after_a_code(main_site, chloe):
    secret = generate_totp_secret()
    TOTP.activate(chloe, secret)
    client = Client()
    answer = client.post("/accounts/login/?next=/me/", {"login": chloe.email, "password": PASSWORD}, headers=MAIN)
    assert answer["Location"] == "/accounts/2fa/authenticate/"
    assert client.get("/me/", headers=MAIN).status_code == 302

    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    answer = client.post("/accounts/2fa/authenticate/", {"code": code}, headers=MAIN)
    assert answer["Location"] == "/me/"

    other = Client()
    answer = other.post("/accounts/login/code/", {"email": chloe.email}, headers=MAIN)
    answer = other.post(answer["Location"], {"code": code_in(letters()[-1])}, headers=MAIN)
    assert answer["Location"] == "/accounts/2fa/authenticate/"


def test_secrets_of_authenticator_apps_are_not_readable_in_the_database(main_site, chloe):
    secret = generate_totp_secret()
    row = TOTP.activate(chloe, secret).instance
    assert secret not in str(row.data)
    assert get_adapter().decrypt(row.data["secret"]) == secret


def test_a_forgotten_password_is_replaced_by_a_link_to_the_main_host(main_site, site, chloe):
    thief = sign_in(chloe)
    client = Client()
    client.post("/accounts/password/reset/", {"email": chloe.email}, headers=VIDEO)
    link = next(line for line in letters()[0].body.splitlines() if "/password/reset/key/" in line)
    assert link.startswith("http://bouquet.localhost")
    path = "/" + link.split("/", 3)[3]
    path = client.get(path, headers=MAIN)["Location"]
    answer = client.post(path, {"password1": "un tout autre mot de passe"}, headers=MAIN)
    assert answer.status_code == 302
    assert client.get("/me/", headers=MAIN).status_code == 200
    assert thief.get("/me/", headers=MAIN).status_code == 302


def test_a_closed_account_does_not_sign_in(main_site, chloe):
    chloe.is_active = False
    chloe.save()
    client = Client()
    client.post("/accounts/login/", {"login": chloe.email, "password": PASSWORD}, headers=MAIN)
    assert client.get("/me/", headers=MAIN).status_code == 302
