"""The doors that other programs use."""

from __future__ import annotations

import json
from typing import Any

from bouquet.kinds.videos.models import Video
from bouquet.kinds.videos.tests.conftest import queries_of
from bouquet.kinds.videos.tests.make import make_video, make_video_in_the_works, make_video_on_its_way
from bouquet.shared.accounts.actions import issue_token
from bouquet.shared.network.tests.make import make_site

ANNOUNCED = {"title": "The lake", "size": 2_000_000, "filename": "lake.mp4"}


def send(client: Any, method: str, path: str, body: Any = None, **headers: str) -> Any:
    return client.generic(method, path, json.dumps(body or {}), content_type="application/json", headers=headers)


def test_a_program_announces_a_video_and_gets_its_upload(door: Any, chloe: Any) -> None:
    _token, secret = issue_token(chloe, name="test")
    answer = send(door(), "POST", "/api/v1/videos", ANNOUNCED, authorization=f"Bearer {secret}")
    assert answer.status_code == 201, answer.content
    said = answer.json()
    video = Video.objects.get(uid=said["id"])
    assert said["upload_url"] == f"http://video.bouquet.localhost{video.asset.upload.path}"
    assert said["url"] == video.address
    assert (video.author, video.title, video.asset.size, video.state) == (chloe, "The lake", 2_000_000, "draft")


def test_addresses_answer_on_the_host_and_port_that_was_asked(door: Any, chloe: Any, main_site: Any) -> None:
    client = door(chloe)
    made = send(client, "POST", "/api/v1/videos", ANNOUNCED, host="127.0.0.1:8108").json()
    assert made["upload_url"].startswith("http://127.0.0.1:8108/tus/")
    video = make_video(author=chloe)
    said = client.get(f"/api/v1/videos/{video.uid}", headers={"host": "127.0.0.1:8108"}).json()
    assert said["hls"].startswith("http://127.0.0.1:8108/m/")
    assert said["hls"].endswith("/master.m3u8")


def test_without_a_site_named_the_first_site_with_videos_takes_it(main_site: Any, door: Any, chloe: Any) -> None:
    answer = send(door(chloe), "POST", "/api/v1/videos", ANNOUNCED, host="bouquet.localhost")
    assert Video.objects.get(uid=answer.json()["id"]).site.slug == "video"


def test_a_site_is_named_by_slug_or_host(door: Any, chloe: Any) -> None:
    make_site("cinema", kinds=["videos"])
    for name in ("cinema", "cinema.bouquet.localhost"):
        answer = send(door(chloe), "POST", "/api/v1/videos", ANNOUNCED | {"site": name})
        assert Video.objects.get(uid=answer.json()["id"]).site.slug == "cinema"


def test_a_site_without_videos_is_refused_with_a_sentence(door: Any, chloe: Any) -> None:
    make_site("press", kinds=["articles"])
    for name in ("press", "nowhere"):
        answer = send(door(chloe), "POST", "/api/v1/videos", ANNOUNCED | {"site": name})
        assert answer.status_code == 422
        assert answer["content-type"] == "application/problem+json"
        assert name in answer.json()["detail"]


def test_an_empty_file_and_a_full_quota_are_refused_before_a_byte_is_sent(door: Any, chloe: Any, settings: Any) -> None:
    assert send(door(chloe), "POST", "/api/v1/videos", ANNOUNCED | {"size": 0}).status_code == 422
    settings.UPLOAD_QUOTA_BYTES = 1_000_000
    answer = send(door(chloe), "POST", "/api/v1/videos", ANNOUNCED)
    assert answer.status_code == 413
    assert "left" in answer.json()["detail"]
    assert not Video.objects.exists()


def test_a_stranger_without_token_is_asked_to_sign_in(door: Any) -> None:
    answer = send(door(), "POST", "/api/v1/videos", ANNOUNCED)
    assert answer.status_code == 401
    assert answer["content-type"] == "application/problem+json"


def test_a_video_tells_how_far_it_is(door: Any, chloe: Any) -> None:
    states = {
        "waiting": make_video_on_its_way(author=chloe),
        "processing": make_video_in_the_works(author=chloe),
        "ready": make_video(author=chloe),
    }
    for state, video in states.items():
        said = door(chloe).get(f"/api/v1/videos/{video.uid}").json()
        assert said["state"] == state
        assert (said["hls"] is not None) == (state == "ready")
        assert (said["upload_url"] is not None) == (state == "waiting")
    assert said["renditions"] == [{"height": 240, "codecs": "avc1.64000d", "bandwidth": 400_000, "growing": False}]
    assert said["embed"] == f"{video.site.url}/embed/{video.uid}"


