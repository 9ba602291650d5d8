"""The API of works, as a program meets it."""

from __future__ import annotations

import pytest

from bouquet.shared.accounts.actions import issue_token
from bouquet.shared.works.tests.make import make_work

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(client, site):
    def ask(method, path, person=None, data=None):
        headers = {"host": site.host}
        if person:
            headers["authorization"] = f"Bearer {issue_token(person, name='test')[1]}"
        return getattr(client, method)(f"/api/v1{path}", data, headers=headers, content_type="application/json")

    return ask


def test_a_list_is_paged_by_cursor(call, client, site):
    for number in range(5):
        make_work(title=f"Film {number}", site=site)
    make_work(title="Hidden", visibility="private", site=site)
    seen, cursor = [], ""
    while cursor is not None:
        answer = client.get(
            "/api/v1/works", {"limit": 2, "cursor": cursor, "site": site.slug}, headers={"host": site.host}
        )
        seen += [work["title"] for work in answer.json()["works"]]
        cursor = answer.json()["next_cursor"]
    assert seen == [f"Film {number}" for number in (4, 3, 2, 1, 0)]


@pytest.mark.parametrize("query", ["cursor=nonsense", "limit=0", "limit=101", "kind='"])
def test_what_is_not_valid_is_a_problem(call, query):
    answer = call("get", f"/works?{query}")
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")


def test_one_work(call, site):
    work = make_work(site=site, title="The harbour")
    told = call("get", f"/works/{work.uid}").json()
    assert (told["id"], told["title"], told["url"], told["site"]) == (work.uid, "The harbour", work.address, site.slug)
    assert call("get", f"/works/{make_work(site=site, visibility='private').uid}").status_code == 404
    assert call("get", "/works/%27%22").status_code == 404


def test_reacting_and_following(call, chloe, site):
    work = make_work(site=site)
    assert call("put", f"/works/{work.uid}/reaction").status_code == 401
    for _time in range(2):
        assert call("put", f"/works/{work.uid}/reaction", chloe).status_code == 204
        assert call("put", f"/channels/{work.channel.slug}/follow", chloe).status_code == 204
    assert call("get", f"/works/{work.uid}").json()["likes"] == 1
    assert [each["id"] for each in call("get", "/feed", chloe).json()["works"]] == [work.uid]
    for _time in range(2):
        assert call("delete", f"/works/{work.uid}/reaction", chloe).status_code == 204
        assert call("delete", f"/channels/{work.channel.slug}/follow", chloe).status_code == 204
    assert call("get", f"/works/{work.uid}").json()["likes"] == 0
    assert call("get", "/feed", chloe).json() == {"works": [], "next_cursor": None}


def test_collections(call, chloe, driss, site):
    work = make_work(site=site)
    made = call("post", "/collections", chloe, {"name": "Evening", "visibility": "private"})
    assert made.status_code == 201
    path = f"/collections/{made.json()['id']}"
    assert call("put", f"{path}/works/{work.uid}", chloe).status_code == 204
    assert [each["id"] for each in call("get", path, chloe).json()["works"]] == [work.uid]
    assert call("get", path, driss).status_code == 404
    assert call("put", f"{path}/works/{work.uid}", driss).status_code == 404
    assert call("delete", f"{path}/works/{work.uid}", chloe).status_code == 204
    assert {each["name"] for each in call("get", "/collections", chloe).json()} == {"Evening", "Later"}
    assert call("delete", path, chloe).status_code == 204
    assert call("post", "/collections", chloe, {"name": "  "}).status_code == 422
