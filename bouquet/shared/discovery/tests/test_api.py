"""Finding through the API: the same as on pages; wrong values are told as problems."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from bouquet.shared.works.actions import follow_channel
from bouquet.shared.works.tests.make import make_work

pytestmark = pytest.mark.django_db


@pytest.fixture
def api(site: Any, chloe: Any) -> Client:
    client = Client(headers={"host": site.host})
    client.force_login(chloe)
    return client


def test_related_works_say_why(api: Client, site: Any) -> None:
    work = make_work(site=site, category="nature")
    other = make_work(site=site, category="nature", title="Forest")
    hidden = make_work(site=site, visibility="private")
    found = api.get(f"/api/v1/works/{work.uid}/related").json()["works"]
    assert [(each["id"], each["why"]) for each in found] == [(other.uid, "Also in Animals and nature")]
    for path, status in ((f"{hidden.uid}/related", 404), (f"{work.uid}/related?limit=99", 422)):
        answer = api.get(f"/api/v1/works/{path}")
        assert (answer.status_code, answer["content-type"]) == (status, "application/problem+json")


def test_home_its_switch_and_its_refusals(api: Client, site: Any, chloe: Any) -> None:
    works = [make_work(site=site, title=title) for title in ("Lake", "Forest")]
    for work in works:
        follow_channel(work.channel, by=chloe)

    def titles() -> list[str]:
        return [work["title"] for shelf in api.get("/api/v1/home").json()["shelves"] for work in shelf["works"]]

    assert set(titles()) == {"Lake", "Forest"}
    token = {"content_type": "application/json"}
    assert api.put(f"/api/v1/home/works/{works[0].uid}/refusal", **token).status_code == 204
    assert titles() == ["Forest"]
    assert api.put(f"/api/v1/home/channels/{works[1].channel.slug}/refusal", **token).status_code == 204
    assert titles() == []
    assert api.delete(f"/api/v1/home/works/{works[0].uid}/refusal", **token).status_code == 204
    assert api.delete(f"/api/v1/home/channels/{works[1].channel.slug}/refusal", **token).status_code == 204
    assert api.put("/api/v1/home", {"on": False}, **token).status_code == 204
    assert api.get("/api/v1/home").json() == {"on": False, "shelves": []}
    assert Client(headers={"host": site.host}).get("/api/v1/home").status_code == 401


def test_what_trends_in_pages(api: Client, site: Any) -> None:
    for number in range(5):
        make_work(site=site, title=f"Film {number}", trending=number)
    first = api.get(f"/api/v1/trending?limit=3&kind=videos&site={site.slug}").json()
    assert [each["title"] for each in first["works"]] == ["Film 4", "Film 3", "Film 2"]
    second = api.get("/api/v1/trending", {"limit": 3, "cursor": first["next_cursor"]}).json()
    assert [each["title"] for each in second["works"]] == ["Film 1"]
    assert api.get("/api/v1/trending?cursor=nonsense").status_code == 422
    assert api.get("/api/v1/trending?site=no-such").status_code == 404
