"""The desk of works: who may take down what, and what the author hears."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from bouquet.shared.network.actions import appoint_editor
from bouquet.shared.network.tests.make import make_main_site, make_site
from bouquet.shared.notifications.models import Notice
from bouquet.shared.works.models import Work
from bouquet.shared.works.tests.make import make_work

pytestmark = pytest.mark.django_db


@pytest.fixture
def places(basile: Any) -> tuple[Any, Any]:
    make_main_site()
    here, there = make_site("magazine", front=True), make_site("video")
    appoint_editor(here, basile)
    return here, there


def _desk(client: Client, person: Any, path: str = "", **options: Any) -> Any:
    client.force_login(person)
    return client.get(f"/admin/works/{path}", headers={"host": "magazine.bouquet.localhost"}, **options)


def test_an_editor_sees_the_works_of_their_sites_only(client: Client, basile: Any, places: tuple[Any, Any]) -> None:
    here, there = places
    mine, other = make_work(site=here, title="Ours"), make_work(site=there, title="Theirs")
    page = _desk(client, basile).content.decode()
    assert mine.title in page and other.title not in page


def test_a_member_has_no_desk(client: Client, chloe: Any, places: tuple[Any, Any]) -> None:
    assert _desk(client, chloe).status_code in (302, 404)


def test_taking_down_hides_the_work_and_tells_its_author(
    client: Client, basile: Any, chloe: Any, places: tuple[Any, Any]
) -> None:
    work = make_work(site=places[0], author=chloe)
    client.force_login(basile)
    address = f"/admin/works/{work.uid}/taking-down/"
    host = {"host": "magazine.bouquet.localhost"}
    assert client.post(address, {"reason": ""}, headers=host).status_code == 200, "a reason is needed"
    assert client.post(address, {"reason": "Against rule 3"}, headers=host).status_code == 302
    work.refresh_from_db()
    assert work.state == Work.State.TAKEN_DOWN
    assert Notice.objects.get(person=chloe, kind="works.taken_down").values["reason"] == "Against rule 3"
    assert client.post(f"/admin/works/{work.uid}/giving-back/", headers=host).status_code == 302
    work.refresh_from_db()
    assert work.state == Work.State.LIVE


def test_another_sites_work_cannot_be_taken_down(client: Client, basile: Any, places: tuple[Any, Any]) -> None:
    work = make_work(site=places[1])
    client.force_login(basile)
    answer = client.post(
        f"/admin/works/{work.uid}/taking-down/", {"reason": "No"}, headers={"host": "magazine.bouquet.localhost"}
    )
    assert answer.status_code == 404
    work.refresh_from_db()
    assert work.state == Work.State.LIVE
