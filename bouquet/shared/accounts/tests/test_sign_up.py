from __future__ import annotations

import pytest
from django.test import Client

from bouquet.shared.accounts.models import Person
from bouquet.shared.accounts.tests.doors import MAIN, VIDEO, code_in, letters

pytestmark = pytest.mark.django_db
DORA = {"name": "Dora Émond", "email": "Dora@Example.org", "password1": "quatre mots bien choisis"}


def test_signing_up_asks_for_three_things_and_a_code_and_then_one_is_in(main_site):
    client = Client()
    page = client.get("/accounts/signup/", headers=MAIN).content.decode()
    assert page.count('<input type="text"') + page.count('<input type="email"') >= 2
    assert 'autocomplete="new-password"' in page

    answer = client.post("/accounts/signup/", DORA, headers=MAIN)
    assert answer["Location"] == "/accounts/confirm-email/"
    assert not client.get("/accounts/confirm-email/", headers=MAIN).wsgi_request.user.is_authenticated

    [letter] = letters()
    assert letter.to == ["dora@example.org"]
    answer = client.post("/accounts/confirm-email/", {"code": code_in(letter)}, headers=MAIN)
    assert answer.status_code == 302
    page = client.get("/me/", headers=MAIN)
    assert page.wsgi_request.user.name == "Dora Émond"
    assert page.wsgi_request.user.handle == "dora-emond"


def test_a_wrong_code_does_not_open_the_account(main_site):
    client = Client()
    client.post("/accounts/signup/", DORA, headers=MAIN)
    letters()
    for _attempt in range(3):
        client.post("/accounts/confirm-email/", {"code": "AAA-AAA"}, headers=MAIN)
    answer = client.get("/me/", headers=MAIN)
    assert answer.status_code == 302 and "/accounts/login/" in answer["Location"]


def test_signing_up_with_an_address_that_is_known_looks_the_same_and_tells_its_owner(main_site, chloe):
    stranger, newcomer = Client(), Client()
    known = stranger.post("/accounts/signup/", DORA | {"email": chloe.email}, headers=MAIN)
    unknown = newcomer.post("/accounts/signup/", DORA, headers=MAIN)
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])

    one = stranger.get("/accounts/confirm-email/", headers=MAIN)
    other = newcomer.get("/accounts/confirm-email/", headers=MAIN)
    assert one.status_code == other.status_code == 200
    assert len(one.content) - len(chloe.email) == pytest.approx(len(other.content) - len("dora@example.org"), abs=40)

    to_chloe = next(letter for letter in letters() if letter.to == [chloe.email])
    assert "already" in to_chloe.subject
    assert Person.objects.filter(email=chloe.email).count() == 1


def test_signing_up_on_a_site_below_the_main_host_is_signing_up_everywhere(main_site, site):
    client = Client()
    client.post("/accounts/signup/", DORA, headers=VIDEO)
    client.post("/accounts/confirm-email/", {"code": code_in(letters()[0])}, headers=VIDEO)
    assert client.get("/me/", headers=MAIN).status_code == 200


def test_a_weak_password_is_refused_with_a_sentence(main_site):
    answer = Client().post("/accounts/signup/", DORA | {"password1": "motdepasse"}, headers=MAIN)
    assert answer.status_code == 200
    assert answer.context["form"].errors["password1"]


def test_the_twenty_first_sign_up_of_a_minute_from_one_address_waits(main_site):
    client = Client()
    for number in range(20):
        client.post("/accounts/signup/", DORA | {"email": f"n{number}@example.org"}, headers=MAIN)
        client.cookies.clear()
    answer = client.post("/accounts/signup/", DORA | {"email": "last@example.org"}, headers=MAIN)
    assert answer.status_code == 429
    assert not Person.objects.filter(email="last@example.org").exists()


def test_who_mistyped_the_address_starts_again_with_the_right_one(main_site):
    client = Client()
    client.post("/accounts/signup/", DORA | {"email": "dora@exmaple.org"}, headers=MAIN)
    client.post("/accounts/logout/", {"next": "/accounts/login/"}, headers=MAIN)
    client.post("/accounts/signup/", DORA, headers=MAIN)
    letter = next(letter for letter in letters() if letter.to == ["dora@example.org"])
    client.post("/accounts/confirm-email/", {"code": code_in(letter)}, headers=MAIN)
    assert client.get("/me/", headers=MAIN).wsgi_request.user.email == "dora@example.org"
