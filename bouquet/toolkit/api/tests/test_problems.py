"""Every way to be refused is a problem document (RFC 9457)."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client, override_settings

from bouquet.toolkit.api.auth import _READERS

pytestmark = [pytest.mark.django_db, pytest.mark.urls("bouquet.toolkit.api.tests.try_urls")]


@pytest.fixture
def ask(main_site: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    monkeypatch.setattr("bouquet.toolkit.api.auth._READERS", [])

    def ask(method: str, where: str, **options: Any) -> Any:
        headers = {"host": main_site.host} | options.pop("headers", {})
        return getattr(client, method)(f"/api/try{where}", headers=headers, **options)

    ask.client = client  # type: ignore[attr-defined]
    return ask


def problem(answer: Any, status: int) -> Any:
    assert answer.status_code == status, answer.content[:500]
    assert answer["Content-Type"] == "application/problem+json"
    assert int(answer.get("Content-Length", len(answer.content))) == len(answer.content)
    document = answer.json()
    assert document["status"] == status
    assert document["title"]
    return document


def test_an_address_that_is_not_there(ask: Any) -> None:
    assert "/api/v1/docs" in problem(ask("get", "/nothing/here"), 404)["detail"]


def test_a_method_that_is_not_possible(ask: Any) -> None:
    answer = ask("delete", "/cakes")
    problem(answer, 405)
    assert answer["Allow"] == "POST"


@pytest.mark.parametrize("body", ["{", "", '{"name": NaN}', '{"name": "x"', "[" * 200_000])
def test_a_body_that_is_not_json(ask: Any, body: str) -> None:
    problem(ask("post", "/cakes", data=body, content_type="application/json"), 422 if body == "" else 400)


@pytest.mark.parametrize("body", ['{"name": "a\\u0000b"}', '{"name": "\\ud800"}', '{"a\\u0000": 1, "name": "x"}'])
def test_text_that_no_database_keeps(ask: Any, body: str) -> None:
    assert "NUL" in problem(ask("post", "/cakes", data=body, content_type="application/json"), 400)["detail"]


def test_nul_bytes_in_the_address(ask: Any) -> None:
    problem(ask("get", "/slices/1?size=%00"), 400)
    problem(ask("get", "/slices/%00"), 400)


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/xml"])
def test_another_kind_of_body(ask: Any, kind: str) -> None:
    assert problem(ask("post", "/cakes", data='{"name": "x"}', content_type=kind), 415)["accepted"] == [
        "application/json"
    ]


def test_values_that_are_not_valid_are_named_one_by_one(ask: Any) -> None:
    document = problem(ask("post", "/cakes", data={"layers": "many"}, content_type="application/json"), 422)
    assert [each["at"] for each in document["errors"]] == [["body", "cake", "name"], ["body", "cake", "layers"]]
    assert all(each["detail"] for each in document["errors"])
    problem(ask("get", "/slices/x"), 422)
    problem(ask("get", "/slices/1?size=0"), 422)


@override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=1000)
def test_a_body_that_is_too_large(ask: Any) -> None:
    answer = ask("post", "/cakes", data='{"name": "' + "x" * 2000 + '"}', content_type="application/json")
    assert "1000" in problem(answer, 413)["detail"]


def test_what_views_raise(ask: Any) -> None:
    problem(ask("get", "/fail/missing"), 404)
    assert problem(ask("get", "/fail/forbidden"), 403)["detail"] == "Not this cake."
    assert problem(ask("get", "/fail/sold"), 402)["offers"] == [{"amount": 200, "currency": "EUR"}]
    assert "cursor" in problem(ask("get", "/fail/cursor"), 422)["detail"]


def test_a_fault_of_ours_says_so_and_tells_no_secrets(ask: Any) -> None:
    answer = ask("get", "/fail/broken")
    problem(answer, 500)
    assert b"/srv/cake" not in answer.content


def test_too_many_requests_say_when_to_come_back(ask: Any) -> None:
    assert ask("get", "/often").status_code == 200
    answer = ask("get", "/often")
    problem(answer, 429)
    assert int(answer["Retry-After"]) > 0


def test_without_a_token_or_with_a_wrong_one(ask: Any) -> None:
    for headers in (
        {},
        {"authorization": "Bearer wrong"},
        {"authorization": "Basic eDp5"},
        {"authorization": "Bearer "},
    ):
        answer = ask("get", "/mine", headers=headers)
        problem(answer, 401)
        assert answer["WWW-Authenticate"].startswith("Bearer")
    # Where no token is needed, a wrong one is still wrong.
    problem(
        ask(
            "post", "/cakes", data={"name": "x"}, content_type="application/json", headers={"authorization": "Bearer x"}
        ),
        401,
    )


def test_with_a_token(ask: Any, chloe: Any) -> None:
    from bouquet.toolkit.api.auth import register_reader

    register_reader(lambda request, secret: chloe if secret == "right" else None)
    assert ask("get", "/mine", headers={"authorization": "bearer right"}).json() == "Chloé"
    assert ask("post", "/mine", headers={"authorization": "Bearer right"}).json() == "Chloé"  # no CSRF token needed


def test_a_page_of_the_same_site_uses_its_session_and_proves_where_it_comes_from(ask: Any, chloe: Any) -> None:
    ask.client.force_login(chloe)
    assert ask("get", "/mine").json() == "Chloé"
    problem(ask("post", "/mine"), 403)


def test_the_true_api_and_the_network_keep_their_readers() -> None:
    assert _READERS  # accounts reads its tokens