def test_a_failed_video_says_why(door: Any, chloe: Any) -> None:
    video = make_video_in_the_works(author=chloe)
    type(video.asset).objects.filter(pk=video.asset_id).update(state="failed", reason="This is a text file.")
    said = door(chloe).get(f"/api/v1/videos/{video.uid}").json()
    assert (said["state"], said["reason"]) == ("failed", "This is a text file.")


def test_words_are_changed_with_patch(door: Any, chloe: Any) -> None:
    video = make_video(author=chloe)
    changes = {"title": "Lac d’Annecy", "description": "Dawn", "visibility": "unlisted", "may_download": True}
    answer = send(door(chloe), "PATCH", f"/api/v1/videos/{video.uid}", changes)
    assert answer.status_code == 200, answer.content
    video.refresh_from_db()
    assert (video.title, video.summary, video.visibility, video.may_download) == (
        "Lac d’Annecy",
        "Dawn",
        "unlisted",
        True,
    )
    assert video.slug == "lac-dannecy"


def test_a_removed_video_is_gone_with_its_files(door: Any, chloe: Any, django_capture_on_commit_callbacks: Any) -> None:
    video = make_video(author=chloe)
    folders = [video.asset.stream_folder, video.asset.upload_folder]
    assert all(folder.exists() for folder in folders)
    with django_capture_on_commit_callbacks(execute=True):
        assert door(chloe).delete(f"/api/v1/videos/{video.uid}").status_code == 204
    assert not any(folder.exists() for folder in folders)
    assert door(chloe).delete(f"/api/v1/videos/{video.uid}").status_code == 404


def test_a_video_is_removed_while_it_is_sent_and_while_it_is_made(door: Any, chloe: Any) -> None:
    for video in (make_video_on_its_way(author=chloe), make_video_in_the_works(author=chloe)):
        assert door(chloe).delete(f"/api/v1/videos/{video.uid}").status_code == 204
    assert not Video.objects.exists()
    assert not chloe.uploads.exists()


def test_the_list_holds_what_is_public_and_plays(door: Any, chloe: Any) -> None:
    shown = make_video(author=chloe)
    make_video(author=chloe, visibility="private")
    make_video(author=chloe, visibility="unlisted")
    make_video_in_the_works(author=chloe)
    items = door().get("/api/v1/videos").json()["items"]
    assert [item["id"] for item in items] == [shown.uid]


def test_the_list_goes_on_by_its_cursor_at_a_steady_number_of_queries(door: Any, chloe: Any) -> None:
    videos = [make_video(author=chloe) for _ in range(5)]
    client = door()
    assert queries_of(client, "/api/v1/videos") <= 2  # the sites' directory, the videos
    first = client.get("/api/v1/videos?size=3").json()
    second = client.get(f"/api/v1/videos?size=3&cursor={first['next_cursor']}").json()
    found = [item["id"] for item in first["items"] + second["items"]]
    assert found == [video.uid for video in reversed(videos)]
    assert second["next_cursor"] is None
    assert client.get("/api/v1/videos?cursor=made-up").status_code == 422


def test_characters_that_no_database_keeps_are_refused(door: Any, chloe: Any) -> None:
    answer = send(door(chloe), "POST", "/api/v1/videos", ANNOUNCED | {"title": "A\x00 lake"})
    assert answer.status_code == 400
    assert answer["content-type"] == "application/problem+json"
    assert not Video.objects.exists()


def test_a_film_is_announced_with_language_category_and_tags_or_not_at_all(door: Any, chloe: Any) -> None:
    more = {"language": "fr", "category": "music", "tags": ["lac", "été"]}
    answer = send(door(chloe), "POST", "/api/v1/videos", ANNOUNCED | more)
    assert answer.status_code == 201, answer.content
    video = Video.objects.get(uid=answer.json()["id"])
    assert (video.language, video.category, video.tags.count()) == ("fr", "music", 2)
    assert send(door(chloe), "POST", "/api/v1/videos", ANNOUNCED | {"category": "zumba"}).status_code == 422
    assert Video.objects.count() == 1
