"""Pages of numbers, their files and the API: for makers and editors, and for nobody else."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bouquet.shared.accounts.actions import issue_token
from bouquet.shared.audience.tests.make import make_play, parts, write
from bouquet.shared.network.actions import appoint_editor
from bouquet.shared.network.tests.make import make_site
from bouquet.shared.works.tests.make import make_channel, make_work

pytestmark = pytest.mark.django_db
NOON = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0).timestamp()
DAY = 86400


@pytest.fixture
def door(site: Any) -> Any:
    def enter(person: Any = None) -> Client:
        client = Client(headers={"host": site.host})
        if person is not None:
            client.force_login(person)
        return client

    return enter


@pytest.fixture
def work(site: Any, chloe: Any) -> Any:
    """Chloé's film, with three plays today and one a month ago."""
    work = make_work(site=site, author=chloe, title="=The lake", slug="lake", duration=100.0)
    for number, source in enumerate(("", "example.org", "example.org")):
        write(*make_play(work, at=NOON, play=number, visitor=number, source=source, seconds=60, parts=parts(0, 60)))
    write(*make_play(work, at=NOON - 30 * DAY, play=9, country="BE"))
    return work


def pages(work: Any) -> list[str]:
    return [
        f"/numbers/works/{work.uid}/",
        f"/numbers/works/{work.uid}/days.csv",
        f"/numbers/channels/{work.channel.slug}/",
        f"/numbers/channels/{work.channel.slug}/works.csv",
    ]


def test_the_maker_reads_them(door: Any, work: Any, chloe: Any) -> None:
    html = door(chloe).get(f"/numbers/works/{work.uid}/").content.decode()
    assert "example.org" in html and "France" in html and "Belgium" not in html
    assert "200 % more" in html.replace("\u202f", " ")
    assert (
        html.count("<rect") > 28
        and "style=" not in html
        and "<script" not in html.split("</head>")[1].split("<main")[1].split("</main>")[0]
    )
    assert "Belgium" in door(chloe).get(f"/numbers/works/{work.uid}/?days=90").content.decode()


def test_others_find_nothing(door: Any, work: Any, driss: Any) -> None:
    for path in pages(work):
        assert door(driss).get(path).status_code == 404
        assert door().get(path).status_code == 302
    assert door(driss).get("/numbers/").status_code == 404
    assert door(driss).get("/numbers/days.csv").status_code == 404


def test_the_editors_of_the_site_read_all_of_it(chloe: Any, basile: Any) -> None:
    press = make_site("press", front=True)
    work = make_work(site=press, author=chloe, title="The lake")
    write(*make_play(work, at=NOON))
    client = Client(headers={"host": press.host})
    client.force_login(basile)
    everything = [*pages(work), "/numbers/", "/numbers/works.csv"]
    assert {client.get(path).status_code for path in everything} == {404}
    appoint_editor(press, basile)
    assert {client.get(path).status_code for path in everything} == {200}
    assert "The lake" in client.get("/numbers/").content.decode()


def test_who_owns_the_channel_reads_the_works_in_it(door: Any, site: Any, driss: Any, chloe: Any) -> None:
    work = make_work(site=site, author=chloe, channel=make_channel(site=site, owner=driss))
    assert door(driss).get(f"/numbers/works/{work.uid}/").status_code == 200


def test_on_the_networks_front_an_editor_finds_their_sites(work: Any, main_site: Any, ada: Any, driss: Any) -> None:
    client = Client(headers={"host": main_site.host})
    client.force_login(ada)
    assert f"{work.site.url}/numbers/" in client.get("/numbers/").content.decode()
    client.force_login(driss)
    assert client.get("/numbers/").status_code == 404


def test_nothing_played_says_so(door: Any, site: Any, chloe: Any) -> None:
    work = make_work(site=site, author=chloe)
    html = door(chloe).get(f"/numbers/works/{work.uid}/").content.decode()
    assert "Nothing has been played here in this time" in html


@pytest.mark.parametrize("days", ["", "0", "-7", "29", "9" * 400, "٧", "28'"])
def test_a_strange_range_is_the_usual_one(door: Any, work: Any, chloe: Any, days: str) -> None:
    answer = door(chloe).get(f"/numbers/works/{work.uid}/", {"days": days})
    assert answer.status_code == 200
    assert answer.context["days"] == 28


def test_a_year_is_drawn_by_the_week(door: Any, work: Any, chloe: Any) -> None:
    answer = door(chloe).get(f"/numbers/works/{work.uid}/?days=365")
    bars = answer.context["bars"]
    assert bars.by_week and len(bars.bars) == 53
    assert sum(bar.views for bar in bars.bars) == 4
    assert max(bar.height for bar in bars.bars) <= 100


