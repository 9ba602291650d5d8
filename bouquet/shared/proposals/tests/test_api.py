"""The doors for programs: the same rules, and a problem for everything else."""

from __future__ import annotations

from typing import Any

import pytest

from bouquet.shared.network.models import Site
from bouquet.shared.proposals.models import Proposal
from bouquet.shared.proposals.tests.make import enter, is_listed_on
from bouquet.shared.works.models import Work

pytestmark = pytest.mark.django_db
JSON = "application/json"


def put(person: Any, path: str, body: Any = None) -> Any:
    return enter(person).put(f"/api/v1{path}", body if body is not None else {}, content_type=JSON)


def test_a_film_goes_its_whole_way(work: Work, magazine: Site, driss: Any, basile: Any, chloe: Any) -> None:
    places = enter(driss).get(f"/api/v1/works/{work.uid}/sites").json()
    assert places == [{"site": "magazine", "name": "Magazine", "state": "", "proposal": None}]
    sent = put(driss, f"/works/{work.uid}/sites/magazine", {"why": "For your readers"})
    assert sent.status_code == 200 and sent.json()["state"] == "waiting"
    listed = enter(basile).get("/api/v1/proposals?whose=desk").json()["proposals"]
    assert [(row["by"], row["why"], row["state"]) for row in listed] == [("Driss", "For your readers", "waiting")]
    uid = listed[0]["id"]
    assert put(driss, f"/proposals/{uid}/decision", {"accept": True}).status_code == 404
    assert put(basile, f"/proposals/{uid}/decision", {"accept": True}).json()["state"] == "asked"
    assert put(basile, f"/proposals/{uid}/decision", {"accept": True}).status_code == 409, "it waits for its maker"
    assert put(chloe, f"/proposals/{uid}/decision", {"accept": True}).json()["state"] == "shown"
    assert is_listed_on(magazine, work)
    assert put(basile, f"/works/{work.uid}/sites/magazine/dropping", {"reason": " "}).status_code == 422
    assert put(driss, f"/works/{work.uid}/sites/magazine/dropping", {"reason": "x"}).status_code == 404
    assert put(basile, f"/works/{work.uid}/sites/magazine/dropping", {"reason": "Old"}).status_code == 204
    assert not is_listed_on(magazine, work)
    assert enter(basile).delete(f"/api/v1/works/{work.uid}/sites/magazine/dropping").status_code == 204


def test_a_maker_shows_and_takes_back(work: Work, magazine: Site, chloe: Any, driss: Any) -> None:
    assert put(chloe, f"/works/{work.uid}/sites/magazine").json()["state"] == "shown"
    assert enter(driss).delete(f"/api/v1/works/{work.uid}/sites/magazine").status_code == 403
    assert enter(chloe).delete(f"/api/v1/works/{work.uid}/sites/magazine").status_code == 204
    assert not is_listed_on(magazine, work)


def test_strangers_are_refused(work: Work, magazine: Site) -> None:
    for method, path in [("get", f"/works/{work.uid}/sites"), ("get", "/proposals")]:
        answer = getattr(enter(), method)(f"/api/v1{path}")
        assert answer.status_code == 401 and answer["Content-Type"].startswith("application/problem+json")


@pytest.mark.parametrize(
    "body", [{"why": "x" * 501}, {"why": "\x00"}, {"why": 5}, [], "text", {"why": ""}, {"why": None}]
)
def test_bad_bodies_are_problems(work: Work, magazine: Site, driss: Any, body: Any) -> None:
    answer = put(driss, f"/works/{work.uid}/sites/magazine", body)
    assert answer.status_code in (400, 422) and answer["Content-Type"].startswith("application/problem+json")
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("uid", ["nobody", "..", "é", "%00", "0' or 1=1"])
def test_unknown_names_are_not_found(work: Work, magazine: Site, chloe: Any, uid: str) -> None:
    for path in (f"/works/{uid}/sites/magazine", f"/works/{work.uid}/sites/{uid}", f"/proposals/{uid}/decision"):
        answer = put(chloe, path, {"accept": True})
        assert answer.status_code in (400, 404, 422), path


def test_who_proposed_takes_it_back_once(work: Work, magazine: Site, driss: Any, chloe: Any) -> None:
    uid = put(driss, f"/works/{work.uid}/sites/magazine", {"why": "For you"}).json()["proposal"]
    assert enter(chloe).delete(f"/api/v1/proposals/{uid}").status_code == 404
    assert enter(driss).delete(f"/api/v1/proposals/{uid}").status_code == 204
    assert enter(driss).delete(f"/api/v1/proposals/{uid}").status_code == 409
