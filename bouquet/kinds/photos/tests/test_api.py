"""Albums through the API: the same rules, strict bodies, the file by tus."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from bouquet.kinds.photos.models import Album, Photo
from bouquet.kinds.photos.tests.make import make_album
from bouquet.shared.assets.actions import take_whole_file
from bouquet.toolkit.tasks.testing import run_all_tasks
from bouquet.toolkit.testing.pictures import picture

API = "/api/v1/photos"


def ask(client: Any, verb: str, path: str = "", body: Any = None) -> Any:
    return getattr(client, verb)(f"{API}{path}", body, content_type="application/json")


def test_a_program_makes_fills_orders_and_publishes_an_album(door: Any, chloe: Any) -> None:
    client = door(chloe)
    made = ask(client, "post", body={"title": "Lake", "theme": "travel", "tags": ["lake"], "licence": "cc0"})
    assert made.status_code == 201, made.text
    uid = made.json()["id"]
    assert ask(client, "put", f"/{uid}/publication", {"wanted": True}).status_code == 422
    ids = []
    for number in range(2):
        data = picture()
        words = {"filename": f"{number}.jpg", "size": len(data), "caption": f"No. {number}"}
        announced = ask(client, "post", f"/{uid}/photos", words)
        assert announced.status_code == 201 and "/tus/" in announced.json()["upload_url"]
        ids.append(announced.json()["id"])
        upload = Photo.objects.get(uid=ids[-1]).asset.upload
        take_whole_file(upload, SimpleUploadedFile("0.jpg", data))
    run_all_tasks()
    assert ask(client, "put", f"/{uid}/publication", {"wanted": True}).json()["state"] == "live"
    changed = ask(client, "patch", f"/{uid}", {"photos": [ids[1]], "cover": ids[1], "may_download": True}).json()
    assert [photo["id"] for photo in changed["photos"]] == [ids[1], ids[0]]
    said = ask(client, "patch", f"/{uid}/photos/{ids[0]}", {"alternative": "A lake", "focus": [10, 20]}).json()
    assert said["photos"][1] | {"alternative": "A lake", "focus": [10, 20]} == said["photos"][1]
    shown = ask(door(), "get", f"/{uid}").json()
    assert shown["licence_url"].startswith("https://creativecommons.org") and shown["photos"][0]["file"]
    assert set(shown["photos"][0]["pictures"]) == {"320", "640", "1280"}
    found = ask(door(), "get", "?theme=travel&site=club").json()
    assert [album["id"] for album in found["albums"]] == [uid]
    assert ask(client, "delete", f"/{uid}/photos/{ids[0]}").status_code == 204
    assert ask(client, "delete", f"/{uid}").status_code == 204
    assert not Album.objects.exists()


def test_what_it_does_not_know_it_refuses(door: Any, chloe: Any) -> None:
    album = make_album(chloe, photos=0, publish=False)
    client = door(chloe)
    for verb, path, body in (
        ("post", "", {"title": "Lake", "colour": "red"}),
        ("post", "", {"title": "Lake", "theme": "nothing-like-it"}),
        ("post", "", {"title": "Lake", "licence": "mine"}),
        ("post", "", {"title": ""}),
        ("patch", f"/{album.uid}", {"licence": "mine"}),
        ("patch", f"/{album.uid}", {"visibility": "password"}),
        ("post", f"/{album.uid}/photos", {"filename": "x.jpg", "size": -1}),
        ("post", f"/{album.uid}/photos", {"filename": "x.jpg", "size": 0}),
        ("put", f"/{album.uid}/publication", {"wanted": True, "at": "2030-01-01T00:00:00"}),
        ("get", "?cursor=nonsense", None),
    ):
        answer = ask(client, verb, path, body)
        assert (answer.status_code, answer["content-type"]) == (422, "application/problem+json"), (verb, path, body)
    large = ask(client, "post", f"/{album.uid}/photos", {"filename": "x.jpg", "size": 10**9})
    assert large.status_code == 413
    assert ask(client, "post", body={"title": "Lake", "for_the_site": True}).status_code == 403


def test_strangers_change_nothing(door: Any, chloe: Any, driss: Any) -> None:
    album, hidden = make_album(chloe), make_album(chloe, publish=False)
    photo = album.photos.get().uid
    for verb, path, body in (
        ("patch", "", {"title": "Mine"}),
        ("delete", "", None),
        ("put", "/publication", {"wanted": False}),
        ("post", "/photos", {"filename": "x.jpg", "size": 9}),
        ("patch", f"/photos/{photo}", {"caption": "Mine"}),
        ("delete", f"/photos/{photo}", None),
    ):
        assert ask(door(driss), verb, f"/{album.uid}{path}", body).status_code == 403, path
        assert ask(door(driss), verb, f"/{hidden.uid}{path}", body).status_code == 404, path
        assert ask(door(), verb, f"/{album.uid}{path}", body).status_code == 401, path
    assert ask(door(driss), "get", f"/{hidden.uid}").status_code == 404
    assert Album.objects.get(uid=album.uid).title == "A summer at the lake"
