"""Captions and chapters through the API."""

from __future__ import annotations

from typing import Any

import pytest

from bouquet.kinds.videos.tests.make import make_video

VTT = "WEBVTT\n\n00:00.000 --> 00:01.000\nBonjour & <script>alert(1)</script>\n"
JSON = "application/json"


def put(client: Any, path: str, body: Any) -> Any:
    return client.put(f"/api/v1/videos/{path}", body, content_type=JSON)


def test_they_are_put_read_changed_and_taken_away(door: Any, chloe: Any) -> None:
    video, client = make_video(author=chloe), door(chloe)
    said = put(client, f"{video.uid}/captions/fr", {"text": VTT, "label": "Français de Paris"})
    assert said.status_code == 201
    first = said.json()
    assert first["cues"] == [{"start": 0, "end": 1.0, "text": "Bonjour & alert(1)", "settings": ""}]
    assert first["url"].startswith("http://video.bouquet.localhost/m/")
    cues = [{"start": 0.5, "end": 1.25, "text": "Bonsoir"}]
    second = put(client, f"{video.uid}/captions/fr", {"cues": cues, "base": first["version"]})
    assert second.status_code == 200
    assert second.json()["label"] == "Français de Paris"
    listed = door().get(f"/api/v1/videos/{video.uid}/captions").json()
    assert [(each["language"], each["kind"], each["length"]) for each in listed] == [("fr", "subtitles", 1)]
    assert "cues" not in listed[0]
    assert door().get(f"/api/v1/videos/{video.uid}/captions/fr").json()["cues"][0]["start"] == 0.5
    assert client.delete(f"/api/v1/videos/{video.uid}/captions/fr").status_code == 204
    gone = door().get(f"/api/v1/videos/{video.uid}/captions/fr")
    assert gone.status_code == 404
    assert gone["content-type"] == "application/problem+json"


def test_a_second_editor_gets_409_with_the_version_that_is_kept(door: Any, chloe: Any) -> None:
    video, client = make_video(author=chloe), door(chloe)
    base = put(client, f"{video.uid}/captions/fr", {"text": VTT}).json()["version"]
    put(client, f"{video.uid}/captions/fr", {"cues": [{"start": 0, "end": 1, "text": "Leur"}], "base": base})
    answer = put(client, f"{video.uid}/captions/fr", {"cues": [{"start": 0, "end": 1, "text": "Mien"}], "base": base})
    assert answer.status_code == 409
    assert answer["content-type"] == "application/problem+json"
    assert answer.json()["current"]["cues"][0]["text"] == "Leur"
    assert answer.json()["current"]["text"].startswith("WEBVTT")


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ({"text": "WEBVTT\n\n00:03.000 --> 00:01.000\nx\n"}, "Line 3: this text ends"),
        ({}, "Send `text` or `cues`."),
        ({"cues": [{"start": 3, "end": 1, "text": "x"}]}, "Text 1: this text ends"),
        (
            {"cues": [{"start": 3, "end": 4, "text": "x"}, {"start": 1, "end": 2, "text": "y"}]},
            "Text 2: this text begins",
        ),
        ({"cues": [{"start": -1, "end": 4, "text": "x"}]}, ""),
        ({"cues": [{"start": 0, "end": 1e99, "text": "x"}]}, ""),
        ({"cues": [{"start": 0, "end": 1, "text": "x"}] * 10_001}, ""),
    ],
)
def test_what_cannot_be_kept_is_a_problem_with_a_sentence(door: Any, chloe: Any, body: Any, detail: str) -> None:
    answer = put(door(chloe), f"{make_video(author=chloe).uid}/captions/fr", body)
    assert answer.status_code == 422
    assert answer["content-type"] == "application/problem+json"
    assert answer.json()["detail"].startswith(detail)


@pytest.mark.parametrize("path", ["captions/fr", "chapters"])
def test_strangers_may_not(door: Any, chloe: Any, driss: Any, path: str) -> None:
    video = make_video(author=chloe)
    body = {"text": VTT, "chapters": []}
    assert put(door(driss), f"{video.uid}/{path}", body).status_code == 403
    assert put(door(), f"{video.uid}/{path}", body).status_code == 401
    assert door(driss).delete(f"/api/v1/videos/{video.uid}/{path}").status_code == 403


