"""The door of the editors' desk, and its pages about people."""

from __future__ import annotations

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client, override_settings

from bouquet.shared.accounts.models import Person
from bouquet.shared.accounts.tests.doors import MAIN, sign_in
from bouquet.toolkit.testing.cast import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/admin/", "/admin/login/", "/admin/password_reset/", "/_util/login/"])
def test_the_desk_has_one_way_in_and_it_is_the_networks_own(main_site, ada, path):
    """Wagtail's own sign-in forms know no limits and no second factor: they are not there."""
    answer = Client().get(path, headers=MAIN)
    assert answer["Location"].startswith("/accounts/login/?next=/admin/")
    Client().post(path, {"username": ada.email, "password": PASSWORD}, headers=MAIN)
    assert not ada.sign_ins.exists()


@override_settings(STAFF_TOTP=True)
def test_the_desk_wants_a_second_factor(main_site, ada):
    client = sign_in(ada)
    assert client.get("/admin/", headers=MAIN)["Location"] == "/accounts/second-factor/"
    assert client.post("/admin/users/new/", {}, headers=MAIN)["Location"] == "/accounts/second-factor/"
    assert b"passkey" in client.get("/accounts/second-factor/", headers=MAIN).content
    TOTP.activate(ada, generate_totp_secret())
    assert client.get("/admin/", headers=MAIN).status_code == 200
    assert client.get("/accounts/second-factor/", headers=MAIN)["Location"] == "/admin/"


def test_a_member_is_not_let_in(main_site, chloe):
    answer = sign_in(chloe).get("/admin/", headers=MAIN)
    assert answer.status_code in {302, 403, 404}


def test_the_desk_calls_an_editor_by_name(main_site, ada):
    page = sign_in(ada).get("/admin/", headers=MAIN).text
    assert f'"name": "{ada.get_short_name()}"' in page.replace("&quot;", '"')
    assert ada.email not in page


def test_people_are_listed_added_and_changed_on_the_desk(main_site, ada, chloe):
    client = sign_in(ada)
    assert "chloe@bouquet.example" in client.get("/admin/users/?q=chlo", headers=MAIN).content.decode()
    page = client.get("/admin/users/new/", headers=MAIN).content.decode()
    assert 'name="name"' in page and 'name="first_name"' not in page

    form = {"email": "eve@example.org", "name": "Ève", "password1": "", "password2": ""}
    answer = client.post("/admin/users/new/", form, headers=MAIN)
    assert answer.status_code == 302, answer.context["form"].errors
    eve = Person.objects.get(email="eve@example.org")
    assert (eve.name, eve.has_usable_password()) == ("Ève", False)
    assert eve.emailaddress_set.get().verified

    address = f"/admin/users/edit/{eve.pk}/"
    assert 'value="Ève"' in client.get(address, headers=MAIN).content.decode()
    form |= {"email": "eva@example.org", "name": "Eva", "is_active": "on"}
    answer = client.post(address, form, headers=MAIN)
    assert answer.status_code == 302, answer.context["form"].errors
    assert Person.objects.get(pk=eve.pk).name == "Eva"
    assert eve.emailaddress_set.get().email == "eva@example.org"


def test_an_address_twice_is_refused_on_the_desk(main_site, ada, chloe):
    form = {"email": "CHLOE@bouquet.example", "name": "Chloé", "password1": "", "password2": ""}
    answer = sign_in(ada).post("/admin/users/new/", form, headers=MAIN)
    assert answer.status_code == 200 and answer.context["form"].errors


def test_ones_own_settings_on_the_desk_can_be_saved(main_site, ada):
    client = sign_in(ada)
    page = client.get("/admin/account/", headers=MAIN).content.decode()
    assert "first_name" not in page
