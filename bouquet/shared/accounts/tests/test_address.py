"""Changing the address: asked again who one is, a code at the new one, a word to the old one."""

from __future__ import annotations

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from bouquet.shared.accounts.tests.doors import MAIN, code_in, letters, sign_in
from bouquet.toolkit.testing.cast import PASSWORD

pytestmark = pytest.mark.django_db
NEW = {"email": "chloe@example.com", "action_add": ""}


def change(client, form=NEW):
    client.post("/accounts/reauthenticate/?next=/accounts/email/", {"password": PASSWORD}, headers=MAIN)
    return client.post("/accounts/email/", form, headers=MAIN)


def test_a_new_address_counts_once_its_code_is_typed(main_site, chloe):
    client = sign_in(chloe)
    assert change(client)["Location"]
    chloe.refresh_from_db()
    assert chloe.email == "chloe@bouquet.example"
    [letter] = letters()
    assert letter.to == ["chloe@example.com"]
    client.post("/accounts/confirm-email/", {"code": code_in(letter)}, headers=MAIN)
    chloe.refresh_from_db()
    assert chloe.email == "chloe@example.com"
    assert [row.email for row in chloe.emailaddress_set.all()] == ["chloe@example.com"]
    assert any("changed" in letter.subject and letter.to == ["chloe@bouquet.example"] for letter in letters())


def test_a_new_address_may_be_given_beside_a_second_factor(main_site, chloe):
    client = sign_in(chloe)
    TOTP.activate(chloe, generate_totp_secret())
    change(client)
    assert letters()[0].to == ["chloe@example.com"]


def test_changing_the_address_asks_who_one_is(main_site, chloe):
    answer = sign_in(chloe).post("/accounts/email/", NEW, headers=MAIN)
    assert "/accounts/reauthenticate/" in answer["Location"]
    assert not letters()


def test_an_address_of_somebody_else_is_not_taken_over(main_site, chloe, driss):
    client = sign_in(chloe)
    change(client, NEW | {"email": driss.email})
    client.post("/accounts/confirm-email/", {"code": "AAAA-AAAA"}, headers=MAIN)
    chloe.refresh_from_db()
    assert chloe.email == "chloe@bouquet.example"
    assert driss.emailaddress_set.get().email == "driss@bouquet.example"
