"""The maker's place for imports, its report, the API and the command line."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bouquet.config.cli import main
from bouquet.kinds.videos.imports.actions import start_import
from bouquet.kinds.videos.imports.models import ImportItem, ImportJob
from bouquet.kinds.videos.imports.tests.elsewhere import feed, item, peertube
from bouquet.kinds.videos.models import Video
from bouquet.kinds.videos.personal_data import erase, export_imports
from bouquet.kinds.videos.tests.conftest import HOST, queries_of
from bouquet.toolkit.fetch.tests.serve import Elsewhere
from bouquet.toolkit.sheets import as_text


def test_a_member_imports_a_feed_through_the_pages(
    world: Elsewhere, door: Any, chloe: Any, site: Any, work: Any
) -> None:
    client = door(chloe)
    assert "/videos/imports/" in client.get("/videos/mine/").content.decode()
    assert "Nothing was imported yet" in client.get("/videos/imports/").content.decode()
    said = {"source": "feed", "address": feed(world, [item(world, 1), item(world, 2)]), "visibility": "private"}
    answer = client.post("/videos/imports/new/", said)
    job = ImportJob.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/videos/imports/{job.uid}/")
    assert 'data-controller="refresh"' in client.get(job.path).content.decode()
    work()
    job.refresh_from_db()
    assert (job.state, job.reason) == ("looked", "")
    page = client.get(job.path).content.decode()
    assert "Import 2 films" in page
    assert "Film 1" in page
    assert client.post(f"{job.path}start").status_code == 302
    work()
    page = client.get(job.path).content.decode()
    assert "Finished" in page
    assert Video.objects.first().address in page
    assert Video.objects.first().visibility == "private"
    assert "Film 1" in client.get(f"{job.path}?state=done").content.decode()
    assert client.get(f"{job.path}state").status_code == 200


def test_a_table_is_imported_through_the_page(door: Any, chloe: Any, site: Any) -> None:
    table = SimpleUploadedFile("films.csv", b"url,title\nhttps://films.example/a.mp4,A\n")
    answer = door(chloe).post("/videos/imports/new/", {"source": "csv", "table": table, "visibility": "public"})
    assert answer.status_code == 302
    assert ImportItem.objects.get().title == "A"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"source": "feed"}, "Give the address"),
        ({"source": "csv"}, "Choose the CSV file"),
        ({"source": "feed", "address": "file:///etc/passwd"}, "Only addresses that begin with"),
        ({"source": "feed", "address": "http://a:b@films.example/"}, "name or password"),
        ({"source": "peertube", "address": "https://films.example/"}, "address of a PeerTube channel"),
        ({"source": "folder", "address": "/etc"}, "not one of the available choices"),
        ({"source": "feed", "address": "x" * 3000}, "at most 2000"),
        ({"source": "feed", "address": "http://films.example/\x00"}, "Null characters"),
    ],
)
def test_bad_input_is_a_sentence_beside_its_field(door: Any, chloe: Any, site: Any, said: Any, sentence: str) -> None:
    answer = door(chloe).post("/videos/imports/new/", {"visibility": "public"} | said)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not ImportJob.objects.exists()


def test_reasons_are_in_the_language_of_the_page_one_asks_on(
    world: Elsewhere, door: Any, chloe: Any, site: Any, work: Any
) -> None:
    chloe.language = "en"
    chloe.save()
    client = door(chloe)
    client.cookies["bq_language"] = "fr"
    world.gives("/feed.xml", b"no feed")
    asked = {"source": "feed", "address": f"{world.url}/feed.xml", "visibility": "public"}
    client.post("/videos/imports/new/", asked)
    work()
    job = ImportJob.objects.get()
    assert job.reason == "Cette adresse ne donne pas de flux."
    client.cookies["bq_language"] = "en"
    client.post(f"{job.path}look")
    work()
    job.refresh_from_db()
    assert job.reason == "This address gives no feed."


def test_anothers_import_does_not_exist(world: Elsewhere, ask: Any, door: Any, driss: Any) -> None:
    job = ask("feed", feed(world, [item(world, 1)]))
    client = door(driss)
    for page in ("", "state", "report.csv", "addresses.csv"):
        assert client.get(job.path + page).status_code == 404
    for verb in ("start", "pause", "cancellation", "retry", "look", "repeat", "left-out"):
        assert client.post(job.path + verb).status_code == 404
    api = f"/api/v1/videos/imports/{job.uid}"
    assert [client.get(api).status_code, client.get(f"{api}/items").status_code] == [404, 404]
    assert door().get(job.path).status_code == 302
    assert client.get("/videos/imports/%F0%9F%92%A9/").status_code == 404


def test_lists_ask_the_same_questions_however_long_they_are(world: Elsewhere, ask: Any, door: Any, chloe: Any) -> None:
    job = ask("feed", feed(world, [item(world, number) for number in range(3)]), start=True)
    client = door(chloe)
    few = queries_of(client, job.path), queries_of(client, "/videos/imports/")
    ask("feed", feed(world, [item(world, number) for number in range(3, 30)], path="/more.xml"), start=True)
    ask("feed", feed(world, [item(world, 40)], path="/other.xml"))
    ImportItem.objects.update(job=job)
    assert (queries_of(client, job.path), queries_of(client, "/videos/imports/")) == few
    assert few[0] <= 22
    assert few[1] <= 16


def test_a_report_is_a_table_without_formulas(world: Elsewhere, ask: Any, door: Any, chloe: Any) -> None:
    evil = '<item><title>=HYPERLINK("http://evil.example")</title><guid>1</guid></item>'
    job = ask("feed", feed(world, [evil, item(world, 2)]), start=True)
    answer = door(chloe).get(f"{job.path}report.csv")
    body = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(body)))
    assert rows[0][:2] == ["title", "state"]
    assert rows[1][0].startswith("'=HYPERLINK(")
    assert rows[2][0] == "Film 2"
    assert rows[2][-1] == Video.objects.get().address
    assert "attachment" in answer["Content-Disposition"]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert as_text(cell).startswith("'")


def test_an_import_through_the_api(world: Elsewhere, door: Any, chloe: Any, site: Any, work: Any) -> None:
    client = door(chloe)
    peertube(world, 2)
    said = {"source": "peertube", "address": f"{world.url}/c/lake", "visibility": "unlisted"}
    answer = client.post("/api/v1/videos/imports", json.dumps(said), content_type="application/json")
    assert answer.status_code == 202
    uid = answer.json()["id"]
    work()
    here = f"/api/v1/videos/imports/{uid}"
    seen = client.get(here).json()
    assert (seen["state"], seen["items"]["waiting"]["films"], seen["title"]) == ("looked", 2, "By the lake")
    assert [each["state"] for each in client.get(f"{here}/items?size=1").json()["items"]] == ["waiting"]
    assert client.get("/api/v1/videos/imports").json()["items"][0]["id"] == uid
    started = client.patch(here, json.dumps({"state": "running"}), content_type="application/json")
    assert started.json()["state"] == "running"
    work()
    assert client.get(here).json()["progress"] == 1.0
    items = client.get(f"{here}/items?state=done").json()["items"]
    assert [each["video"] for each in items] == list(Video.objects.order_by("pk").values_list("uid", flat=True))
    again = client.patch(here, json.dumps({"state": "running"}), content_type="application/json")
    assert (again.status_code, again["Content-Type"]) == (409, "application/problem+json")
    assert (
        client.patch(here, json.dumps({"state": "cancelled"}), content_type="application/json").json()["state"]
        == "cancelled"
    )


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"source": "feed", "address": "ftp://films.example/"}, 422),
        ({"source": "feed"}, 422),
        ({"source": "folder", "address": "/etc"}, 422),
        ({"source": "csv", "table": "nothing"}, 422),
        ({"source": "csv", "table": "url\nhttp://x.example/a.mp4", "repeat": "daily"}, 422),
        ({"source": "feed", "address": "http://x.example/", "channel": "not-mine"}, 422),
        ({"source": "feed", "address": "http://x.example/", "visibility": "nobody"}, 422),
        ({"source": "feed", "address": "http://x.example/", "site": "nowhere"}, 422),
        ({"source": "feed", "address": "http://x.example/", "site": "\x00"}, 400),
    ],
)
def test_bad_input_through_the_api_is_a_problem(door: Any, chloe: Any, site: Any, said: Any, status: int) -> None:
    answer = door(chloe).post("/api/v1/videos/imports", json.dumps(said), content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert not ImportJob.objects.exists()


def test_a_stranger_gets_a_problem(site: Any) -> None:
    answer = Client(headers=HOST).get("/api/v1/videos/imports")
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")


def test_the_api_is_described(site: Any) -> None:
    paths = Client(headers=HOST).get("/api/v1/openapi.json").json()["paths"]
    assert {"/api/v1/videos/imports", "/api/v1/videos/imports/{uid}", "/api/v1/videos/{uid}"} <= set(paths)


def test_the_command_line_looks_and_imports(world: Elsewhere, chloe: Any, site: Any, work: Any) -> None:
    address = feed(world, [item(world, 1)])
    run = CliRunner().invoke
    asked = ["video", "import", "feed", address, "--person", chloe.email, "--site", site.slug, "--no-wait"]
    assert run(main, [*asked, "--dry-run"]).exit_code == 0
    work()
    job = ImportJob.objects.get()
    assert (job.state, Video.objects.count()) == ("looked", 0)
    shown = run(main, ["video", "import", "show", job.uid])
    assert "waiting        1" in shown.output
    assert run(main, asked).exit_code == 0
    work()
    assert Video.objects.get().author == chloe
    assert run(main, ["video", "import", "list"]).output.count("\n") == 2
    assert "guid" not in run(main, ["video", "import", "addresses"]).output
    assert "map $host$request_uri $moved_to" in run(main, ["video", "import", "addresses", "--nginx"]).output


@pytest.mark.parametrize(
    "words",
    [
        ["--site", "nowhere", "--person", "chloe@bouquet.example"],
        ["--site", "video"],
        ["--site", "video", "--channel", "x"],
    ],
)
def test_the_command_line_says_what_is_missing(chloe: Any, site: Any, words: list[str]) -> None:
    answer = CliRunner().invoke(main, ["video", "import", "feed", "http://films.example/", *words])
    assert answer.exit_code == 1
    assert answer.output.startswith("Error: ")


def test_imports_are_taken_home_and_go_with_their_person(world: Elsewhere, ask: Any, chloe: Any) -> None:
    job = ask("feed", feed(world, [item(world, 1)]))
    assert export_imports(chloe)[0]["films"][0]["title"] == "Film 1"
    start_import(job)
    film = job.items.get()
    film.spool.parent.mkdir(parents=True, exist_ok=True)
    film.spool.write_bytes(b"half")
    ImportItem.objects.update(got=4)
    from bouquet.kinds.videos.imports.actions import forget_imports_of

    forget_imports_of(chloe)
    erase(chloe)
    assert not ImportJob.objects.exists()
    assert not film.spool.exists()
