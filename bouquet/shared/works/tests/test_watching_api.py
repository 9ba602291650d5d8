"""The history and the places of the caller, for programs: theirs alone, and no more than the pages can do."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bouquet.shared.accounts.actions import issue_token
from bouquet.shared.works import actions
from bouquet.shared.works.models import HistoryPause, Watching
from bouquet.shared.works.tests.make import make_work
from bouquet.shared.works.tests.test_watching import watch

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(site: Any) -> Any:
    def send(person: Any, method: str, path: str, body: Any = None) -> Any:
        headers = {"host": site.host}
        if person is not None:
            headers["authorization"] = f"Bearer {issue_token(person, name='test')[1]}"
        client = Client(headers=headers)
        data = json.dumps(body) if body is not None else None
        return getattr(client, method)(f"/api/v1{path}", data, content_type="application/json")

    return send


def test_a_place_goes_from_one_program_to_another(ask: Any, chloe: Any, driss: Any, site: Any) -> None:
    work = make_work(site=site, duration=600.0)
    path = f"/works/{work.uid}/position"
    assert ask(chloe, "get", path).json()["seconds"] == 0
    assert ask(chloe, "put", path, {"seconds": 123.5}).status_code == 204
    here = ask(chloe, "get", path).json()
    assert (here["seconds"], here["duration"], here["is_open"]) == (123.5, 600, True)
    assert actions.place_of(chloe, work, duration=600).seconds == 123.5, "the page goes on there, too"
    assert ask(driss, "get", path).json()["seconds"] == 0, "it is hers alone"
    assert ask(chloe, "delete", path).status_code == 204
    assert ask(chloe, "get", path).json()["is_open"] is False


def test_the_history_is_read_and_forgotten(ask: Any, chloe: Any, driss: Any, site: Any) -> None:
    first, second = make_work(site=site, title="First"), make_work(site=site, title="Second")
    watch(chloe, first, 100)
    watch(chloe, second, 595)
    watch(driss, first, 50)
    answer = ask(chloe, "get", "/history").json()
    assert [(row["work"]["title"], row["is_open"]) for row in answer["watched"]] == [("Second", False), ("First", True)]
    assert answer["paused"] is False
    assert [row["work"]["title"] for row in ask(chloe, "get", "/history?only=open").json()["watched"]] == ["First"]
    assert ask(chloe, "delete", f"/history/{second.uid}").status_code == 204
    assert ask(chloe, "delete", f"/history/{second.uid}").status_code == 204
    assert Watching.objects.filter(person=chloe).count() == 1
    assert ask(chloe, "delete", "/history").status_code == 204
    assert list(Watching.objects.values_list("person", flat=True)) == [driss.pk], "others keep theirs"


def test_what_may_not_be_opened_any_more_is_not_listed(ask: Any, chloe: Any, site: Any) -> None:
    work = make_work(site=site)
    watch(chloe, work, 100)
    work.visibility = "private"
    work.save()
    assert ask(chloe, "get", "/history").json()["watched"] == []
    assert ask(chloe, "get", f"/works/{work.uid}/position").status_code == 404
    assert ask(chloe, "put", f"/works/{work.uid}/position", {"seconds": 5}).status_code == 404
    assert ask(chloe, "delete", f"/history/{work.uid}").status_code == 204
    assert not Watching.objects.exists()


def test_a_paused_history_writes_nothing_down(ask: Any, chloe: Any, site: Any) -> None:
    work = make_work(site=site, duration=600.0)
    assert ask(chloe, "put", "/history/pause").status_code == 204
    assert ask(chloe, "put", "/history/pause").status_code == 204
    assert ask(chloe, "get", "/history").json()["paused"] is True
    refused = ask(chloe, "put", f"/works/{work.uid}/position", {"seconds": 50})
    assert (refused.status_code, refused["content-type"]) == (409, "application/problem+json")
    assert not Watching.objects.exists()
    assert ask(chloe, "delete", "/history/pause").status_code == 204
    assert not HistoryPause.objects.exists()


@pytest.mark.parametrize("path", ["/history", "/history?only=open"])
def test_strangers_have_none(ask: Any, path: str) -> None:
    answer = ask(None, "get", path)
    assert (answer.status_code, answer["content-type"]) == (401, "application/problem+json")


@pytest.mark.parametrize(
    "body",
    [{}, {"seconds": -1}, {"seconds": 1e30}, {"seconds": "NaN"}, {"seconds": None}, [], "x", {"seconds": "Infinity"}],
)
def test_what_is_no_place_is_refused(ask: Any, chloe: Any, site: Any, body: Any) -> None:
    work = make_work(site=site, duration=600.0)
    answer = ask(chloe, "put", f"/works/{work.uid}/position", body)
    assert answer.status_code in (400, 422)
    assert answer["content-type"] == "application/problem+json"
    assert not Watching.objects.exists()


def test_in_what_does_not_play_nobody_stands(ask: Any, chloe: Any, site: Any) -> None:
    assert ask(chloe, "put", f"/works/{make_work(site=site).uid}/position", {"seconds": 5}).status_code == 409
    assert ask(chloe, "delete", "/history/%00").status_code in (204, 400, 404)
    assert ask(chloe, "get", "/history?cursor=broken").status_code == 422
    assert ask(chloe, "get", "/history?only=all").status_code == 422


def test_who_asks_without_end_waits(site: Any, chloe: Any) -> None:
    client = Client(headers={"host": site.host})
    client.force_login(chloe)
    answers = [client.get("/api/v1/history").status_code for _ in range(121)]
    assert (set(answers[:120]), answers[120]) == ({200}, 429)


def test_a_long_history_costs_no_more(site: Any, chloe: Any) -> None:
    client = Client(headers={"host": site.host})
    client.force_login(chloe)

    def asked() -> int:
        for _warm in range(2):
            client.get("/api/v1/history")
        with CaptureQueriesContext(connection) as queries:
            client.get("/api/v1/history")
        return len(queries)

    watch(chloe, make_work(site=site), 100)
    few = asked()
    for number in range(12):
        watch(chloe, make_work(site=site, title=f"Film {number}"), 100)
    assert asked() == few