def test_files_are_plain_and_harmless(door: Any, work: Any, chloe: Any) -> None:
    answer = door(chloe).get(f"/numbers/channels/{work.channel.slug}/works.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "work,label,views,plays,watch_seconds"
    assert lines[1] == f"{work.uid},'=The lake,3,3,180"
    days = door(chloe).get(f"/numbers/works/{work.uid}/days.csv?days=7").content.decode("utf-8-sig").splitlines()
    assert len(days) == 8 and days[-1] == f"{timezone.localdate()},3,3,3,180"
    curve = door(chloe).get(f"/numbers/works/{work.uid}/curve.csv").content.decode("utf-8-sig").splitlines()
    assert (curve[60], curve[61]) == ("59,1.0000", "60,0.0000")
    assert door(chloe).get(f"/numbers/works/{work.uid}/nothing.csv").status_code == 404


def test_a_page_asks_a_steady_number_of_questions(door: Any, work: Any, chloe: Any) -> None:
    client = door(chloe)

    def questions(path: str) -> int:
        for _ in range(2):  # the process reads once what it keeps: sites, brands
            client.get(path)
        with CaptureQueriesContext(connection) as asked:
            client.get(path)
        return len(asked)

    few = questions(f"/numbers/works/{work.uid}/"), questions(f"/numbers/channels/{work.channel.slug}/")
    for number in range(20):
        other = make_work(site=work.site, author=chloe, channel=work.channel)
        write(*make_play(other, at=NOON - number * DAY, play=100 + number, source=f"{number}.example"))
        write(*make_play(work, at=NOON - number * DAY, play=200 + number, visitor=5, source=f"{number}.example"))
    many = questions(f"/numbers/works/{work.uid}/"), questions(f"/numbers/channels/{work.channel.slug}/")
    assert many == few
    assert max(many) <= 14  # who is it (4); whose is it (2); days, four lists, the curve or the works


@pytest.fixture
def call(site: Any) -> Any:
    def ask(path: str, person: Any = None) -> Any:
        headers = {"host": site.host}
        if person:
            headers["authorization"] = f"Bearer {issue_token(person, name='test')[1]}"
        return Client().get(f"/api/v1{path}", headers=headers)

    return ask


def test_the_api_says_the_same(call: Any, work: Any, chloe: Any, driss: Any, ada: Any) -> None:
    told = call(f"/channels/{work.channel.slug}/numbers?days=7", chloe).json()
    assert (told["totals"]["views"], told["totals"]["watch_seconds"]) == (3, 180)
    assert told["works"][0]["value"] == work.uid
    assert call(f"/sites/{work.site.slug}/numbers", ada).json()["totals"]["views"] == 3
    for path in (f"/channels/{work.channel.slug}/numbers", f"/sites/{work.site.slug}/numbers"):
        assert call(path).status_code == 401
        assert call(path, driss).status_code == 404
        assert call(f"{path}?days=5", ada).status_code == 422
    assert call("/sites/nowhere/numbers", ada).status_code == 404


def test_everybody_reads_what_is_counted_and_may_refuse(door: Any) -> None:
    client = door()
    html = client.get("/counting/").content.decode()
    assert "Do not count me" in html and "10 seconds" in html and 'href="/counting/"' in html
    answer = client.post("/counting/refusal", {"count": "no"})
    assert answer.cookies["bq_uncounted"].value == "1"
    assert "Count me again" in client.get("/counting/").content.decode()
    client.post("/counting/refusal", {"count": "yes"})
    assert "Do not count me" in client.get("/counting/").content.decode()
    refused = client.post("/counting/refusal", {"count": "no"}, headers={"sec-fetch-site": "cross-site"})
    assert "bq_uncounted" not in refused.cookies


def test_a_browser_that_refuses_is_told_so(door: Any) -> None:
    html = door().get("/counting/", headers={"sec-gpc": "1"}).content.decode()
    assert "Your browser asks not to be tracked" in html
    assert not re.search(r"<button[^>]*name=.count", html)


def test_days_are_whole(work: Any) -> None:
    from bouquet.shared.audience.numbers import numbers_of_work

    numbers = numbers_of_work(work, 28)
    assert len(numbers.by_day) == len(numbers.by_day_before) == 28
    assert numbers.since == timezone.localdate() - timedelta(days=27)
    assert numbers.before.views == 1
