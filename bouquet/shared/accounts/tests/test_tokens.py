from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from bouquet.shared.accounts.actions import bearer_of, issue_token
from bouquet.shared.accounts.models import AccessToken
from bouquet.shared.accounts.tests.doors import MAIN, sign_in

pytestmark = pytest.mark.django_db


def me(secret: str):
    return Client().get("/api/v1/me", headers=MAIN | {"authorization": f"Bearer {secret}"})


def test_a_token_opens_the_api_in_its_owners_name(main_site, chloe):
    _token, secret = issue_token(chloe, name="script")
    answer = me(secret)
    assert answer.status_code == 200
    assert (answer.json()["handle"], answer.json()["email"]) == ("chloe", "chloe@bouquet.example")


def test_only_a_digest_is_kept(chloe):
    token, secret = issue_token(chloe, name="script")
    assert secret.startswith("bq_") and len(secret) > 40
    assert secret not in str(AccessToken.objects.values())
    assert token.hint == secret[:8]


@pytest.mark.parametrize("spoil", ["unknown", "expired", "withdrawn", "closed account"])
def test_a_token_that_is_no_longer_good_is_a_problem_401(main_site, chloe, spoil):
    token, secret = issue_token(chloe, name="script")
    if spoil == "unknown":
        secret += "x"
    if spoil == "expired":
        AccessToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    if spoil == "withdrawn":
        token.delete()
    if spoil == "closed account":
        chloe.is_active = False
        chloe.save()
    answer = me(secret)
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"


def test_reading_a_token_is_one_query_once_it_was_used(chloe, django_assert_num_queries):
    _token, secret = issue_token(chloe, name="script")
    bearer_of(secret)
    with django_assert_num_queries(1):
        assert bearer_of(secret).name == "Chloé"


def test_the_session_of_a_page_works_too_and_nobody_gets_401(main_site, chloe):
    assert sign_in(chloe).get("/api/v1/me", headers=MAIN).status_code == 200
    assert Client().get("/api/v1/me", headers=MAIN).status_code == 401


def test_a_token_is_made_on_the_page_and_shown_once(main_site, chloe):
    client = sign_in(chloe)
    client.post("/me/tokens/new/", {"name": "laptop", "days": "30"}, headers=MAIN)
    page = client.get("/me/tokens/", headers=MAIN)
    secret = re.search(r'id="new-token">(bq_[\w-]+)<', page.content.decode())[1]
    assert "no-store" in page["Cache-Control"]
    assert me(secret).status_code == 200
    assert secret not in client.get("/me/tokens/", headers=MAIN).content.decode()
    assert AccessToken.objects.get().expires_at - timezone.now() > timedelta(days=29)


def test_a_stranger_cannot_withdraw_somebodys_token(main_site, chloe, driss):
    token, secret = issue_token(chloe, name="script")
    assert sign_in(driss).post(f"/me/tokens/{token.pk}/revocation/", headers=MAIN).status_code == 404
    sign_in(chloe).post(f"/me/tokens/{token.pk}/revocation/", headers=MAIN)
    assert me(secret).status_code == 401


def test_a_token_needs_a_name(main_site, chloe):
    answer = sign_in(chloe).post("/me/tokens/new/", {"name": "", "days": "30"}, headers=MAIN)
    assert answer.context["form"].errors["name"]
    assert not AccessToken.objects.exists()
