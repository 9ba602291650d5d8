"""Sending a video with a plain form, as browsers without JavaScript do, and from a phone's share sheet."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from bouquet.kinds.videos.actions import add_video
from bouquet.kinds.videos.models import Video
from bouquet.kinds.videos.tests.make import make_video_in_the_works, make_video_on_its_way
from bouquet.shared.assets import actions as assets

FILM = b"\x00\x00\x00\x18ftypmp42" + bytes(200_000)


@pytest.fixture(autouse=True)
def prepared(monkeypatch: Any) -> list[int]:
    """The pipeline has tests of its own: here it is enough to know that it was asked."""
    asked: list[int] = []

    class Shell:
        enqueue = staticmethod(asked.append)

    monkeypatch.setattr("bouquet.shared.assets.actions.files.prepare_asset", Shell)
    return asked


def film(name: str = "vacances_2026.MOV") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, FILM, content_type="video/quicktime")


def test_a_member_sends_a_film_without_javascript(door: Any, chloe: Any, prepared: list[int]) -> None:
    answer = door(chloe).post(
        "/videos/new/", {"film": film(), "title": "", "summary": "By the sea", "visibility": "unlisted"}
    )
    video = Video.objects.get()
    assert answer["location"] == video.path
    assert (video.title, video.summary, video.visibility) == ("vacances 2026", "By the sea", "unlisted")
    assert video.asset.public_state == "processing"
    assert video.asset.source_path.read_bytes() == FILM
    assert prepared == [video.asset_id]


def test_the_film_is_not_copied_a_second_time(door: Any, chloe: Any, settings: Any) -> None:
    door(chloe).post("/videos/new/", {"film": film(), "visibility": "public"})
    assert list((Path(settings.UPLOADS_ROOT) / "incoming").iterdir()) == []


def test_a_form_without_a_film_says_so_and_keeps_the_words(door: Any, chloe: Any) -> None:
    answer = door(chloe).post("/videos/new/", {"title": "My title", "visibility": "public"})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "Choose the film to send." in html
    assert "My title" in html
    assert not Video.objects.exists()


def test_a_film_over_the_quota_is_refused_before_it_is_read(door: Any, chloe: Any, settings: Any) -> None:
    settings.UPLOAD_QUOTA_BYTES = 1000
    answer = door(chloe).post("/videos/new/", {"film": film(), "visibility": "public"})
    assert answer.status_code == 413
    assert "too large" in answer.content.decode()
    assert not Video.objects.exists()


def test_limits_and_unfinished_uploads_are_shown_before_anything_is_sent(door: Any, chloe: Any, driss: Any) -> None:
    open_one = make_video_on_its_way(author=chloe, title="Half of it")
    make_video_on_its_way(author=driss, title="Not mine")
    html = door(chloe).get("/videos/new/").content.decode()
    assert "left of your" in html
    assert "Half of it" in html
    assert open_one.asset.upload.path in html
    assert "Not mine" not in html


def test_a_failed_film_is_sent_again_with_its_words(door: Any, chloe: Any, driss: Any) -> None:
    video = make_video_in_the_works(author=chloe, title="Once more", summary="Kept words")
    html = door(chloe).get(f"/videos/new/?again={video.uid}").content.decode()
    assert "Once more" in html
    assert "Kept words" in html
    assert "Once more" not in door(driss).get(f"/videos/new/?again={video.uid}").content.decode()


def test_a_stranger_is_sent_to_sign_in_and_back(door: Any) -> None:
    answer = door().get("/videos/new/")
    assert answer.status_code == 302
    assert "/accounts/login/" in answer["location"]
    assert "next=/videos/new/" in answer["location"]


def test_the_phones_gallery_sends_a_film_that_stays_private_until_its_author_says(door: Any, chloe: Any) -> None:
    answer = door(chloe, enforce_csrf_checks=True).post(
        "/share-target", {"films": film("clip.mp4"), "title": "Sunset"}, headers={"sec-fetch-site": "none"}
    )
    video = Video.objects.get()
    assert answer["location"] == f"/videos/{video.uid}/edit"
    assert (video.title, video.visibility) == ("Sunset", "private")


def test_another_page_cannot_send_a_film_in_my_name(door: Any, chloe: Any) -> None:
    answer = door(chloe).post("/share-target", {"films": film()}, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert not Video.objects.exists()


def test_a_picture_of_my_own(door: Any, chloe: Any, prepared: list[int]) -> None:
    video = make_video_in_the_works(author=chloe)
    drawn = BytesIO()
    Image.new("RGB", (640, 360), "teal").save(drawn, "JPEG")
    picture = SimpleUploadedFile("p.jpg", drawn.getvalue(), content_type="image/jpeg")
    answer = door(chloe).post(f"/videos/{video.uid}/poster", {"picture": picture})
    assert answer.status_code == 302
    video.refresh_from_db()
    assert video.own_poster.kind == "image"
    assert prepared == [video.own_poster_id]


@pytest.mark.parametrize("content", [b"not a picture", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"PK\x03\x04zip"])
def test_what_is_no_picture_is_refused_with_a_sentence(door: Any, chloe: Any, content: bytes) -> None:
    video = make_video_in_the_works(author=chloe)
    file = SimpleUploadedFile("p.jpg", content, content_type="image/jpeg")
    answer = door(chloe).post(f"/videos/{video.uid}/poster", {"picture": file}, headers={"accept": "application/json"})
    assert answer.status_code == 422
    assert "JPEG" in answer.json()["detail"] or "PNG" in answer.json()["detail"]


def test_a_site_with_a_minimum_age_asks_first_and_refuses_who_is_too_young(door: Any, chloe: Any, site: Any) -> None:
    site.minimum_age = 16
    site.save()
    asked = door(chloe).get("/videos/new/")
    assert asked.status_code == 302 and "/me/age/" in asked["Location"]
    chloe.birth_date = date(2015, 1, 1)
    chloe.save()
    assert door(chloe).get("/videos/new/").status_code == 403
    with pytest.raises(assets.UploadRefused, match="16"):
        add_video(person=chloe, site=site, title="Too young", size=10, filename="a.mp4")
    assert not Video.objects.exists()


def test_several_films_at_once_without_javascript_take_their_titles_from_their_names(door: Any, chloe: Any) -> None:
    films = [film("morning_swim.mov"), film("evening.mov")]
    answer = door(chloe).post("/videos/new/", {"film": films, "title": "Not for two", "visibility": "unlisted"})
    assert answer["location"] == "/videos/mine/"
    found = Video.objects.order_by("pk").values_list("title", "visibility")
    assert list(found) == [("morning swim", "unlisted"), ("evening", "unlisted")]


def test_of_several_films_the_one_that_is_refused_is_named(door: Any, chloe: Any, settings: Any) -> None:
    settings.UPLOAD_QUOTA_BYTES = len(FILM) + 100_000
    settings.UPLOAD_MAX_BYTES = 10 * len(FILM)
    refused = door(chloe).post("/videos/new/", {"film": [film("one.mov"), film("two.mov")], "visibility": "public"})
    assert refused.status_code == 413
    assert not Video.objects.exists()  # together they pass the space: nothing was read
    settings.UPLOAD_QUOTA_BYTES = len(FILM) * 3
    settings.UPLOAD_MAX_BYTES = len(FILM) + 100
    big = SimpleUploadedFile("two.mov", FILM + bytes(1000))
    refused = door(chloe).post("/videos/new/", {"film": [film("one.mov"), big], "visibility": "public"})
    assert refused.status_code == 413


def test_an_empty_one_among_several_is_refused_before_any_is_taken(door: Any, chloe: Any) -> None:
    films = [film("one.mov"), SimpleUploadedFile("two.mov", b"")]
    answer = door(chloe).post("/videos/new/", {"film": films, "visibility": "public"})
    assert answer.status_code == 422
    assert not Video.objects.exists()


def test_the_page_offers_what_several_films_have_in_common(door: Any, chloe: Any, site: Any) -> None:
    html = door(chloe).get("/videos/new/").content.decode()
    assert 'name="all-category"' in html
    assert f'<option value="{site.slug}" selected>' in html
    assert "multiple" in html
