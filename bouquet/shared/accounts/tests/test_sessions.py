from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from bouquet.shared.accounts.models import SignIn
from bouquet.shared.accounts.tests.doors import MAIN, VIDEO, sign_in
from bouquet.toolkit.testing.cast import PASSWORD

pytestmark = pytest.mark.django_db


def who(client: Client, headers: dict[str, str] = MAIN) -> str:
    request = client.get("/accounts/farewell/", headers=headers).wsgi_request
    return request.user.name if request.user.is_authenticated else ""


def test_the_cookie_is_valid_on_the_main_host_and_every_site_below_it(main_site, site, chloe):
    client = sign_in(chloe)
    cookie = client.cookies["bq_session"]
    assert cookie["domain"] == "bouquet.localhost"
    assert cookie["httponly"] and cookie["samesite"] == "Lax"
    assert who(client, VIDEO) == "Chloé"


def test_signing_out_on_one_host_is_signing_out_of_all(main_site, site, chloe):
    client = sign_in(chloe)
    copy = Client()
    copy.cookies["bq_session"] = client.cookies["bq_session"].value
    assert who(copy) == "Chloé"
    client.post("/accounts/logout/", headers=VIDEO)
    assert client.cookies["bq_session"]["domain"] == "bouquet.localhost"
    assert client.cookies["bq_session"].value == ""
    assert who(copy) == ""
    assert SignIn.objects.get().ended_at


def test_an_ended_sign_in_empties_the_sessions_that_name_it(main_site, chloe):
    client = sign_in(chloe)
    SignIn.objects.update(ended_at=timezone.now())
    assert who(client) == ""
    assert client.cookies["bq_session"].value == ""


def test_who_is_no_longer_active_is_out_at_the_next_page(main_site, basile):
    client = sign_in(basile)
    basile.is_active = False
    basile.save()
    assert who(client) == ""


def test_a_session_that_names_no_sign_in_is_nobody(main_site, chloe):
    client = sign_in(chloe)
    session = client.session
    session["sign_in"] = "made-up"
    session.save()
    assert who(client) == ""


def test_the_list_shows_devices_and_which_is_this_one(main_site, chloe):
    phone = sign_in(chloe, Client(headers={"user-agent": "Mozilla/5.0 (Linux; Android 15) Chrome/140 Mobile"}))
    laptop = sign_in(chloe, Client(headers={"user-agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}))
    page = laptop.get("/me/sessions/", headers=MAIN)
    assert [(line["device"], line["current"]) for line in page.context["lines"]] == [
        ("Firefox on Linux", True),
        ("Chrome on Android", False),
    ]
    uid = page.context["lines"][1]["sign_in"].uid
    laptop.post(f"/me/sessions/{uid}/ending/", headers=MAIN)
    assert (who(phone), who(laptop)) == ("", "Chloé")


def test_a_stranger_cannot_end_somebody_elses_sign_in(main_site, chloe, driss):
    client, stranger = sign_in(chloe), sign_in(driss)
    uid = chloe.sign_ins.get().uid
    assert stranger.post(f"/me/sessions/{uid}/ending/", headers=MAIN).status_code == 404
    assert who(client) == "Chloé"


def test_all_other_devices_go_at_once(main_site, chloe):
    here, one, two = sign_in(chloe), sign_in(chloe), sign_in(chloe)
    here.post("/me/sessions/others/ending/", headers=MAIN)
    assert [who(each) for each in (here, one, two)] == ["Chloé", "", ""]


def test_a_new_password_signs_out_the_other_devices_and_not_this_one(main_site, chloe):
    here, elsewhere = sign_in(chloe), sign_in(chloe)
    form = {"oldpassword": PASSWORD, "password1": "un tout autre mot de passe"}
    assert here.post("/accounts/password/change/", form, headers=MAIN).status_code == 302
    assert (who(here), who(elsewhere)) == ("Chloé", "")
    assert chloe.sign_ins.filter(ended_at=None).count() == 1


def test_a_password_changed_behind_our_back_empties_the_sessions_too(main_site, chloe):
    client = sign_in(chloe)
    chloe.set_password("set by the operator")
    chloe.save()
    assert who(client) == ""


def test_knowing_who_is_here_costs_two_queries(main_site, chloe, django_assert_num_queries):
    client = sign_in(chloe)
    session = client.cookies["bq_session"].value
    from django.contrib.sessions.backends.db import SessionStore
    from django.test import RequestFactory

    from bouquet.shared.accounts.middleware import PersonMiddleware

    request = RequestFactory().get("/")
    request.session = SessionStore(session)
    PersonMiddleware(lambda request: None).process_request(request)
    with django_assert_num_queries(2):  # the session; the sign-in with its person
        assert request.user.name == "Chloé"
        assert request.sign_in.person.name == "Chloé"


def test_last_seen_moves_at_most_every_few_minutes(main_site, chloe):
    client = sign_in(chloe)
    SignIn.objects.update(seen_at=(long_ago := timezone.now() - timedelta(minutes=6)))
    who(client)
    first = SignIn.objects.get().seen_at
    assert first > long_ago
    who(client)
    assert SignIn.objects.get().seen_at == first


def test_signing_in_again_in_the_same_browser_leaves_one_line(main_site, chloe):
    client = sign_in(chloe)
    client.force_login(chloe)
    assert chloe.sign_ins.filter(ended_at=None).count() == 1


def test_a_form_from_another_origin_is_refused(main_site, chloe):
    client = Client(enforce_csrf_checks=True)
    client.get("/accounts/login/", headers=MAIN)
    token = client.cookies["bq_csrf"].value
    form = {"login": chloe.email, "password": PASSWORD, "csrfmiddlewaretoken": token}
    evil = client.post("/accounts/login/", form, headers=MAIN | {"origin": "http://evil.bouquet.localhost"})
    assert evil.status_code == 403
    ours = client.post("/accounts/login/", form, headers=MAIN | {"origin": "http://bouquet.localhost"})
    assert ours.status_code == 302