def test_a_language_that_is_none_is_told_of(door: Any, chloe: Any) -> None:
    video = make_video(author=chloe)
    assert put(door(chloe), f"{video.uid}/captions/klingonese", {"text": VTT}).status_code == 422
    assert door().get(f"/api/v1/videos/{video.uid}/captions/1x").status_code == 404


def test_chapters_are_put_read_and_given_back_to_the_description(door: Any, chloe: Any) -> None:
    video, client = make_video(author=chloe, summary="0:00 Un\n0:01 Deux\n0:02 Trois"), door(chloe)
    assert client.get(f"/api/v1/videos/{video.uid}/chapters").json()["source"] == "description"
    marks = [{"starts_at": at, "title": title} for at, title in ((0, "One"), (1.5, "Two"), (3, "Three"))]
    said = put(client, f"{video.uid}/chapters", {"chapters": marks})
    assert said.json() == {"source": "hand", "chapters": marks}
    wrong = put(client, f"{video.uid}/chapters", {"chapters": [marks[0], marks[2], marks[1]]})
    assert wrong.status_code == 422
    assert "“Two” begins at 0:01.5, not after “Three”" in wrong.json()["detail"]
    assert client.delete(f"/api/v1/videos/{video.uid}/chapters").status_code == 204
    assert client.get(f"/api/v1/videos/{video.uid}/chapters").json()["chapters"][1]["title"] == "Deux"


@pytest.fixture
def ear(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> None:
    """A network that can hear: a folder with a model, and the library that reads it."""
    (tmp_path / "model.bin").write_bytes(b"x")
    settings.SPEECH_MODEL = str(tmp_path)
    monkeypatch.setattr("bouquet.shared.assets.captions.speech.find_spec", lambda _name: object())


def test_a_network_without_an_ear_has_no_automatic_captions(door: Any, chloe: Any) -> None:
    video, client = make_video(author=chloe), door(chloe)
    said = client.post(f"/api/v1/videos/{video.uid}/hearing", {"language": "fr"}, content_type=JSON)
    assert said.status_code == 404
    assert said["content-type"] == "application/problem+json"
    assert b"/hearing" not in client.get(f"/videos/{video.uid}/captions").content
    assert client.post(f"/videos/{video.uid}/hearing").status_code == 404


@pytest.mark.usefixtures("ear")
def test_a_maker_has_a_film_listened_to(door: Any, chloe: Any, driss: Any) -> None:
    video, client = make_video(author=chloe), door(chloe)
    path = f"/api/v1/videos/{video.uid}/hearing"
    assert client.get(path).json()["state"] == "offered"
    assert client.post(path, {"language": "klingon!"}, content_type=JSON).status_code == 422
    assert door(driss).post(path, {}, content_type=JSON).status_code == 403
    said = client.post(path, {"language": "fr"}, content_type=JSON)
    assert (said.status_code, said.json()) == (202, {"state": "waiting", "progress": 0})
    assert client.post(path, {"language": "fr"}, content_type=JSON).status_code == 202
    assert client.get(path).json()["state"] == "waiting"


@pytest.mark.usefixtures("ear")
def test_the_page_offers_it_and_says_that_it_listens(door: Any, chloe: Any, driss: Any) -> None:
    video, client = make_video(author=chloe), door(chloe)
    page = f"/videos/{video.uid}/captions"
    assert f"/videos/{video.uid}/hearing" in client.get(page).content.decode()
    assert door(driss).post(f"/videos/{video.uid}/hearing").status_code in (403, 404)
    assert client.post(f"/videos/{video.uid}/hearing", {"language": "fr"}).status_code == 302
    assert "progress" in client.get(page).content.decode()


@pytest.mark.usefixtures("ear")
def test_what_people_wrote_is_refused_to_the_machine(door: Any, chloe: Any) -> None:
    video, client = make_video(author=chloe), door(chloe)
    put(client, f"{video.uid}/captions/fr", {"text": VTT})
    said = client.post(f"/api/v1/videos/{video.uid}/hearing", {"language": "fr"}, content_type=JSON)
    assert said.status_code == 422
