from __future__ import annotations

import pytest
from click.testing import CliRunner
from django.test import Client

from bouquet.shared.accounts.actions import bearer_of
from bouquet.shared.accounts.commands import person, token
from bouquet.shared.accounts.models import Person
from bouquet.shared.accounts.tests.doors import MAIN, sign_in
from bouquet.toolkit.testing.cast import PASSWORD

pytestmark = pytest.mark.django_db


def run(command, *words: str):
    return CliRunner().invoke(command, words)


def test_person_add_opens_an_account_that_signs_in_at_once(main_site):
    ran = run(person, "add", "Ada@Bouquet.example", "--name", "Ada", "--password", PASSWORD, "--staff")
    assert ran.exit_code == 0
    ada = Person.objects.get(email="ada@bouquet.example")
    assert (ada.is_staff, ada.is_superuser) == (True, True)
    assert sign_in(ada, Client()).get("/me/", headers=MAIN).status_code == 200


def test_adding_somebody_twice_says_so_and_changes_nothing(chloe):
    ran = run(person, "add", chloe.email, "--name", "Another", "--password", "something else 1", "--staff")
    assert ran.exit_code == 0
    assert "already" in ran.output and "Nothing was changed" in ran.output
    chloe.refresh_from_db()
    assert (chloe.name, chloe.is_staff, chloe.check_password(PASSWORD)) == ("Chloé", False, True)


def test_person_add_refuses_what_is_no_address():
    ran = run(person, "add", "chloe", "--name", "Chloé")
    assert ran.exit_code == 1 and "is not an e-mail address" in ran.output


def test_token_prints_the_token_and_nothing_else(chloe):
    ran = run(token, chloe.email)
    assert ran.output.count("\n") == 1
    assert bearer_of(ran.output.strip()) == chloe


def test_token_of_nobody_fails():
    assert run(token, "nobody@bouquet.example").exit_code == 1
